'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { member } from '@/lib/accounts/web/session';
import { chooseColumn } from '@/lib/lists/reading';
import { isListId } from '@/lib/lists/requests';
import { START_MODES } from '@/lib/lists/rules/list';
import { startList } from '@/lib/lists/start';
import type { Result } from '@/lib/platform/errors';
import { formDone } from '@/lib/platform/form-state';
import type { Outcome } from '@/lib/platform/http/actions';
import { LIST_COLUMNS_MAX, LIST_ROWS_MAX } from '@/lib/platform/limits';

const MADE_UP = 'Something is missing. Reload the page and try again.';

const listId = z.string().refine(isListId, MADE_UP);

const startForm = z.object({
  listId,
  mode: z.enum(START_MODES, MADE_UP),
  /** An empty value means no cap. */
  creditCap: z
    .union([z.literal('').transform(() => null), z.coerce.number().int().min(1).max(LIST_ROWS_MAX)], MADE_UP)
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

/** Whatever the result, the page shows the list as it is now. */
function end(id: string, result: Result<unknown>): Outcome<null> {
  revalidatePath(`/lists/${id}`);
  return result.ok ? formDone() : result;
}

export const startFromPage = member.form(startForm, async (wish, { scope }) => end(wish.listId, await startList(scope, wish)));

export const chooseColumnFromPage = member.button(columnChoice, async ({ listId: id, ...chosen }, { scope }) =>
  end(id, await chooseColumn(scope, id, chosen)),
);
