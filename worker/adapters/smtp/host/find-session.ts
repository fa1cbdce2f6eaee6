// Gets a runner of a host's queue the session it needs: a warm one, or a new one over the mail hosts. Promises that what is left to
// ask is dialled for once however many runners look for it; that no connection is made before our own pace, and what its destination
// bears, allow it; that the time of those who wait for others at their address stands still; and that where no session can be had all
// who would have taken the same ways share the outcome, and nobody else.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Soon } from '@/worker/engine/ports';
import type { Admission } from '../destinations/destinations';
import { settleHeldBack } from './ended-by-us';
import { applyStep } from './run-group';
import type { Exchange } from '../exchange';
import { GroupSignals } from '../reputation/signals';
import { routeId, walkHosts, type Route, type WalkEnd } from './walk-hosts';
import type { Identities } from '../reputation/identities';
import type { HostState, HostTools } from './host-state';
import { finalOf, nextStep } from './next-step';
import type { Place } from '../reputation/pace';
import type { Recipient } from './recipient';
import type { Session } from '../session/session';

export type FoundSession = Session | 'retire' | 'look_again';

export interface FinderTools extends HostTools {
  identities: Identities;
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
    private readonly state: HostState,
    private readonly tools: FinderTools,
  ) {}

  async find(head: Recipient): Promise<FoundSession> {
    const { state, tools } = this;
    const warm = tools.pool.take(state.key, (session) => tools.canServe(session, head));
    if (warm !== null) return warm;
    // One of a host stands in line for all of it.
    if (state.inLine > 0) return 'retire';
    // Sessions end at the same time; what is left is dialled for once.
    const coming = state.runners - state.inSession - 1;
    if (coming > 0 && state.queue.length <= coming * tools.groupSize()) return 'retire';
    if (this.handOver(head)) return 'look_again';
    const gapMs = this.gapMs(head);
    if (gapMs > 0) await this.heldBack(sleep(gapMs, undefined, { ref: false }));
    return this.dial(head);
  }

  /** Somebody else of the pool has room at the gate. */
  private handOver(head: Recipient): boolean {
    const { identities, groupSize } = this.tools;
    if (identities.reputeOf(head.sender.identity).gate?.hasRoom !== false) return false;
    const spare = identities.spareFor(head);
    if (spare !== null) identities.handOver(head, spare, groupSize());
    return spare !== null;
  }

  private gapMs({ sender, deadline }: Recipient): number {
    const { state, tools } = this;
    const sessionSizes = state.hosts.map(({ name }) => tools.memory.of(name).sessionSize ?? Number.POSITIVE_INFINITY);
    const connections = Math.ceil(state.queue.length / Math.min(tools.groupSize(), ...sessionSizes));
    return tools.identities.gapMs(sender.identity, { connections, leftMs: deadline - tools.deps.clock.now() });
  }

  private async dial(head: Recipient): Promise<FoundSession> {
    const { state } = this;
    const approach: Approach = { head, place: null, startedAt: Number.POSITIVE_INFINITY };
    const end = await this.walk(approach);
    const { place } = approach;
    if (end.kind === 'ready') {
      void end.session.ended.then(() => {
        this.giveBack(place);
      });
      this.acceptSubstitute(end.session.setting.host);
      return end.session;
    }
    this.giveBack(place);
    if (end.kind === 'cut') return this.afterCut();
    if (end.kind === 'failed' && end.exchange.at >= approach.startedAt) this.tell(head, end.exchange);
    if (state.inSession > 0) {
      if (end.kind === 'failed') state.cap = Math.max(1, state.inSession);
      return 'retire';
    }
    if (end.kind === 'full') this.afterFull(approach.head, end);
    else this.afterFailedWalk(approach.head, end);
    return 'look_again';
  }

  private giveBack(place: Place | null, isUnused = false): void {
    if (place === null) return;
    this.state.places.delete(place);
    place.giveBack(isUnused);
  }

  private tell(head: Recipient, exchange: Exchange): void {
    const { identities, health, deps } = this.tools;
    const signals = new GroupSignals();
    signals.noSession(exchange, head);
    health.note(identities.reputeOf(head.sender.identity).standing, signals.tally(deps.redact));
  }

  private async walk(approach: Approach): Promise<WalkEnd> {
    const { state, tools } = this;
    const { head } = approach;
    const dialled: Session[] = [];
    const end = await walkHosts(
      {
        hosts: state.hosts,
        identity: head.sender.identity,
        provider: state.provider,
        excluded: head.excluded,
        preferred: head.preferredHost,
        get deadline() {
          return approach.head.deadline;
        },
        admit: (route) => this.admit(route, approach),
        onDialled: (session) => {
          dialled.push(session);
          state.opening.add(session);
          if (approach.place !== null) approach.place.session = session;
        },
      },
      tools,
    );
    for (const session of dialled) state.opening.delete(session);
    return end;
  }

  /** The destination first, then the place in this process: who stands in line at an address keeps no place from others. */
  private async admit(route: Route, approach: Approach): Promise<Admission> {
    const { state, tools } = this;
    const entering = tools.destinations.enter(
      { ...route, provider: state.provider },
      {
        isSingle: () => state.queue.head?.spec.isSingle === true,
        isWanted: () => state.queue.length > 0 && !tools.pool.isClosed,
      },
    );
    const admission = entering instanceof Promise ? await this.standInLine(entering, approach) : entering;
    if (admission.kind !== 'in') return admission;
    if (this.adoptHead(route, approach)) {
      approach.place ??= await this.placeFor(approach.head);
      // Much may have come to pass meanwhile.
      if (approach.place !== null && this.adoptHead(route, approach)) {
        const now = tools.deps.clock.now();
        approach.startedAt = Math.min(approach.startedAt, now);
        state.dialledAt = now;
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
    const { state, tools } = this;
    this.giveBack(approach.place, !Number.isFinite(approach.startedAt));
    approach.place = null;
    state.inLine += 1;
    state.inLineSince ??= tools.deps.clock.now();
    const admission = await this.heldBack(entering);
    state.inLine -= 1;
    if (state.inLine === 0) this.endPause();
    return admission;
  }

  /** Waiting for others is not on anybody's clock, unless another session of this state served them meanwhile. */
  private endPause(): void {
    const { state, tools } = this;
    const now = tools.deps.clock.now();
    const since = state.inLineSince ?? now;
    state.inLineSince = null;
    if (state.inSession > 0) return;
    for (const recipient of state.queue.all) {
      const waitedMs = now - Math.max(since, recipient.spec.askedAt);
      if (waitedMs >= PAUSE_MIN_MS) recipient.pause(waitedMs);
    }
  }

  private async heldBack<T>(wait: Soon<T>): Promise<T> {
    this.state.heldBack += 1;
    const came = await wait;
    this.state.heldBack -= 1;
    return came;
  }

  /** Who waited first may be gone, or somebody with less time has come: whoever would take the same way goes on in its place. */
  private adoptHead({ host, address }: Route, approach: Approach): boolean {
    const { queue } = this.state;
    const { head } = queue;
    if (head === undefined || this.tools.identities.isKeptAway(head)) return false;
    if (head === approach.head) return true;
    const { sender, preferredHost, excluded } = head;
    const isSameWay = preferredHost === null || preferredHost === host;
    const isOpen = !excluded.has(host) && !excluded.has(routeId(host, address));
    if (sender.identity !== approach.head.sender.identity || !isSameWay || !isOpen) return false;
    approach.head = head;
    return true;
  }

  private placeFor(head: Recipient): Promise<Place | null> {
    const { state, tools } = this;
    const { gate } = tools.identities.reputeOf(head.sender.identity);
    const isWanted = (): boolean => state.queue.length > 0;
    return this.heldBack(
      tools.pace.enter({ gate, deadline: head.deadline, isWanted }).then((place) => {
        if (place !== null) state.places.add(place);
        return place;
      }),
    );
  }

  /** The host of a greylist retry could not be had: any other is better than none. */
  private acceptSubstitute(host: string): void {
    const { queue } = this.state;
    const wanted = queue.head?.preferredHost ?? host;
    if (wanted === host) return;
    for (const recipient of queue.all) if (recipient.preferredHost === wanted) recipient.preferredHost = null;
  }

  private afterCut(): 'retire' | 'look_again' {
    const now = this.tools.deps.clock.now();
    for (const recipient of this.state.queue.takeAll(({ deadline }) => deadline <= now)) this.tools.expire(recipient);
    return this.tools.pool.isClosed ? 'retire' : 'look_again';
  }

  /** Nothing is left of the hour for these; single checks may still have their reserve. */
  private afterFull(head: Recipient, { until, trail }: { until: number; trail: readonly Exchange[] }): void {
    const { state, tools } = this;
    const waiting = {
      hosts: state.hosts,
      provider: state.provider,
      session: null,
      now: tools.deps.clock.now(),
      isHeldBack: true,
    };
    const isFull = (other: Recipient): boolean => head.spec.isSingle || !other.spec.isSingle;
    for (const recipient of state.queue.takeAll((other) => isFull(other) && takesSameWays(other, head))) {
      recipient.note(trail);
      settleHeldBack(recipient, { until }, waiting);
    }
  }

  private afterFailedWalk(head: Recipient, { exchange, trail }: { exchange: Exchange; trail: readonly Exchange[] }): void {
    const { state, tools } = this;
    for (const recipient of state.queue.takeAll((other) => takesSameWays(other, head))) {
      recipient.note(trail);
      const step = nextStep(recipient, exchange, { hosts: state.hosts, canSecure: false, isFirst: true });
      if (step.kind === 'become') tools.rest.rest(state.key, recipient.sender);
      const better = recipient.fallback?.came.kind === 'reply' ? finalOf(recipient, recipient.fallback, state.hosts) : null;
      const isAgain = applyStep({
        recipient,
        exchange,
        step: step.kind === 'settle' && better !== null ? { kind: 'settle', exchange: better } : step,
      });
      if (isAgain) state.queue.add(recipient);
    }
  }
}

function takesSameWays(other: Recipient, { sender, excluded }: Recipient): boolean {
  return other.sender.identity === sender.identity && [...excluded].every((route) => other.excluded.has(route));
}
