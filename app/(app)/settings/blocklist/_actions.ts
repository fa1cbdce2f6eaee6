'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { member } from '@/lib/accounts/web/session';
import { addLines, removeEntry } from '@/lib/blocklist/blocklist';
import type { AddedLines } from '@/lib/blocklist/rules';
import { formDone, formGave } from '@/lib/platform/form-state';

const addForm = z.object({ lines: z.string() });

export const addEntriesAction = member.form<z.infer<typeof addForm>, AddedLines>(addForm, async ({ lines }, { scope }) => {
  const result = await addLines(scope, lines);
  if (!result.ok) return result;
  revalidatePath('/settings/blocklist');
  return formGave(result.value);
});

export const removeEntryAction = member.button(z.string().max(254), async (entry, { scope }) => {
  await removeEntry(scope, entry);
  revalidatePath('/settings/blocklist');
  return formDone();
});
