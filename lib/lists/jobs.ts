// The keys of a list's run in the queue, the ledger and the webhooks. The same cause always has the same key, so that it never
// works, charges or notifies twice. Also the tokens that take turns at its chunks.
import type { Tx } from '@/lib/platform/db/transaction';
import { LIST_PROGRESS_EVERY_MS, BULK_SLOTS } from '@/lib/platform/limits';
import { enqueue, enqueueAll } from '@/lib/platform/queue/enqueue';

export const ingestJobKey = (listId: string): string => `ingest:${listId}`;
export const planJobKey = (listId: string): string => `plan:${listId}`;
const tokenJobKey = (listId: string, token: number | string): string => `chunk:${listId}:${token}`;
export const finishJobKey = (listId: string): string => `finish:${listId}`;
export const mailJobKey = (listId: string, run: number): string => `mail-list:${listId}:${run}`;
export const pauseMailJobKey = (listId: string, pausedAt: Date): string => `mail-list-paused:${listId}:${pausedAt.getTime()}`;
export const purgeJobKey = (listId: string): string => `purge-list:${listId}`;
/** A second pass, for what was written during the first. */
export const purgeAgainJobKey = (listId: string): string => `purge-list:${listId}:again`;
export const expiryMailJobKey = (listId: string): string => `mail-list-expiry:${listId}`;

export const listHoldKey = (listId: string, run: number): string => `list:${listId}:${run}`;
export const listCaptureKey = (listId: string, run: number, part: number): string => `list:${listId}:${run}:${part}`;
export const readyEventKey = (listId: string): string => `list:${listId}:ready`;
/** Before the quote: the list is ready except for its address column. */
export const columnEventKey = (listId: string): string => `list:${listId}:column`;
export const listEventKey = (listId: string, run: number): string => `list:${listId}:${run}:ended`;
/** A row's verdict is told again if another run replaced it. */
export const verdictEventKey = (listId: string, run: number, n: number): string => `list:${listId}:${run}:row:${n}`;
/** A row without a verdict of its own: one that repeats another, or was rejected. */
export const rowEventKey = (listId: string, n: number): string => `list:${listId}:row:${n}`;
/** One key per span of time: a second event in the same span has the same key and is not sent. */
export const progressEventKey = (listId: string, run: number, now: number): string =>
  `list:${listId}:${run}:progress:${Math.floor(now / LIST_PROGRESS_EVERY_MS)}`;

// A list's tokens are jobs that each take a turn at the fairest open chunk of any list. A list has a bounded number of them, so
// that a list of a million rows does not put thousands of jobs ahead of everybody else's.

/** Enough for the slots of one process. With more processes, each token just returns sooner. */
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

/** For rows that are retried at a set time: adds a token that is due exactly then. */
export async function enqueueTokenAt(
  { listId, chunk, runAt }: { listId: string; chunk: number; runAt: Date },
  tx: Tx,
): Promise<void> {
  const job = { jobKey: tokenJobKey(listId, `at-${chunk}`), priority: 'bulk', runAt } as const;
  await enqueue('verify-chunk', { listId, token: null }, job, tx);
}
