'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { requireSession } from '@/lib/auth/session';
import { TYPE_NAME_FROM_ROWS } from '@/lib/domain/limits';
import { formDone, formFailed } from '@/lib/schemas/form-answer';
import type { FormState } from '@/lib/schemas/form-state';
import { isJobId } from '@/lib/schemas/job-request';
import { changeKeeping } from '@/lib/services/lists/change-keeping';
import { deleteList } from '@/lib/services/lists/delete-list';
import { getList } from '@/lib/services/lists/get-list';
import { isUnderWay } from '@/lib/domain/export';
import { AppError } from '@/lib/errors';

const listId = z.string().refine(isJobId);
const keepForm = z.object({
  listId,
  retentionDays: z.coerce.number().int(),
  mailOnEnd: z
    .literal('on')
    .optional()
    .transform((on) => on === 'on'),
});
const deleteForm = z.object({ listId, typedName: z.string().max(1_000).optional() });

export async function keepFromPage(_previous: FormState, form: FormData): Promise<FormState> {
  const { scope } = await requireSession();
  const parsed = keepForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const { listId: id, retentionDays, mailOnEnd } = parsed.data;
  const list = await getList(scope, id);
  // Afterwards there is no checkbox, so a box that is not there says nothing.
  const hasBox = list.ok && isUnderWay(list.value.state) && list.value.mailOnEnd !== null;
  const kept = await changeKeeping(scope, { listId: id, retentionDays, mailOnEnd: hasBox ? mailOnEnd : undefined });
  revalidatePath(`/lists/${id}`);
  return kept.ok ? formDone('Saved.') : formFailed(atField(kept.error));
}

/** The service speaks the API's names. */
function atField(error: AppError): AppError {
  const days = error.fields.retention_days;
  return days === undefined ? error : new AppError(error.code, { fields: { retentionDays: `This number of days ${days}` } });
}

export async function deleteFromPage(_previous: FormState, form: FormData): Promise<FormState> {
  const { scope } = await requireSession();
  const parsed = deleteForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return formFailed(parsed.error);
  const list = await getList(scope, parsed.data.listId);
  if (!list.ok) return formFailed(list.error);
  const { name, quote, id } = list.value;
  if ((quote?.rows ?? 0) >= TYPE_NAME_FROM_ROWS && parsed.data.typedName?.trim() !== name.trim()) {
    return formFailed(new AppError('invalid_request', { fields: { typedName: 'Type the name exactly as it is shown.' } }));
  }
  const deleted = await deleteList(scope, { listId: id });
  revalidatePath(`/lists/${id}`);
  return deleted.ok ? formDone() : formFailed(deleted.error);
}
