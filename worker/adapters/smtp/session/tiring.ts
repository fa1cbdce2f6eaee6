// When to leave a session because of its refusals. Postfix delays every reply by a second once a session saw ten of them, and hangs
// up at twenty (smtpd_soft_error_limit, smtpd_hard_error_limit); whoever leaves before that is quicker and politer. Promises that a
// session is left only at hosts that are known to tire, and not before a full group or twenty refusals, so that a domain of
// nothing but dead mailboxes costs no more than a connection for so many.

const REFUSALS_BORNE = 10;
const REFUSALS_MAX = 20;
/** smtpd_error_sleep_time is 1 s. */
const SLOWED_MS = 900;
const SLOWED_TIMES = 4;

/** Replies to RCPT in one session. */
export interface ReplyCount {
  readonly answered: number;
  readonly accepted: number;
  /** Epoch ms of the last one, and the shortest wait for one. */
  readonly lastAt: number;
  readonly quickestMs: number;
}

export const NO_REPLIES: ReplyCount = { answered: 0, accepted: 0, lastAt: 0, quickestMs: Number.POSITIVE_INFINITY };

/** Postfix says its name unless it is told not to: `220 mx.example.org ESMTP Postfix (Debian/GNU)`. */
export const isTiringByName = (greeting: string): boolean => /\bpostfix\b/i.test(greeting);

/** A reply that comes now, to what was sent then, shows that the host slows down whoever was refused often. */
export function isSlowedDown(count: ReplyCount, { since, now }: { since: number; now: number }): boolean {
  // Replies to a pipelined group have one beginning; each was waited for since the one before.
  const waitedMs = now - Math.max(since, count.lastAt);
  const refused = count.answered - count.accepted;
  return refused >= REFUSALS_BORNE && waitedMs >= SLOWED_MS && waitedMs >= count.quickestMs * SLOWED_TIMES;
}

/** Another group, refused as often as those before, would pass what such a host bears. */
const isTired = ({ answered, accepted }: ReplyCount, groupSize: number): boolean =>
  answered >= groupSize && (answered - accepted) * (1 + groupSize / answered) > REFUSALS_BORNE;

/** How many may be refused yet before the host hangs up. 0: the session is to be left. */
export const refusalsLeft = (count: ReplyCount, groupSize: number): number =>
  isTired(count, groupSize) ? 0 : Math.max(0, REFUSALS_MAX - (count.answered - count.accepted));
