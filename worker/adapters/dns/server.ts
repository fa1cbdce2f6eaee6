// One DNS server: how it is asked, and what is known of it: how long its answers take, how many young questions it bears, whether it
// reads EDNS, and whether others answer what it does not. Promises that a reply which UDP cut comes whole over TCP.
import { DNS_LAME_AFTER, DNS_LAME_REST_MS, DNS_QUESTION_HOLD_MS, DNS_TCP_AT_ONCE, DNS_TRY_MS } from '@/lib/platform/limits';
import { encodeQuestion, type Knowledge, type Question, readReply, type Reply, type ServerFailure } from './message';
import { createQuestionGate } from './question-gate';
import { QuestionWindow } from './question-window';
import { askOverTcp } from './tcp-question';
import { type ServerAddress, type StopListening, UdpWire } from './udp-wire';

/** Called with each reply, until its listener is stopped. */
export type Hear = (reply: Knowledge | ServerFailure) => void;

export class DnsServer {
  private readonly wire: UdpWire;
  private readonly window = new QuestionWindow();
  private readonly rtt = new RoundTrip();
  private readsEdns = true;
  private overTcp = 0;
  private outdone = 0;
  private restUntil = 0;

  readonly gate = createQuestionGate({ places: () => this.window.places, holdMs: DNS_QUESTION_HOLD_MS });

  constructor(private readonly address: ServerAddress) {
    this.wire = new UdpWire(address);
  }

  ask(question: Question, hear: Hear): StopListening {
    const withEdns = this.readsEdns;
    let goOn: StopListening = () => undefined;
    const lost = (detail: string): void => {
      hear({ kind: 'failed', detail });
    };
    const heard = (message: Buffer): void => {
      const reply = readReply(message, question);
      if (reply === null) return;
      if (reply.kind === 'truncated') {
        goOn();
        goOn = this.askOverTcp(question, hear, lost);
      } else if (withEdns && isUnreadable(reply)) {
        // RFC 6891 7: it knows no EDNS.
        this.readsEdns = false;
        goOn();
        goOn = this.ask(question, hear);
      } else hear(reply);
    };
    goOn = this.wire.send(encodeQuestion(question, { withEdns }), { heard, lost });
    return () => {
      goOn();
    };
  }

  /** Beside questions over UDP that were not answered. Nothing is heard where that is not possible, or done too much at the moment. */
  askAlsoOverTcp(question: Question, hear: Hear): StopListening {
    return this.overTcp < DNS_TCP_AT_ONCE ? this.askOverTcp(question, hear, () => undefined) : () => undefined;
  }

  private askOverTcp(question: Question, hear: Hear, lost: (detail: string) => void): StopListening {
    this.overTcp += 1;
    const heard = (message: Buffer): void => {
      const reply = readReply(message, question);
      if (reply === null || reply.kind === 'truncated') lost('BADRESP');
      else hear(reply);
    };
    const stop = askOverTcp(this.address, encodeQuestion(question, { withEdns: this.readsEdns }), { heard, lost });
    let isStopped = false;
    return () => {
      if (!isStopped) this.overTcp -= 1;
      isStopped = true;
      stop();
    };
  }

  /** How long to wait for an answer before the question is sent again. */
  get tryMs(): number {
    return this.rtt.tryMs;
  }

  /** `isLate`: after the question had been sent again. */
  answered(answer: { afterMs: number; isLate: boolean }): void {
    this.rtt.add(answer.afterMs);
    this.window.answered(answer);
    this.outdone = 0;
  }

  /** Another server answered what this one did not. */
  wasOutdone(): void {
    this.outdone += 1;
    if (this.outdone >= DNS_LAME_AFTER) this.restUntil = performance.now() + DNS_LAME_REST_MS;
  }

  get isLame(): boolean {
    return this.outdone >= DNS_LAME_AFTER;
  }

  /** A lame one is for others to stand in for; when its rest is over, one question finds out whether it is back. */
  takesQuestion(): boolean {
    if (!this.isLame) return true;
    if (performance.now() < this.restUntil) return false;
    this.restUntil = performance.now() + DNS_LAME_REST_MS;
    return true;
  }
}

const isUnreadable = (reply: Reply): boolean => reply.kind === 'failed' && reply.detail === 'FORMERR';

/** How long answers take, smoothed (RFC 6298): a resolver answers from memory in a millisecond, and in seconds what it has to look up. */
class RoundTrip {
  private mean: number | null = null;
  private deviation = 0;

  add(ms: number): void {
    if (this.mean === null) {
      this.mean = ms;
      this.deviation = ms / 2;
      return;
    }
    this.deviation += (Math.abs(ms - this.mean) - this.deviation) / 4;
    this.mean += (ms - this.mean) / 8;
  }

  get tryMs(): number {
    if (this.mean === null) return DNS_TRY_MS.first;
    return Math.round(Math.min(DNS_TRY_MS.most, Math.max(DNS_TRY_MS.least, this.mean + 4 * this.deviation)));
  }
}
