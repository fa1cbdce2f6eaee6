// Gives a new session its place: at the gate of its provider first, then among the sessions of this process. Guarantees: a provider that is
// full or slow delays no other; whoever has the least time goes first; idle sessions give way when someone waits; hosts that keep us
// waiting keep no more than their share of the places once others need them.
import type { ReplyStage } from '@/lib/verdict/evidence';
import type { Provider, ProviderPace, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Clock } from '@/worker/engine/ports';
import { Gate } from './gate';
import type { Standing } from './standing';
import { SLOW_SESSIONS_SHARE } from '../timeouts';

/** How often slow sessions are looked over while someone waits for a place in the process. */
const RELIEF_EVERY_MS = 500;

/** What the pace sees of a session. */
export interface PacedSession {
  readonly setting: { readonly identity: SendingIdentity; readonly provider: Provider | null };
  readonly waitingFor: { stage: ReplyStage; since: number } | null;
  /** Epoch ms */
  readonly heardAt: number;
  readonly isOpen: boolean;
  giveUp(why: string): void;
}

/** Which idle session gives way: one of a certain gate, or any. */
export type IsGivingWay = (session: Pick<PacedSession, 'setting'>) => boolean;

export interface PaceSetting {
  clock: Clock;
  sessionsInAll: number;
  slowAfterMs: number;
  /** Ends an idle session, if there is one. */
  makeRoom: (isGivingWay: IsGivingWay) => void;
}

export interface Entry {
  /** Null: a host of no known provider. */
  gate: Gate | null;
  /** Epoch ms */
  deadline: number;
  isWanted: () => boolean;
}

export interface GateOf {
  identity: SendingIdentity;
  /** The full pace at this provider, for one identity on one worker. */
  full: ProviderPace;
  workers: () => number;
}

/** One of the sessions that this process may have, from before dialing to its end. */
export class Place {
  session: Omit<PacedSession, 'setting'> | null = null;
  private readonly since: number;

  constructor(
    private readonly setting: Pick<PaceSetting, 'clock' | 'slowAfterMs'>,
    private readonly end: (place: Place, isUnused: boolean) => void,
  ) {
    this.since = setting.clock.now();
  }

  /** A second call does nothing. */
  giveBack(isUnused = false): void {
    this.end(this, isUnused);
  }

  /** How long the host has kept us waiting so far. */
  get waitedMs(): number {
    const now = this.setting.clock.now();
    if (this.session === null) return now - this.since;
    const { waitingFor, heardAt } = this.session;
    return waitingFor === null ? 0 : now - Math.max(waitingFor.since, heardAt);
  }

  get isSlow(): boolean {
    return this.waitedMs > this.setting.slowAfterMs;
  }
}

export class Pace {
  private readonly places = new Set<Place>();
  private waiting: { deadline: number; admit: () => void }[] = [];
  private timer: NodeJS.Timeout | null = null;

  /** At most one per identity and card. */
  private readonly gates = new Map<Standing, Gate>();

  constructor(private readonly setting: PaceSetting) {}

  gateOf(standing: Standing, { identity, full, workers }: GateOf): Gate {
    const known = this.gates.get(standing);
    if (known !== undefined) return known;
    const { clock, makeRoom } = this.setting;
    const isGivingWay = idleOf(identity, standing.key.provider);
    const makeRoomHere = (): void => {
      makeRoom(isGivingWay);
    };
    const gate = new Gate(standing, { clock, pace: full, workers, makeRoom: makeRoomHere });
    this.gates.set(standing, gate);
    return gate;
  }

  /** Null if the place is no longer wanted when its turn comes. */
  async enter({ gate, deadline, isWanted }: Entry): Promise<Place | null> {
    if (gate !== null && !(await gate.enter(deadline, isWanted))) return null;
    return this.isFull || this.waiting.length > 0 ? this.turn(gate, deadline) : this.placeFor(gate);
  }

  /** Someone waits for what the end of an idle session would free. */
  isWanted(gate: Gate | null): boolean {
    return this.waiting.length > 0 || gate?.isWanted === true;
  }

  private get isFull(): boolean {
    return this.places.size >= this.setting.sessionsInAll;
  }

  private placeFor(gate: Gate | null): Place {
    const place = new Place(this.setting, (ended, isUnused) => {
      if (!this.places.delete(ended)) return;
      gate?.leave(isUnused);
      this.admitNext();
    });
    this.places.add(place);
    return place;
  }

  private turn(gate: Gate | null, deadline: number): Promise<Place> {
    return new Promise((resolve) => {
      let at = this.waiting.length;
      while (at > 0 && (this.waiting[at - 1]?.deadline ?? 0) > deadline) at -= 1;
      this.waiting.splice(at, 0, {
        deadline,
        admit: () => {
          resolve(this.placeFor(gate));
        },
      });
      this.relieve();
    });
  }

  private admitNext(): void {
    if (this.isFull) return;
    this.waiting.shift()?.admit();
  }

  private relieve(): void {
    if (this.waiting.length === 0) return;
    this.setting.makeRoom(() => true);
    if (this.isFull) this.endSlowOnes();
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.relieve();
    }, RELIEF_EVERY_MS).unref();
  }

  /** Of the slow sessions beyond their share, ends those that have waited longest, as many as others wait for. */
  private endSlowOnes(): void {
    const share = Math.max(1, Math.floor(this.setting.sessionsInAll * SLOW_SESSIONS_SHARE));
    const slow = [...this.places].filter((place) => place.isSlow);
    const many = Math.min(slow.length - share, this.waiting.length);
    if (many <= 0) return;
    const longestFirst = slow.toSorted((a, b) => b.waitedMs - a.waitedMs);
    for (const { session } of longestFirst.filter((place) => place.session !== null).slice(0, many)) {
      session?.giveUp('the host let us wait, and its place was needed for others');
    }
  }
}

/** Idle sessions of one identity at one provider. */
const idleOf =
  (identity: SendingIdentity, provider: string): IsGivingWay =>
  ({ setting }) =>
    setting.identity === identity && setting.provider?.id === provider;
