// A list's tokens: jobs that each take a turn at the fairest open chunk of any list. A list has a bounded number of them, so
// that a list of a million does not put thousands of jobs ahead of everybody else's.
import { BULK_SLOTS } from '@/lib/platform/limits';
import type { Tx } from '@/lib/platform/db/transaction';
import { enqueue, enqueueAll } from '@/lib/platform/queue/enqueue';
import { tokenJobKey } from './keys';

/** Enough for the slots of a process; with more processes each token is just back sooner. */
export const TOKENS_A_LIST = 2 * BULK_SLOTS;

export async function enqueueTokens(listId: string, tx: Tx, count = TOKENS_A_LIST): Promise<void> {
  const tokens = Array.from({ length: Math.min(count, TOKENS_A_LIST) }, (_, token) => ({
    payload: { listId, token },
    jobKey: tokenJobKey(listId, token),
  }));
  await enqueueAll('verify-chunk', tokens, { priority: 'bulk' }, tx);
}

export async function enqueueToken(
  { listId, token, runAt }: { listId: string; token: number; runAt: Date | null },
  tx: Tx,
): Promise<void> {
  const job = { jobKey: tokenJobKey(listId, token), priority: 'bulk' } as const;
  await enqueue('verify-chunk', { listId, token }, runAt === null ? job : { ...job, runAt }, tx);
}

/** For rows that are retried at a set time: a token that is due exactly then. */
export async function enqueueTokenAt(
  { listId, chunk, runAt }: { listId: string; chunk: number; runAt: Date },
  tx: Tx,
): Promise<void> {
  const job = { jobKey: tokenJobKey(listId, `at-${chunk}`), priority: 'bulk', runAt } as const;
  await enqueue('verify-chunk', { listId, token: null }, job, tx);
}
