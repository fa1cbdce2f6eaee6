// Gets a lane's drain the session it needs: a warm one, or a new one over the mail hosts. Promises that what is left to ask is dialled
// for once however many drains look for it; that no connection is made before our own pace, and what its destination bears, allow it;
// that the time of those who wait for others at their address stands still; and that where no session can be had all who would have
// taken the same ways share the outcome, and nobody else.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Soon } from '@/worker/engine/ports';
import type { Admission } from '../destinations/destinations';
import { settleHeldBack } from './ended-by-us';
import { applyStep } from './run-group';
import type { Exchange } from '../exchange';
import { GroupSignals } from '../reputation/signals';
import { routeId, walkHosts, type Route, type WalkEnd } from './walk-hosts';
import type { LaneAskers } from '../reputation/host-identities';
import type { LaneState, LaneTools } from './host-state';
import { finalOf, nextStep } from './next-step';
import type { Place } from '../reputation/pace';
import type { Recipient } from './recipient';
import type { Session } from '../session/session';

export type FoundSession = Session | 'retire' | 'look_again';

export interface FinderTools extends LaneTools {
  askers: LaneAskers;
  canServe: (session: Session, recipient: Recipient) => boolean;
  /** Recipients a session takes at once. */
  groupSize: () => number;
  expire: (recipient: Recipient) => void;
}

/** One walk over the hosts: for whom, and the place among the sessions of this process once it has one. */
interface Approach {
  head: Recipient;
  place: Place | null;
  /** Epoch ms of the first connection. */
  startedAt: number;
}

const UNWANTED: Admission = { kind: 'unwanted' };
/** A wait shorter than this is not worth setting the clocks of all who wait. */
const PAUSE_MIN_MS = 50;

export class SessionFinder {
  constructor(
    private readonly lane: LaneState,
    private readonly tools: FinderTools,
  ) {}

  async find(head: Recipient): Promise<FoundSession> {
    const { lane, tools } = this;
    const warm = tools.pool.take(lane.key, (session) => tools.canServe(session, head));
    if (warm !== null) return warm;
    // One of a host stands in line for all of it.
    if (lane.inLine > 0) return 'retire';
    // Sessions end at the same time; what is left is dialled for once.
    const coming = lane.drains - lane.seated - 1;
    if (coming > 0 && lane.queue.length <= coming * tools.groupSize()) return 'retire';
    if (this.handOver(head)) return 'look_again';
    const gapMs = this.gapMs(head);
    if (gapMs > 0) await this.heldBack(sleep(gapMs, undefined, { ref: false }));
    return this.dial(head);
  }

  /** Somebody else of the pool has room at the gate. */
  private handOver(head: Recipient): boolean {
    const { askers, groupSize } = this.tools;
    if (askers.seatOf(head.persona.identity).gate?.hasRoom !== false) return false;
    const spare = askers.spareFor(head);
    if (spare !== null) askers.handOver(head, spare, groupSize());
    return spare !== null;
  }

  private gapMs({ persona, deadline }: Recipient): number {
    const { lane, tools } = this;
    const sessionSizes = lane.hosts.map(({ name }) => tools.memory.of(name).sessionSize ?? Number.POSITIVE_INFINITY);
    const connections = Math.ceil(lane.queue.length / Math.min(tools.groupSize(), ...sessionSizes));
    return tools.askers.gapMs(persona.identity, { connections, leftMs: deadline - tools.deps.clock.now() });
  }

  private async dial(head: Recipient): Promise<FoundSession> {
    const { lane } = this;
    const approach: Approach = { head, place: null, startedAt: Number.POSITIVE_INFINITY };
    const end = await this.walk(approach);
    const { place } = approach;
    if (end.kind === 'ready') {
      end.session.whenEnded(() => {
        this.giveBack(place);
      });
      this.acceptSubstitute(end.session.setting.host);
      return end.session;
    }
    this.giveBack(place);
    if (end.kind === 'cut') return this.afterCut();
    if (end.kind === 'failed' && end.exchange.at >= approach.startedAt) this.tell(head, end.exchange);
    if (lane.seated > 0) {
      if (end.kind === 'failed') lane.cap = Math.max(1, lane.seated);
      return 'retire';
    }
    if (end.kind === 'full') this.afterFull(approach.head, end);
    else this.afterFailedWalk(approach.head, end);
    return 'look_again';
  }

  private giveBack(place: Place | null, isUnused = false): void {
    if (place === null) return;
    this.lane.places.delete(place);
    place.giveBack(isUnused);
  }

  private tell(head: Recipient, exchange: Exchange): void {
    const { askers, health, deps } = this.tools;
    const signals = new GroupSignals();
    signals.noSession(exchange, head);
    health.note(askers.seatOf(head.persona.identity).standing, signals.tally(deps.redact));
  }

  private async walk(approach: Approach): Promise<WalkEnd> {
    const { lane, tools } = this;
    const { head } = approach;
    const dialled: Session[] = [];
    const end = await walkHosts(
      {
        hosts: lane.hosts,
        identity: head.persona.identity,
        provider: lane.provider,
        excluded: head.excluded,
        preferred: head.preferredHost,
        get deadline() {
          return approach.head.deadline;
        },
        admit: (route) => this.admit(route, approach),
        onDialled: (session) => {
          dialled.push(session);
          lane.opening.add(session);
          if (approach.place !== null) approach.place.session = session;
        },
      },
      tools,
    );
    for (const session of dialled) lane.opening.delete(session);
    return end;
  }

  /** The destination first, then the place in this process: who stands in line at an address keeps no place from others. */
  private async admit(route: Route, approach: Approach): Promise<Admission> {
    const { lane, tools } = this;
    const entering = tools.destinations.enter(
      { ...route, provider: lane.provider },
      { isSingle: () => lane.queue.head?.spec.isSingle === true, isWanted: () => lane.queue.length > 0 && !tools.pool.isClosed },
    );
    const admission = entering instanceof Promise ? await this.standInLine(entering, approach) : entering;
    if (admission.kind !== 'in') return admission;
    if (this.adoptHead(route, approach)) {
      approach.place ??= await this.placeFor(approach.head);
      // Much may have come to pass meanwhile.
      if (approach.place !== null && this.adoptHead(route, approach)) {
        const now = tools.deps.clock.now();
        approach.startedAt = Math.min(approach.startedAt, now);
        lane.dialledAt = now;
        return admission;
      }
    }
    admission.stay?.cancel();
    // No connection was made for this place.
    if (approach.place !== null) this.giveBack(approach.place, !Number.isFinite(approach.startedAt));
    approach.place = null;
    return UNWANTED;
  }

  private async standInLine(entering: Promise<Admission>, approach: Approach): Promise<Admission> {
    const { lane, tools } = this;
    this.giveBack(approach.place, !Number.isFinite(approach.startedAt));
    approach.place = null;
    lane.inLine += 1;
    lane.inLineSince ??= tools.deps.clock.now();
    const admission = await this.heldBack(entering);
    lane.inLine -= 1;
    if (lane.inLine === 0) this.endPause();
    return admission;
  }

  /** Waiting for others is not on anybody's clock, unless another session of this lane served them meanwhile. */
  private endPause(): void {
    const { lane, tools } = this;
    const now = tools.deps.clock.now();
    const since = lane.inLineSince ?? now;
    lane.inLineSince = null;
    if (lane.seated > 0) return;
    for (const recipient of lane.queue.all) {
      const waitedMs = now - Math.max(since, recipient.spec.askedAt);
      if (waitedMs >= PAUSE_MIN_MS) recipient.pause(waitedMs);
    }
  }

  private async heldBack<T>(wait: Soon<T>): Promise<T> {
    this.lane.heldBack += 1;
    const came = await wait;
    this.lane.heldBack -= 1;
    return came;
  }

  /** Who waited first may be gone, or somebody with less time has come: whoever would take the same way goes on in its place. */
  private adoptHead({ host, address }: Route, approach: Approach): boolean {
    const { queue } = this.lane;
    const { head } = queue;
    if (head === undefined || this.tools.askers.isKeptAway(head)) return false;
    if (head === approach.head) return true;
    const { persona, preferredHost, excluded } = head;
    const isSameWay = preferredHost === null || preferredHost === host;
    const isOpen = !excluded.has(host) && !excluded.has(routeId(host, address));
    if (persona.identity !== approach.head.persona.identity || !isSameWay || !isOpen) return false;
    approach.head = head;
    return true;
  }

  private placeFor(head: Recipient): Promise<Place | null> {
    const { lane, tools } = this;
    const { gate } = tools.askers.seatOf(head.persona.identity);
    const isWanted = (): boolean => lane.queue.length > 0;
    return this.heldBack(
      tools.pace.enter({ gate, deadline: head.deadline, isWanted }).then((place) => {
        if (place !== null) lane.places.add(place);
        return place;
      }),
    );
  }

  /** The host of a greylist retry could not be had: any other is better than none. */
  private acceptSubstitute(host: string): void {
    const { queue } = this.lane;
    const wanted = queue.head?.preferredHost ?? host;
    if (wanted === host) return;
    for (const recipient of queue.all) if (recipient.preferredHost === wanted) recipient.preferredHost = null;
  }

  private afterCut(): 'retire' | 'look_again' {
    const now = this.tools.deps.clock.now();
    for (const recipient of this.lane.queue.takeAll(({ deadline }) => deadline <= now)) this.tools.expire(recipient);
    return this.tools.pool.isClosed ? 'retire' : 'look_again';
  }

  /** Nothing is left of the hour for these; single checks may still have their reserve. */
  private afterFull(head: Recipient, { until, trail }: { until: number; trail: readonly Exchange[] }): void {
    const { lane, tools } = this;
    const waiting = { hosts: lane.hosts, provider: lane.provider, session: null, now: tools.deps.clock.now(), isHeldBack: true };
    const isFull = (other: Recipient): boolean => head.spec.isSingle || !other.spec.isSingle;
    for (const recipient of lane.queue.takeAll((other) => isFull(other) && takesSameWays(other, head))) {
      recipient.note(trail);
      settleHeldBack(recipient, { until }, waiting);
    }
  }

  private afterFailedWalk(head: Recipient, { exchange, trail }: { exchange: Exchange; trail: readonly Exchange[] }): void {
    const { lane, tools } = this;
    for (const recipient of lane.queue.takeAll((other) => takesSameWays(other, head))) {
      recipient.note(trail);
      const step = nextStep(recipient, exchange, { hosts: lane.hosts, canSecure: false, isFirst: true });
      if (step.kind === 'become') tools.rest.rest(lane.key, recipient.persona);
      const better = recipient.fallback?.came.kind === 'reply' ? finalOf(recipient, recipient.fallback, lane.hosts) : null;
      const isAgain = applyStep({
        recipient,
        exchange,
        step: step.kind === 'settle' && better !== null ? { kind: 'settle', exchange: better } : step,
      });
      if (isAgain) lane.queue.add(recipient);
    }
  }
}

function takesSameWays(other: Recipient, { persona, excluded }: Recipient): boolean {
  return other.persona.identity === persona.identity && [...excluded].every((route) => other.excluded.has(route));
}
