// When an address that time may answer is asked again: for each reason, how long to wait before each further attempt, as data. Lists,
// single checks and the command line all read this one table. Promises that every reason either has a schedule or says why it has none,
// and that each schedule ends: no address is asked forever.
import { GREYLIST_DELAY_MAX_S, GREYLIST_DELAY_MIN_S } from '@/lib/platform/limits';
import type { UnknownReason } from './verdict';

/**
 * Seconds before each further attempt where the reply names no delay; as many attempts as there are waits. RFC 5321 4.5.4.1 tells a mail
 * server to wait 30 minutes and to try twice in the first hour: nearly every schedule does, after an early try for what passes by itself.
 */
export const RETRY_WAITS_S = {
  // One to five minutes at most hosts, up to an hour at some.
  greylisted: [60, 300, 900, 3_600],
  // Counted by the minute at some hosts and by the hour at most: the last try is in the next hour.
  rate_limited: [60, 900, 3_600],
  // Postfix says so while it looks the mailbox up elsewhere, which takes seconds; a full disk or a dead backend takes longer.
  temporary_failure: [30, 300, 1_800],
  // A host that restarts is back in seconds, a machine in minutes.
  connect_failed: [10, 120, 1_800],
  no_response: [30, 300, 1_800],
  disconnected: [30, 300, 1_800],
  // Its whole time was used up once: asking is dear, so twice more is enough.
  timeout: [120, 1_800],
  // RFC 9520 lets a resolver remember a failure for up to five minutes; our own forgets none, so the early tries are for a lost packet.
  dns_temporary_error: [5, 60, 360, 1_800],
  // As another identity: waiting alone does not unblock one, but by then those that rested can be asked again.
  probe_blocked: [900, 3_600],
  // The provider says yes to every name, today and tomorrow.
  provider_unverifiable: null,
  // What answers there is no mail server.
  smtp_protocol_error: null,
  // The same words come again.
  ambiguous_reply: null,
  // A job that fails is tried again by the queue; this is what is left after that.
  internal_error: null,
} as const satisfies Record<UnknownReason, readonly number[] | null>;

type Table = typeof RETRY_WAITS_S;
export type RetriedReason = { [R in UnknownReason]: Table[R] extends null ? never : R }[UnknownReason];

export const isRetried = (reason: UnknownReason): reason is RetriedReason => RETRY_WAITS_S[reason] !== null;

/** What came of an attempt: why we could not tell, and the delay in seconds that the host named, or null. */
interface Undecided {
  reason: RetriedReason;
  afterS: number | null;
}

/** Seconds until the next attempt; null where none is left. `attempt`: how many were made before this one, whatever came of them. */
export function retryWaitS({ reason, afterS }: Undecided, attempt: number): number | null {
  const waitS = RETRY_WAITS_S[reason][attempt];
  return waitS === undefined ? null : withinBounds(afterS ?? waitS);
}

const withinBounds = (waitS: number): number => Math.min(Math.max(waitS, GREYLIST_DELAY_MIN_S), GREYLIST_DELAY_MAX_S);

// Servers count whole seconds and refuse a retry that is a moment early, so it is always a little late: by half a second, and by
// up to a tenth of the delay, so that many addresses of one host do not come back at once.
const LATE_MS = 500;
const JITTER_MAX_MS = 10_000;

/** `random`: 0 ≤ n < 1 */
export function delayMs(waitS: number, random: number): number {
  const wantedMs = withinBounds(waitS) * 1_000;
  return Math.round(wantedMs + LATE_MS + random * Math.min(wantedMs / 10, JITTER_MAX_MS));
}

/** Milliseconds until the next attempt; null where none is left. */
export function retryDelayMs(undecided: Undecided, attempt: number, random: number): number | null {
  const waitS = retryWaitS(undecided, attempt);
  return waitS === null ? null : delayMs(waitS, random);
}
