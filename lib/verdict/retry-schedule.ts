// When to ask again about an address that may get an answer later: for each reason, the waits before each further attempt, as data. Lists,
// single checks and the command line all read this one table. Every reason either has a schedule or says why it has none, and each
// schedule ends: no address is asked forever.
import { GREYLIST_DELAY_MAX_S, GREYLIST_DELAY_MIN_S } from '@/lib/platform/limits';
import type { UnknownReason } from './verdict';

/**
 * Seconds before each further attempt if the reply names no delay. There are as many attempts as waits. RFC 5321 4.5.4.1 tells a mail
 * server to wait 30 minutes and to try twice in the first hour. Nearly every schedule does so, after an early try for problems that pass
 * by themselves.
 */
export const RETRY_WAITS_S = {
  // One to five minutes at most hosts, up to an hour at some.
  greylisted: [60, 300, 900, 3_600],
  // Most hosts count by the hour and some by the minute, so the last try is in the next hour.
  rate_limited: [60, 900, 3_600],
  // Postfix says this while it looks the mailbox up elsewhere, which takes seconds. A full disk or a dead backend takes longer.
  temporary_failure: [30, 300, 1_800],
  // A restarting host is back in seconds, a rebooting machine in minutes.
  connect_failed: [10, 120, 1_800],
  no_response: [30, 300, 1_800],
  disconnected: [30, 300, 1_800],
  // The address's whole time was used up once. Asking again is expensive, so two more tries are enough.
  timeout: [120, 1_800],
  // RFC 9520 lets a resolver remember a failure for up to five minutes. Our own resolver remembers none, so the early tries are for lost
  // packets.
  dns_temporary_error: [5, 60, 360, 1_800],
  // Asked with another identity. Waiting alone does not unblock an identity, but by then those that rested can be used again.
  probe_blocked: [900, 3_600],
  // The provider says yes to every name, today and tomorrow.
  provider_unverifiable: null,
  // The server that answers there is not a mail server.
  smtp_protocol_error: null,
  // The same words would come again.
  ambiguous_reply: null,
  // The queue retries a failed job. This reason is what remains after that.
  internal_error: null,
} as const satisfies Record<UnknownReason, readonly number[] | null>;

type Table = typeof RETRY_WAITS_S;
export type RetriedReason = { [R in UnknownReason]: Table[R] extends null ? never : R }[UnknownReason];

export const isRetried = (reason: UnknownReason): reason is RetriedReason => RETRY_WAITS_S[reason] !== null;

/** The outcome of an undecided attempt: why we could not tell, and the delay in seconds that the host named, or null. */
interface Undecided {
  reason: RetriedReason;
  afterS: number | null;
}

/** Seconds until the next attempt; null if none is left. `attempt` counts the earlier attempts, whatever their outcome. */
export function retryWaitS({ reason, afterS }: Undecided, attempt: number): number | null {
  const waitS = RETRY_WAITS_S[reason][attempt];
  return waitS === undefined ? null : withinBounds(afterS ?? waitS);
}

const withinBounds = (waitS: number): number => Math.min(Math.max(waitS, GREYLIST_DELAY_MIN_S), GREYLIST_DELAY_MAX_S);

// Servers count whole seconds and refuse a retry that is a moment early, so a retry is always slightly late: by half a second plus up to a
// tenth of the delay, so that many addresses of one host do not return at once.
const LATE_MS = 500;
const JITTER_MAX_MS = 10_000;

/** `random`: 0 ≤ n < 1 */
export function delayMs(waitS: number, random: number): number {
  const wantedMs = withinBounds(waitS) * 1_000;
  return Math.round(wantedMs + LATE_MS + random * Math.min(wantedMs / 10, JITTER_MAX_MS));
}

/** Milliseconds until the next attempt; null if none is left. */
export function retryDelayMs(undecided: Undecided, attempt: number, random: number): number | null {
  const waitS = retryWaitS(undecided, attempt);
  return waitS === null ? null : delayMs(waitS, random);
}
