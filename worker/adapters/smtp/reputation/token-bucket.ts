// So many a minute, and a few at once after a pause. The rate may change at any time: it is told with each look. Starts full.

const MINUTE_MS = 60_000;

export class TokenBucket {
  private tokens = Number.POSITIVE_INFINITY;
  private at = Number.NEGATIVE_INFINITY;

  /** What is saved up in a pause: the tokens of so many ms, but at least so many. */
  constructor(private readonly saved: { ms: number; least: number }) {}

  /** Whole tokens that may be taken now. */
  available(perMinute: number, now: number): number {
    const most = Math.max(this.saved.least, (perMinute * this.saved.ms) / MINUTE_MS);
    const gained = Number.isFinite(this.at) ? (Math.max(0, now - this.at) * perMinute) / MINUTE_MS : 0;
    this.tokens = Math.min(most, this.tokens + gained);
    this.at = Math.max(this.at, now);
    return Math.max(0, Math.floor(this.tokens));
  }

  /** A negative count gives back. May go into debt. */
  take(count: number): void {
    this.tokens -= count;
  }

  /** Until so many, or as many as can be saved up, may be taken. */
  waitMs(count: number, perMinute: number, now: number): number {
    if (this.available(perMinute, now) >= count) return 0;
    const most = Math.max(this.saved.least, (perMinute * this.saved.ms) / MINUTE_MS);
    return Math.ceil(((Math.min(count, Math.floor(most)) - this.tokens) * MINUTE_MS) / perMinute);
  }
}
