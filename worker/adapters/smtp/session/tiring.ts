// When to leave a session because of its refusals. Postfix delays every reply by a second once a session saw ten of them, and hangs
// up at twenty (smtpd_soft_error_limit, smtpd_hard_error_limit); whoever leaves before that is quicker and politer. Promises that a
// session is left only at hosts that are known to tire, and never before a full group, so that a domain of nothing but dead
// mailboxes costs no more than a connection for so many.

const REFUSALS_BORNE = 10;
/** smtpd_error_sleep_time is 1 s. */
const SLOWED_MS = 900;
const SLOWED_TIMES = 4;

/** Postfix says its name unless it is told not to: `220 mx.example.org ESMTP Postfix (Debian/GNU)`. */
export const isTiringByName = (greeting: string): boolean => /\bpostfix\b/i.test(greeting);

export class Tiring {
  private answered = 0;
  private refused = 0;
  private lastAt = 0;
  private quickestMs = Number.POSITIVE_INFINITY;

  /** Counts a recipient's reply; true where it shows that the host slows down whoever was refused often. */
  count({ isRefusal, since, now }: { isRefusal: boolean; since: number; now: number }): boolean {
    // Replies to a pipelined group have one beginning; each was waited for since the one before.
    const waitedMs = now - Math.max(since, this.lastAt);
    const isSlowed = this.refused >= REFUSALS_BORNE && waitedMs >= SLOWED_MS && waitedMs >= this.quickestMs * SLOWED_TIMES;
    this.lastAt = now;
    this.quickestMs = Math.min(this.quickestMs, waitedMs);
    this.answered += 1;
    if (isRefusal) this.refused += 1;
    return isSlowed;
  }

  /** Another group, refused as often as those before, would pass what such a host bears. */
  isOut(groupSize: number): boolean {
    return this.answered >= groupSize && this.refused * (1 + groupSize / this.answered) > REFUSALS_BORNE;
  }
}
