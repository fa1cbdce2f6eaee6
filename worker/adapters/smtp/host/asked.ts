// A recipient in the hands of its host's queue, from the question to the answer. The queue alone changes it. Promises to settle exactly
// once, at the deadline at the latest, with what was exchanged until then; a reply that comes after that is told apart.
import type { Alarm, Deadlines } from '@/worker/engine/deadlines';
import type { TransportFailure } from '@/lib/verdict/evidence';
import type { Exchange } from '../exchange';
import type { Session } from '../session/session';
import type { Recipient } from './recipient';

/** The answer, and what was exchanged for it. */
export interface Settled {
  exchange: Exchange;
  recipient: Recipient;
  /** Key of the queue it was asked in. */
  queue: string;
  /** Epoch ms; later than it was at first where its time stood still. */
  deadline: number;
}

/** Why nobody is to be asked. */
export interface Obstacle {
  failure: TransportFailure;
  detail: string;
}

/** Whose time is up, and who is not to be asked any more, is told to its queue. */
export interface AskedIn {
  readonly key: string;
  /** It has its answer, or is held; told once. */
  heard(asked: Asked): void;
  expire(asked: Asked): void;
  withdraw(asked: Asked, obstacle: Obstacle): void;
}

const NOT_YET = (): void => undefined;

export class Asked {
  readonly settled: Promise<Settled>;
  /** A probe's reply that came when it was settled already; may never come. */
  readonly late: Promise<Exchange> | null;
  outcome: Exchange | null = null;
  /** The session it is being asked on. */
  session: Session | null = null;
  /** A refusal that is not believed yet. */
  held: Exchange | null = null;
  /** An answer that is being put to the proof: what it gets should its time be up. */
  kept: Exchange | null = null;
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

  /** The time is up. */
  expire(): void {
    this.queue.expire(this);
  }

  withdraw(obstacle: Obstacle): void {
    this.queue.withdraw(this, obstacle);
  }

  hold(exchange: Exchange): void {
    if (this.outcome !== null) return;
    this.held = exchange;
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
    this.held = null;
    this.kept = null;
    this.tellHeard();
    this.resolve({ exchange, recipient: this.recipient, queue: this.queue.key, deadline: this.deadline });
  }

  tellLate(exchange: Exchange): void {
    this.resolveLate(exchange);
  }

  /** Its time stood still for so long, while others were asked before it at the same address. At most all of its time comes on top. */
  pause(forMs: number): void {
    if (this.outcome !== null) return;
    const { askedAt, deadline } = this.recipient.spec;
    this.deadline = Math.min(this.deadline + forMs, 2 * deadline - askedAt);
    this.deadlines.clear(this.alarm);
    this.alarm = this.deadlines.set(this.deadline, this);
  }
}
