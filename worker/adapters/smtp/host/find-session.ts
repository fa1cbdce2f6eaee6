// Finds the session that a runner of a host's queue needs: a warm one, or a new one over the mail hosts. Guarantees: what is left to ask is
// dialed for once, however many runners look for a session; no connection is made before our own pace and the limits of its destination
// allow it; the clock of those who wait for others at their address stands still; if no session can be had, everyone who would have
// taken the same routes shares the outcome, and nobody else does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admission } from '../destinations/destinations';
import type { Asked } from './asked';
import { heldBack } from './after-loss';
import type { Exchange } from '../exchange';
import { walkHosts, type WalkEnd } from './walk-hosts';
import { routeId, type HostSession, type Route } from './try-route';
import type { HostState, HostTools } from './host-state';
import type { NextGroup } from './next-group';
import { finalOf, nextStep, takeStep } from './next-step';
import { GroupSignals, type Identities, type Place } from '../reputation/reputation';
import { takesSameWays, withNoted, type Recipient } from './recipient';
import { take } from './run-group';

export type FoundSession = HostSession | 'retire' | 'look_again';

export interface FinderTools {
  /** The same for all queues. */
  shared: HostTools;
  identities: Identities;
  groups: NextGroup;
  /** How many sessions the hosts are to have at once. */
  maxSessions: () => number;
}

/** One walk over the hosts: for whom, and its place among this process's sessions once it has one. */
interface Approach {
  head: Asked;
  place: Place | null;
  /** Epoch ms of the first connection. */
  startedAt: number;
}

const UNWANTED: Admission = { kind: 'unwanted' };
/** A shorter wait is not worth moving the deadlines of all who wait. */
const PAUSE_MIN_MS = 50;

export class SessionFinder {
  constructor(
    private readonly state: HostState,
    private readonly tools: FinderTools,
  ) {}

  async find(head: Asked): Promise<FoundSession> {
    const { state, tools } = this;
    const warm = tools.shared.pool.take(state.key, (session) => session.isOpen && tools.groups.fits(session, head));
    if (warm !== null) return warm;
    if (head.recipient.spec.alone !== 'no' && !this.mayStandBeside(head)) await tools.shared.pool.endAll(state.key);
    // One runner of a host stands in line for all of it.
    if (state.inLine > 0) return 'retire';
    // Sessions end at the same time, so what is left is dialed for once.
    const coming = state.runners - state.inSession - 1;
    if (coming > 0 && state.queue.length <= coming * tools.groups.size) return 'retire';
    if (this.handOver(head)) return 'look_again';
    const gapMs = this.gapMs(head);
    if (gapMs > 0) await this.heldBack(sleep(gapMs, undefined, { ref: false }));
    return this.dial(head);
  }

  /** The sessions that are no use to it may stay open for others: one more is not known to be too many. */
  private mayStandBeside({ recipient }: Asked): boolean {
    const { state, tools } = this;
    return recipient.spec.alone === 'until_first_refused' && state.places.size < tools.maxSessions();
  }

  /** Another identity of the pool has room at its gate. */
  private handOver(head: Asked): boolean {
    const { identities, groups } = this.tools;
    return identities.of(head.recipient.sender.identity).gate?.hasRoom === false && groups.handOver(head);
  }

  private gapMs({ recipient, deadline }: Asked): number {
    const { state, tools } = this;
    const connections = Math.ceil(state.queue.length / tools.groups.size);
    const leftMs = deadline - tools.shared.deps.clock.now();
    return tools.identities.gapMs(recipient.sender.identity, { connections, leftMs, lastAt: state.dialedAt });
  }

  private async dial(head: Asked): Promise<FoundSession> {
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
    const isOneTooMany = this.noteCrowd(end, approach.head);
    if (end.kind === 'failed' && !isOneTooMany && end.exchange.at >= approach.startedAt) this.tell(head.recipient, end.exchange);
    if (isOneTooMany || state.inSession > 0) return 'retire';
    if (end.kind === 'full') this.afterFull(approach.head, end);
    else this.afterFailedWalk(approach.head, end);
    return 'look_again';
  }

  /**
   * If one more session cannot be had while others are open, beginning or ending, there are as many as the hosts allow. `421 4.7.0 Too many
   * concurrent connections` is their limit. As long as we keep to it, it says nothing about our pace. Whoever needs a session of its own is
   * dialed for again, without idle ones beside it.
   */
  private noteCrowd(end: WalkEnd, { recipient: { spec } }: Asked): boolean {
    const { state, tools } = this;
    const isBeside = spec.alone !== 'no' && tools.shared.pool.isKeeping(state.key);
    if (end.kind !== 'failed' || state.places.size === 0 || (state.runners === 1 && !isBeside)) return false;
    const sessions = Math.max(1, state.standing);
    state.cap = Math.min(state.cap, sessions);
    const { came, party, stage } = end.exchange;
    if (came.kind !== 'reply' || came.reply.code >= 500 || stage !== 'connect') return isBeside;
    tools.shared.memory.learnCrowd(party.host, sessions);
    return isBeside || state.provider === null;
  }

  private giveBack(place: Place | null, isUnused = false): void {
    if (place === null) return;
    this.state.places.delete(place);
    place.giveBack(isUnused);
  }

  private tell({ spec, sender }: Recipient, exchange: Exchange): void {
    const { identities, shared } = this.tools;
    const signals = new GroupSignals();
    signals.noSession(exchange, spec);
    identities.note(sender.identity, signals.tally(shared.deps.redact));
  }

  private async walk(approach: Approach): Promise<WalkEnd> {
    const { state, tools } = this;
    const { sender, excluded, preferredHost, spec } = approach.head.recipient;
    const dialed: HostSession[] = [];
    const end = await walkHosts(
      {
        hosts: state.hosts,
        identity: sender.identity,
        provider: state.provider,
        excluded,
        preferred: preferredHost,
        tls: spec.tls,
        get deadline() {
          return approach.head.deadline;
        },
        admit: (route) => this.admit(route, approach),
        onDialed: (session) => {
          dialed.push(session);
          state.opening.add(session);
          if (approach.place !== null) approach.place.session = session;
        },
      },
      tools.shared,
    );
    for (const session of dialed) state.opening.delete(session);
    return end;
  }

  /** Enters the destination first, then takes a place in this process, so that whoever stands in line at an address holds no place. */
  private async admit(route: Route, approach: Approach): Promise<Admission> {
    const { state, tools } = this;
    const entering = tools.shared.destinations.enter(
      { ...route, provider: state.provider },
      {
        isSingle: () => state.queue.head?.recipient.spec.isSingle === true,
        isWanted: () => state.queue.length > 0 && !tools.shared.pool.isClosed,
      },
    );
    const admission = entering.kind === 'line' ? await this.standInLine(entering.turn, approach) : entering;
    if (admission.kind !== 'in') return admission;
    if (this.adoptHead(route, approach)) {
      approach.place ??= await this.placeFor(approach.head);
      // The state may have changed during the wait.
      if (approach.place !== null && this.adoptHead(route, approach)) {
        const now = tools.shared.deps.clock.now();
        approach.startedAt = Math.min(approach.startedAt, now);
        state.dialedAt = now;
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
    state.inLineSince ??= tools.shared.deps.clock.now();
    const admission = await this.heldBack(entering);
    state.inLine -= 1;
    if (state.inLine === 0) this.endPause();
    return admission;
  }

  /** Time spent waiting for others does not count, unless another session of this queue served recipients meanwhile. */
  private endPause(): void {
    const { state, tools } = this;
    const now = tools.shared.deps.clock.now();
    const since = state.inLineSince ?? now;
    state.inLineSince = null;
    if (state.inSession > 0) return;
    for (const asked of state.queue.all) {
      const waitedMs = now - Math.max(since, asked.recipient.spec.askedAt);
      if (waitedMs >= PAUSE_MIN_MS) asked.pause(waitedMs);
    }
  }

  private async heldBack<T>(wait: Promise<T>): Promise<T> {
    this.state.heldBack += 1;
    const came = await wait;
    this.state.heldBack -= 1;
    return came;
  }

  /** The recipient that waited first may be gone, or one with less time has come: whichever would take the same route takes over. */
  private adoptHead({ host, address }: Route, approach: Approach): boolean {
    const { queue } = this.state;
    const { head } = queue;
    if (head === undefined || this.tools.identities.isKeptAway(head.recipient.sender.identity)) return false;
    if (head === approach.head) return true;
    const { sender, preferredHost, excluded, spec } = head.recipient;
    const isSameWay = (preferredHost === null || preferredHost === host) && spec.tls === approach.head.recipient.spec.tls;
    const isOpen = !excluded.has(host) && !excluded.has(routeId(host, address));
    if (sender.identity !== approach.head.recipient.sender.identity || !isSameWay || !isOpen) return false;
    approach.head = head;
    return true;
  }

  private placeFor(head: Asked): Promise<Place | null> {
    const { state, tools } = this;
    const isWanted = (): boolean => state.queue.length > 0;
    const entering = tools.identities.enter(head.recipient.sender.identity, { deadline: head.deadline, isWanted });
    return this.heldBack(
      entering.then((place) => {
        if (place !== null) state.places.add(place);
        return place;
      }),
    );
  }

  /** The host of a greylist retry could not be reached: any other host is better than none. */
  private acceptSubstitute(host: string): void {
    const { queue } = this.state;
    const wanted = queue.head?.recipient.preferredHost ?? host;
    if (wanted === host) return;
    for (const asked of queue.all)
      if (asked.recipient.preferredHost === wanted) asked.recipient = { ...asked.recipient, preferredHost: null };
  }

  private afterCut(): 'retire' | 'look_again' {
    const now = this.tools.shared.deps.clock.now();
    for (const asked of this.state.queue.takeAll(({ deadline }) => deadline <= now)) asked.expire();
    return this.tools.shared.pool.isClosed ? 'retire' : 'look_again';
  }

  /** The hour's allowance is used up for these; single checks may still have their reserve. */
  private afterFull({ recipient: head }: Asked, { until, trail }: { until: number; trail: readonly Exchange[] }): void {
    const { state, tools } = this;
    const waiting = {
      hosts: state.hosts,
      provider: state.provider,
      session: null,
      now: tools.shared.deps.clock.now(),
      isHeldBack: true,
    };
    const isFull = ({ recipient }: Asked): boolean =>
      (head.spec.isSingle || !recipient.spec.isSingle) && takesSameWays(recipient, head);
    for (const asked of state.queue.takeAll(isFull)) {
      const { recipient, exchange } = heldBack(withNoted(asked.recipient, trail), { until }, waiting);
      take(asked, { kind: 'settle', recipient, exchange });
    }
  }

  private afterFailedWalk(
    { recipient: head }: Asked,
    { exchange, trail }: { exchange: Exchange; trail: readonly Exchange[] },
  ): void {
    const { state, tools } = this;
    const { hosts } = state;
    for (const asked of state.queue.takeAll(({ recipient }) => takesSameWays(recipient, head))) {
      const recipient = withNoted(asked.recipient, trail);
      const { fallback, sender } = recipient;
      const step = nextStep(recipient, exchange, { hosts, canSecure: false, canLeaveTls: () => false, isFirst: true });
      if (step.kind === 'become') tools.identities.rest(sender);
      const better = fallback?.came.kind === 'reply' ? finalOf(recipient, fallback, hosts) : null;
      const isBetter = step.kind === 'settle' && better !== null;
      const outcome = takeStep(recipient, exchange, isBetter ? { kind: 'settle', exchange: better } : step);
      if (take(asked, outcome)) state.queue.add(asked);
    }
  }
}
