'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { member } from '@/lib/accounts/web/session';
import { cancelList } from '@/lib/lists/end';
import { pauseList, resumeList } from '@/lib/lists/pause';
import { isListId } from '@/lib/lists/requests';
import { START_MODES } from '@/lib/lists/rules/list';
import { retryUnknowns } from '@/lib/lists/start';
import type { Result } from '@/lib/platform/errors';
import { formDone } from '@/lib/platform/form-state';
import type { Outcome } from '@/lib/platform/http/actions';
import { LIST_ROWS_MAX } from '@/lib/platform/limits';

const listId = z.string().refine(isListId);
const creditCap = z.int().min(1).max(LIST_ROWS_MAX).nullable();

/** Whatever the result, the page shows the list as it is now. */
function end(id: string, result: Result<unknown>): Outcome<null> {
  revalidatePath(`/lists/${id}`);
  return result.ok ? formDone() : result;
}

export const pauseFromPage = member.button(listId, async (id, { scope }) => end(id, await pauseList(scope, { listId: id })));

export const resumeFromPage = member.button(z.object({ listId, creditCap }), async (wish, { scope }) =>
  end(wish.listId, await resumeList(scope, wish)),
);

/** Ends a running list, or discards one that has not started. */
export const cancelFromPage = member.button(listId, async (id, { scope }) => end(id, await cancelList(scope, { listId: id })));

export const retryFromPage = member.button(z.object({ listId, mode: z.enum(START_MODES) }), async (wish, { scope }) =>
  end(wish.listId, await retryUnknowns(scope, wish)),
);
