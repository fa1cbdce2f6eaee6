'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { member } from '@/lib/accounts/web/session';
import { changeKeeping, deleteList } from '@/lib/lists/keep';
import { getList } from '@/lib/lists/read';
import { isListId } from '@/lib/lists/requests';
import { isUnderWay } from '@/lib/lists/rules/list';
import { type AppError, fail, type Result } from '@/lib/platform/errors';
import { formDone } from '@/lib/platform/form-state';
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

export const keepFromPage = member.form(keepForm, async ({ listId: id, retentionDays, mailOnEnd }, { scope }) => {
  const list = await getList(scope, id);
  // Once the list has ended, the form has no checkbox, so a missing value does not mean "off".
  const hasBox = list.ok && isUnderWay(list.value.status) && list.value.mailOnEnd !== null;
  const kept = await changeKeeping(scope, { listId: id, retentionDays, mailOnEnd: hasBox ? mailOnEnd : undefined });
  revalidatePath(`/lists/${id}`);
  return kept.ok ? formDone('Saved.') : atField(kept);
});

/** The service names fields as the API does. */
function atField(refused: { ok: false; error: AppError }): Extract<Result<never>, { ok: false }> {
  const { code, fields } = refused.error;
  const days = fields.retention_days;
  return days === undefined ? refused : fail(code, { fields: { retentionDays: `This number of days ${days}` } });
}

export const deleteFromPage = member.form(deleteForm, async ({ listId: wanted, typedName }, { scope }) => {
  const list = await getList(scope, wanted);
  if (!list.ok) return list;
  const { name, quote, id } = list.value;
  if ((quote?.rows ?? 0) >= TYPE_NAME_FROM_ROWS && typedName?.trim() !== name.trim()) {
    return fail('invalid_request', { fields: { typedName: 'Type the name exactly as it is shown.' } });
  }
  const deleted = await deleteList(scope, { listId: id });
  revalidatePath(`/lists/${id}`);
  return deleted.ok ? formDone() : deleted;
});
