'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { requireSession } from '@/lib/accounts/web/session';
import { changeKeeping, deleteList } from '@/lib/lists/keep';
import { getList } from '@/lib/lists/read';
import { isListId } from '@/lib/lists/requests';
import { isUnderWay } from '@/lib/lists/rules/export';
import { AppError } from '@/lib/platform/errors';
import { formDone, formFailed, type FormState } from '@/lib/platform/form-state';
import { TYPE_NAME_FROM_ROWS } from '@/lib/platform/limits';

const listId = z.string().refine(isListId);
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
  const hasBox = list.ok && isUnderWay(list.value.status) && list.value.mailOnEnd !== null;
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
