'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { RetryChoice } from '@/components/lists/live/list-controls';
import { requireSession } from '@/lib/accounts/web/session';
import { cancelList } from '@/lib/lists/end';
import { pauseList, resumeList } from '@/lib/lists/pause';
import { isListId } from '@/lib/lists/requests';
import { START_MODES } from '@/lib/lists/rules/list';
import { retryUnknowns } from '@/lib/lists/start';
import type { Result } from '@/lib/platform/errors';
import { LIST_ROWS_MAX } from '@/lib/platform/limits';

const listId = z.string().refine(isListId);
const resumeInput = z.object({ listId, creditCap: z.int().min(1).max(LIST_ROWS_MAX).nullable() });
const retryInput = z.object({ listId, mode: z.enum(START_MODES) });

const MADE_UP = 'Something is missing. Reload the page and try again.';

export async function pauseFromPage(id: string): Promise<string | null> {
  const { scope } = await requireSession();
  const parsed = listId.safeParse(id);
  return parsed.success ? end(parsed.data, await pauseList(scope, { listId: parsed.data })) : MADE_UP;
}

export async function resumeFromPage(id: string, creditCap: number | null): Promise<string | null> {
  const { scope } = await requireSession();
  const parsed = resumeInput.safeParse({ listId: id, creditCap });
  return parsed.success ? end(parsed.data.listId, await resumeList(scope, parsed.data)) : MADE_UP;
}

export async function cancelFromPage(id: string): Promise<string | null> {
  const { scope } = await requireSession();
  const parsed = listId.safeParse(id);
  return parsed.success ? end(parsed.data, await cancelList(scope, { listId: parsed.data })) : MADE_UP;
}

export async function retryFromPage(choice: RetryChoice): Promise<string | null> {
  const { scope } = await requireSession();
  const parsed = retryInput.safeParse(choice);
  return parsed.success ? end(parsed.data.listId, await retryUnknowns(scope, parsed.data)) : MADE_UP;
}

/** Whatever came of it, the page shows the list as it is now. */
function end(id: string, result: Result<unknown>): string | null {
  revalidatePath(`/lists/${id}`);
  return result.ok ? null : result.error.message;
}
