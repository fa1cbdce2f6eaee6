// The keys of a list's run in the queue, the ledger and the webhooks. The same cause always has the same key, so that it never
// works, charges or notifies twice.
import { LIST_PROGRESS_EVERY_MS } from '@/lib/platform/limits';

export const ingestJobKey = (listId: string): string => `ingest:${listId}`;
export const planJobKey = (listId: string): string => `plan:${listId}`;
export const tokenJobKey = (listId: string, token: number | string): string => `chunk:${listId}:${token}`;
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
/** Before the quote: the list is ready except for its column. */
export const columnEventKey = (listId: string): string => `list:${listId}:column`;
export const listEventKey = (listId: string, run: number): string => `list:${listId}:${run}:ended`;
/** One a span of time: a second event within it has the same key, and is not told. */
export const progressEventKey = (listId: string, run: number, now: number): string =>
  `list:${listId}:${run}:progress:${Math.floor(now / LIST_PROGRESS_EVERY_MS)}`;
