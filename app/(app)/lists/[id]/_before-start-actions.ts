'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { ColumnChoice } from '@/components/lists/before-start/column-choice';
import type { StartProblem } from '@/components/lists/before-start/start-card';
import { requireSession } from '@/lib/accounts/web/session';
import { LIST_COLUMNS_MAX, LIST_ROWS_MAX } from '@/lib/platform/limits';
import { START_MODES } from '@/lib/lists/rules/list';
import type { Result } from '@/lib/platform/errors';
import { isListId } from '@/lib/lists/requests';
import { cancelList } from '@/lib/lists/end';
import { chooseColumn } from '@/lib/lists/reading';
import { startList } from '@/lib/lists/start';

const listId = z.string().refine(isListId);

const startForm = z.object({
  listId,
  mode: z.enum(START_MODES),
  /** Empty: no cap. */
  creditCap: z
    .union([z.literal('').transform(() => null), z.coerce.number().int().min(1).max(LIST_ROWS_MAX)])
    .nullish()
    .transform((cap) => cap ?? null),
});

const columnChoice = z.object({
  listId,
  emailColumn: z
    .int()
    .min(0)
    .max(LIST_COLUMNS_MAX - 1),
  hasHeader: z.boolean(),
});

const MADE_UP = 'Something is missing. Reload the page and try again.';

export async function startFromPage(_previous: StartProblem, form: FormData): Promise<StartProblem> {
  const { scope } = await requireSession();
  const parsed = startForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return MADE_UP;
  return end(parsed.data.listId, await startList(scope, parsed.data));
}

export async function chooseColumnFromPage(choice: ColumnChoice): Promise<string | null> {
  const { scope } = await requireSession();
  const parsed = columnChoice.safeParse(choice);
  if (!parsed.success) return MADE_UP;
  const { listId: id, ...chosen } = parsed.data;
  return end(id, await chooseColumn(scope, id, chosen));
}

export async function discardFromPage(id: string): Promise<string | null> {
  const { scope } = await requireSession();
  const parsed = listId.safeParse(id);
  if (!parsed.success) return MADE_UP;
  return end(parsed.data, await cancelList(scope, { listId: parsed.data }));
}

/** Whatever came of it, the page shows the list as it is now. */
function end(id: string, result: Result<unknown>): string | null {
  revalidatePath(`/lists/${id}`);
  return result.ok ? null : result.error.message;
}
