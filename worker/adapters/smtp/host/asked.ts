// A recipient in its host's queue, from question to answer. Only the queue changes it. Guarantees: it settles exactly once, at the deadline
// at the latest, with what was exchanged until then; a reply that comes later is reported separately.
import type { Alarm, Deadlines } from '@/worker/engine/deadlines';
import type { TransportFailure } from '@/lib/verdict/evidence';
import type { Exchange } from '../exchange';
import type { Session } from '../session/session';
import type { Recipient } from './recipient';

/** The answer, and the recipient with its exchanges. */
export interface Settled {
  exchange: Exchange;
  recipient: Recipient;
  /** Key of the queue it was asked in. */
  queue: string;
  /** Epoch ms; later than at first if the recipient's clock stood still. */
  deadline: number;
}

/** Why no host may be asked. */
export interface Obstacle {
  failure: TransportFailure;
  detail: string;
}

/** The queue, which is told when a recipient's time is up or it must not be asked any more. */
export interface AskedIn {
  readonly key: string;
  /** The recipient has its answer or is held; called once. */
  heard(asked: Asked): void;
  expire(asked: Asked): void;
  withdraw(asked: Asked, obstacle: Obstacle): void;
}

const NOT_YET = (): void => undefined;

export class Asked {
  readonly settled: Promise<Settled>;
  /** A probe's reply that came after it was settled; may never come. */
  readonly late: Promise<Exchange> | null;
  outcome: Exchange | null = null;
  /** The session it is being asked on. */
  session: Session | null = null;
  /** An answer that is not believed yet. */
  doubted: Exchange | null = null;
  private isHeard = false;
  deadline: number;
  private alarm: Alarm<Asked>;
  private resolve: (settled: Settled) => void = NOT_YET;
  private resolveLate: (exchange: Exchange) => void = NOT_YET;

  constructor(
    public recipient: Recipient,
    readonly queue: AskedIn,
    private readonly deadlines: Deadlines<Asked>,
  ) {
    this.settled = new Promise((resolve) => {
      this.resolve = resolve;
    });
    const isProbe = recipient.spec.kind === 'probe';
    this.late = isProbe
      ? new Promise((resolve) => {
          this.resolveLate = resolve;
        })
      : null;
    this.deadline = recipient.spec.deadline;
    this.alarm = deadlines.set(this.deadline, this);
  }

  get isDone(): boolean {
    return this.outcome !== null;
  }

  /** Its time is up. First reads what arrived while this process was late: a reply that is here is in time. */
  expire(): void {
    setImmediate(() => {
      if (!this.isDone) this.queue.expire(this);
    });
  }

  withdraw(obstacle: Obstacle): void {
    this.queue.withdraw(this, obstacle);
  }

  hold(exchange: Exchange): void {
    if (this.outcome !== null) return;
    this.doubted = exchange;
    this.tellHeard();
  }

  private tellHeard(): void {
    if (this.isHeard) return;
    this.isHeard = true;
    this.queue.heard(this);
  }

  settle(exchange: Exchange): void {
    if (this.outcome !== null) return;
    this.deadlines.clear(this.alarm);
    this.outcome = exchange;
    this.session = null;
    this.doubted = null;
    this.tellHeard();
    this.resolve({ exchange, recipient: this.recipient, queue: this.queue.key, deadline: this.deadline });
  }

  tellLate(exchange: Exchange): void {
    this.resolveLate(exchange);
  }

  /** Its clock stood still this long while others were asked before it at the same address. This can at most double its time. */
  pause(forMs: number): void {
    if (this.outcome !== null) return;
    const { askedAt, deadline } = this.recipient.spec;
    this.deadline = Math.min(this.deadline + forMs, 2 * deadline - askedAt);
    this.deadlines.clear(this.alarm);
    this.alarm = this.deadlines.set(this.deadline, this);
  }
}
