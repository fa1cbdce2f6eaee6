// What one sending identity may ask of one provider at the moment: concurrent sessions, and new connections and recipients per minute. All
// of it scales with the share of the full pace that the identity has earned there, divided among live workers. Guarantees: whoever has
// the least time goes first, and there is at least one session and eventually one question, however slow the pace.
import type { ProviderPace } from '@/lib/verdict/mail-host';
import type { Clock } from '@/worker/engine/ports';
import type { Standing } from './standing';

/** A pause saves up this long's tokens: a burst the size of a single check does no harm, but a whole minute's worth at once does. */
const CONNECTIONS_SAVED_MS = 10_000;
const RECIPIENTS_SAVED_MS = 10_000;
/** A mailbox and its probe. */
const LEAST_RECIPIENTS = 2;
/** Waiting for one token at a time would cost a round trip per recipient. */
const RECIPIENTS_WORTH_MS = 1_000;

interface Waiter {
  deadline: number;
  isWanted: () => boolean;
  admit: (isIn: boolean) => void;
}

export interface GateSetting {
  clock: Clock;
  pace: ProviderPace;
  workers: () => number;
  /** Ends an idle session of this gate, if there is one. */
  makeRoom: () => void;
}

export class Gate {
  private held = 0;
  private waiting: Waiter[] = [];
  private timer: NodeJS.Timeout | null = null;
  private readonly connections = new TokenBucket({ ms: CONNECTIONS_SAVED_MS, least: 1 });
  private readonly recipients = new TokenBucket({ ms: RECIPIENTS_SAVED_MS, least: LEAST_RECIPIENTS });

  constructor(
    readonly standing: Standing,
    private readonly setting: GateSetting,
  ) {}

  /** Concurrent sessions. */
  get sessions(): number {
    return Math.max(1, Math.floor(this.setting.pace.sessions * this.share));
  }
  /** A session could enter without waiting. */
  get hasRoom(): boolean {
    return this.waiting.length === 0 && this.isOpen;
  }
  /** Someone waits for a place that the end of a session would free. */
  get isWanted(): boolean {
    return this.waiting.length > 0 && this.held >= this.sessions;
  }
  /** How many recipients may be sent now. */
  get allowance(): number {
    return this.recipients.available(this.setting.pace.recipientsPerMinute * this.share, this.setting.clock.now());
  }

  /** Resolves to false if the place is no longer wanted when its turn comes. */
  enter(deadline: number, isWanted: () => boolean): Promise<boolean> {
    if (this.hasRoom) {
      this.take();
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      this.queue({ deadline, isWanted, admit: resolve });
      if (this.held >= this.sessions) this.setting.makeRoom();
      this.admitNext();
    });
  }

  /** Gives the place back, and the connection too if none was made. */
  leave(isUnused: boolean): void {
    this.held -= 1;
    if (isUnused) this.connections.take(-1);
    this.admitNext();
  }

  spend(recipients: number): void {
    this.recipients.take(recipients);
  }

  /** How long until it is worthwhile to ask again for this many. */
  waitMs(recipients: number): number {
    const perMinute = this.setting.pace.recipientsPerMinute * this.share;
    const worthWhile = Math.max(1, Math.floor((perMinute * RECIPIENTS_WORTH_MS) / 60_000));
    return this.recipients.waitMs(Math.min(recipients, worthWhile), perMinute, this.setting.clock.now());
  }

  private get share(): number {
    return this.standing.pace / this.setting.workers();
  }
  private get perMinute(): number {
    return this.setting.pace.connectionsPerMinute * this.share;
  }
  private get isOpen(): boolean {
    return this.held < this.sessions && this.connections.available(this.perMinute, this.setting.clock.now()) >= 1;
  }

  private take(): void {
    this.held += 1;
    this.connections.take(1);
  }

  private queue(waiter: Waiter): void {
    let at = this.waiting.length;
    while (at > 0 && (this.waiting[at - 1]?.deadline ?? 0) > waiter.deadline) at -= 1;
    this.waiting.splice(at, 0, waiter);
  }

  private admitNext(): void {
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      const isWanted = next.isWanted();
      if (isWanted && !this.isOpen) break;
      this.waiting.shift();
      if (isWanted) this.take();
      next.admit(isWanted);
    }
    this.planNext();
  }

  /** The end of a session checks again by itself; only a token needs a timer. */
  private planNext(): void {
    if (this.timer !== null || this.waiting.length === 0 || this.held >= this.sessions) return;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.admitNext();
      },
      Math.max(1, this.connections.waitMs(1, this.perMinute, this.setting.clock.now())),
    ).unref();
  }
}

// A rate per minute, with a small burst after a pause. The rate may change at any time, so it is passed with each call. Starts full.

const MINUTE_MS = 60_000;

class TokenBucket {
  private tokens = Number.POSITIVE_INFINITY;
  private at = Number.NEGATIVE_INFINITY;

  /** What a pause saves up: the tokens of `ms` milliseconds, but at least `least`. */
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

  /** How long until this many may be taken, or as many as can be saved up. */
  waitMs(count: number, perMinute: number, now: number): number {
    if (this.available(perMinute, now) >= count) return 0;
    const most = Math.max(this.saved.least, (perMinute * this.saved.ms) / MINUTE_MS);
    return Math.ceil(((Math.min(count, Math.floor(most)) - this.tokens) * MINUTE_MS) / perMinute);
  }
}
