// One DNS server: how to ask it, and what is known about it: how long its answers take, how many recent questions it can handle, whether it
// reads EDNS, and whether others answer what it does not. Guarantees: a reply that UDP truncated is fetched whole over TCP.
import { connect } from 'node:net';
import {
  DNS_LAME_AFTER,
  DNS_LAME_REST_MS,
  DNS_QUESTION_HOLD_MS,
  DNS_TCP_AT_ONCE,
  DNS_TRY_MS,
  DNS_WINDOW,
} from '@/lib/platform/limits';
import { encodeQuestion, type Knowledge, type Question, readReply, type Reply, type ServerFailure } from './message';
import { type ServerAddress, type StopListening, UdpWire, detailOf, type Listener } from './udp-wire';

/** Called with each reply until its listener is stopped. */
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
        // RFC 6891 7: it does not know EDNS.
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

  /** In addition to questions over UDP that were not answered. Hears nothing if TCP is not possible or is in use too much at the moment. */
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

  /** `isLate`: the answer came after the question had been sent again. */
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

  /** A lame server leaves questions to others; when its rest is over, one question finds out whether it is back. */
  takesQuestion(): boolean {
    if (!this.isLame) return true;
    if (performance.now() < this.restUntil) return false;
    this.restUntil = performance.now() + DNS_LAME_REST_MS;
    return true;
  }
}

const isUnreadable = (reply: Reply): boolean => reply.kind === 'failed' && reply.detail === 'FORMERR';

/** How long answers take, smoothed (RFC 6298): a resolver takes a millisecond from its cache, and seconds for what it looks up. */
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

// Keeps bursts of DNS questions small enough to arrive. A resolver on loopback has a receive buffer of a few hundred packets (212,992 bytes
// on Linux); a thousand questions written in one turn overflow it, and half of them are lost and time out later. Guarantees: each question
// is asked once, in order, with repeated questions first; a silent server holds up no question for longer than `holdMs`: a question
// unanswered for that long has left the buffer and gives its place to the next. Nothing is refused.

export interface GateLimits {
  /** How many recent questions may be unanswered at the same time, as of now. */
  places: () => number;
  /** How long an unanswered question keeps its place. */
  holdMs: number;
}

export type QuestionGate = <T>(ask: () => Promise<T>, options?: { isAgain: boolean }) => Promise<T>;

export function createQuestionGate({ places, holdMs }: GateLimits): QuestionGate {
  const waiting = { again: new Set<() => void>(), new: new Set<() => void>() };
  let taken = 0;

  const admit = (): void => {
    while (taken < places()) {
      const line = waiting.again.size > 0 ? waiting.again : waiting.new;
      const [next] = line;
      if (next === undefined) return;
      line.delete(next);
      taken += 1;
      next();
    }
  };

  const takePlace = async (line: Set<() => void>): Promise<() => void> => {
    if (taken < places()) taken += 1;
    else await new Promise<void>((resolve) => line.add(resolve));
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      clearTimeout(timer);
      taken -= 1;
      admit();
    };
    const timer = setTimeout(release, holdMs);
    timer.unref();
    return release;
  };

  return async (ask, { isAgain } = { isAgain: false }) => {
    const release = await takePlace(isAgain ? waiting.again : waiting.new);
    try {
      return await ask();
    } finally {
      release();
    }
  };
}

// Learns how many recent questions a DNS server can handle, like TCP: half as many when a good part of a round's answers was late or needed
// a second question, a few more after a clean round. A round is as many answers as there are places. Questions that are never answered do
// not count: the name's own servers are silent then, which says nothing about this server.

export class QuestionWindow {
  private size: number = DNS_WINDOW.most;
  private answers = 0;
  private late = 0;

  get places(): number {
    return this.size;
  }

  answered({ isLate }: { isLate: boolean }): void {
    this.answers += 1;
    if (isLate) this.late += 1;
    if (this.answers < this.size) return;
    const lateShare = this.late / this.answers;
    if (lateShare > DNS_WINDOW.lateShareOfCut) this.size = Math.max(DNS_WINDOW.least, Math.floor(this.size / 2));
    else if (lateShare <= DNS_WINDOW.lateShareOfGrowth) this.size = Math.min(DNS_WINDOW.most, this.size + DNS_WINDOW.growth);
    this.answers = 0;
    this.late = 0;
  }
}

// One question to one DNS server over TCP, for replies that UDP truncates and for routes that lose packets (RFC 7766). Guarantees: it hears
// at most one reply, and nothing stays open when the listener stops.

/** RFC 1035 4.2.2: a two-octet length precedes the message, which also limits it. */
const LENGTH_OCTETS = 2;

function askOverTcp({ address, port }: ServerAddress, message: Buffer, listener: Listener): StopListening {
  const socket = connect({ host: address, port });
  const length = Buffer.alloc(LENGTH_OCTETS);
  length.writeUInt16BE(message.length);
  socket.write(Buffer.concat([length, message]));
  let received = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    if (received.length < LENGTH_OCTETS) return;
    const end = LENGTH_OCTETS + received.readUInt16BE(0);
    if (received.length < end) return;
    socket.destroy();
    listener.heard(received.subarray(LENGTH_OCTETS, end));
  });
  socket.on('error', (error) => {
    listener.lost(detailOf(error));
  });
  socket.on('end', () => {
    socket.destroy();
    listener.lost('CONNRESET');
  });
  return () => socket.destroy();
}
