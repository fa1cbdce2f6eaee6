// What this process has learned about mail hosts: how its TLS works out, how many recipients one takes before it drops us, which of its
// addresses do not answer. Lessons expire; a wrong one costs a few more connections and never a verdict.
import type { Clock } from '@/worker/engine/ports';
import { BoundedMap } from '../../../engine/bounded-maps';
import type { Exchange } from '../exchange';
import type { Sender } from '../senders';
import type { HostLessons, Lesson, TlsLesson } from '../session/session';
import { DEAD_ADDRESS_MAX_AGE_MS, HOST_LESSON_MAX_AGE_MS } from '../timeouts';

const NOTHING_LEARNT: HostLessons = {
  tls: 'usual',
  hello: 'EHLO',
  greetsLate: false,
  pipelines: null,
  isDropping: false,
  tires: false,
  takesMailOf: null,
  groupSize: null,
  sessionSize: null,
};

/** Consecutive sessions that a route to a host may end without an answer before it is left alone for a while. */
const DROPS_BORNE = 4;
/** So many of them under TLS, and plain text is tried. */
const DROPS_UNDER_TLS = 2;
const DROP_REST_MS = 5_000;

interface Crowd {
  sessions: number;
  at: number;
}

interface Drops {
  inARow: number;
  /** The last one, fit for any recipient's evidence. */
  exchange: Exchange;
  at: number;
}

const smaller = (known: number | null, seen: number): number => Math.max(1, Math.min(known ?? seen, seen));

export class HostMemory {
  private readonly lessons: BoundedMap<string, HostLessons & { at: number }>;
  private readonly deadSince: BoundedMap<string, number>;
  private readonly drops: BoundedMap<string, Drops>;
  private readonly crowds: BoundedMap<string, Crowd>;
  private readonly badGreetings: BoundedMap<string, number>;

  constructor(
    private readonly clock: Clock,
    maxEntries: number,
  ) {
    this.lessons = new BoundedMap(maxEntries);
    this.deadSince = new BoundedMap(maxEntries);
    this.drops = new BoundedMap(maxEntries);
    this.crowds = new BoundedMap(maxEntries);
    this.badGreetings = new BoundedMap(maxEntries);
  }

  of(host: string): HostLessons {
    const known = this.lessons.get(host);
    return known === undefined || this.clock.now() - known.at > HOST_LESSON_MAX_AGE_MS ? NOTHING_LEARNT : known;
  }

  learnTls(host: string, tls: TlsLesson): void {
    this.learn(host, { ...this.of(host), tls });
  }
  learnHello(host: string, hello: HostLessons['hello']): void {
    this.learn(host, { ...this.of(host), hello });
  }
  learnLateGreeting(host: string): void {
    this.learn(host, { ...this.of(host), greetsLate: true });
  }
  /** The host accepted this sender's MAIL and answered a recipient. */
  learnSender(host: string, sender: Sender): void {
    const known = this.of(host);
    if (known.takesMailOf !== sender) this.learn(host, { ...known, takesMailOf: sender });
  }
  /** Keeps what a session has shown. */
  learnFrom(host: string, shown: readonly Lesson[]): void {
    for (const lesson of shown) {
      const known = this.of(host);
      this.learn(host, lesson.kind === 'tires' ? { ...known, tires: true } : { ...known, pipelines: lesson.works });
    }
  }
  /** A transaction was full after this many recipients. */
  learnGroupSize(host: string, recipients: number): void {
    const known = this.of(host);
    this.learn(host, { ...known, groupSize: smaller(known.groupSize, recipients) });
  }
  /** A session was ended by the host, or full, after this many recipients. An earlier limit on transactions was really one on sessions. */
  learnSessionSize(host: string, recipients: number): void {
    const known = this.of(host);
    this.learn(host, { ...known, sessionSize: smaller(known.sessionSize, recipients), groupSize: null });
  }

  /** The host refused one more session, in words, while this many were open: it allows no more. */
  learnCrowd(host: string, sessions: number): void {
    this.crowds.set(host, { sessions: Math.max(1, Math.min(this.sessionsBorne(host), sessions)), at: this.clock.now() });
  }
  sessionsBorne(host: string): number {
    const crowd = this.crowds.get(host);
    const isFresh = crowd !== undefined && this.clock.now() - crowd.at <= HOST_LESSON_MAX_AGE_MS;
    return isFresh ? crowd.sessions : Number.POSITIVE_INFINITY;
  }

  /** A session was lost before any recipient was answered. True if that is perhaps so only under TLS, and plain text is used from now on. */
  learnDrop(host: string, route: string, exchange: Exchange): boolean {
    const inARow = (this.drops.get(route)?.inARow ?? 0) + 1;
    this.drops.set(route, { inARow, exchange, at: this.clock.now() });
    const known = this.of(host);
    const isForPlain = exchange.party.isSecure && known.tls === 'usual' && inARow >= DROPS_UNDER_TLS;
    this.learn(host, { ...known, isDropping: true, tls: isForPlain ? 'doubtful' : known.tls });
    return isForPlain;
  }
  /** A recipient was answered. */
  forgetDrops(host: string, route: string): void {
    const known = this.of(host);
    if (!known.isDropping) return;
    this.drops.delete(route);
    this.learn(host, { ...known, isDropping: false });
  }
  /** While a route to a host rests after drops: the last drop, since asking again would end the same way. */
  restingAfter(route: string): Exchange | null {
    const drops = this.drops.get(route);
    if (drops === undefined || drops.inARow < DROPS_BORNE) return null;
    return this.clock.now() - drops.at < DROP_REST_MS ? drops.exchange : null;
  }

  /** The host greeted with a refusal. False if it already did so within the hour. */
  isFirstBadGreeting(host: string): boolean {
    const now = this.clock.now();
    const since = this.badGreetings.get(host);
    if (since !== undefined && now - since <= HOST_LESSON_MAX_AGE_MS) return false;
    this.badGreetings.set(host, now);
    return true;
  }

  learnDead(address: string): void {
    this.deadSince.set(address, this.clock.now());
  }
  isDead(address: string): boolean {
    const since = this.deadSince.get(address);
    return since !== undefined && this.clock.now() - since < DEAD_ADDRESS_MAX_AGE_MS;
  }

  private learn(host: string, lessons: HostLessons): void {
    const { tls, hello, greetsLate, pipelines, isDropping, tires, takesMailOf, groupSize, sessionSize } = lessons;
    // Named field by field, because thousands of hosts have one and all code that asks reads it: a spread would give each a layout of its own.
    const at = this.clock.now();
    this.lessons.set(host, { tls, hello, greetsLate, pipelines, isDropping, tires, takesMailOf, groupSize, sessionSize, at });
  }
}
