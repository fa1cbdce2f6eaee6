// Gets a lane's drain the session it needs: a warm one, or a new one over the mail hosts. Promises that what is left to ask is dialled
// for once however many drains look for it, that no connection is made before our own pace allows it, and that where no session can be
// had all who would have taken the same ways share the outcome, and nobody else.
import { setTimeout as sleep } from 'node:timers/promises';
import { applyStep } from './group-run';
import type { Exchange } from './exchange';
import { GroupSignals } from './health/signals';
import { walkHosts, type WalkEnd } from './host-walk';
import type { LaneAskers } from './lane-askers';
import type { LaneState, LaneTools } from './lane-state';
import { finalOf, nextStep } from './next-step';
import type { Place } from './pace';
import type { Recipient } from './recipient';
import type { Session } from './session';

export type FoundSession = Session | 'retire' | 'look_again';

export interface FinderTools extends LaneTools {
  askers: LaneAskers;
  canServe: (session: Session, recipient: Recipient) => boolean;
  /** Recipients a session takes at once. */
  groupSize: () => number;
  expire: (recipient: Recipient) => void;
}

export class SessionFinder {
  constructor(
    private readonly lane: LaneState,
    private readonly tools: FinderTools,
  ) {}

  async find(head: Recipient): Promise<FoundSession> {
    const { lane, tools } = this;
    const warm = tools.pool.take(lane.key, (session) => tools.canServe(session, head));
    if (warm !== null) return warm;
    // Sessions end at the same time; what is left is dialled for once.
    const coming = lane.drains - lane.seated - 1;
    if (coming > 0 && lane.queue.length <= coming * tools.groupSize()) return 'retire';
    const place = await this.placeFor(head);
    if (place === null) return 'look_again';
    if (lane.queue.head !== head || tools.askers.isKeptAway(head)) {
      place.giveBack(true);
      return 'look_again';
    }
    return this.dial(head, place);
  }

  /** Null where the head has to be looked at again. */
  private async placeFor(head: Recipient): Promise<Place | null> {
    const { lane, tools } = this;
    const { gate } = tools.askers.seatOf(head.persona.identity);
    if (gate?.hasRoom === false) {
      const spare = tools.askers.spareFor(head);
      if (spare !== null) {
        tools.askers.handOver(head, spare, tools.groupSize());
        return null;
      }
    }
    lane.heldBack += 1;
    const gapMs = this.gapMs(head);
    if (gapMs > 0) await sleep(gapMs, undefined, { ref: false });
    const isWanted = (): boolean => lane.queue.length > 0;
    const place = await tools.pace.enter({ gate, deadline: head.spec.deadline, isWanted });
    lane.heldBack -= 1;
    return place;
  }

  private gapMs({ persona, spec }: Recipient): number {
    const { lane, tools } = this;
    const sessionSizes = lane.hosts.map(({ name }) => tools.memory.of(name).sessionSize ?? Number.POSITIVE_INFINITY);
    const connections = Math.ceil(lane.queue.length / Math.min(tools.groupSize(), ...sessionSizes));
    return tools.askers.gapMs(persona.identity, { connections, leftMs: spec.deadline - tools.deps.clock.now() });
  }

  private async dial(head: Recipient, place: Place): Promise<FoundSession> {
    const { lane, tools } = this;
    const startedAt = tools.deps.clock.now();
    lane.dialledAt = startedAt;
    lane.places.add(place);
    const end = await this.walk(head, place);
    if (end.kind === 'ready') {
      end.session.whenEnded(() => {
        this.giveBack(place);
      });
      this.acceptSubstitute(end.session.setting.host);
      return end.session;
    }
    this.giveBack(place);
    if (end.kind === 'cut') return this.afterCut();
    if (end.exchange.at >= startedAt) this.tell(head, end.exchange);
    if (lane.seated > 0) {
      lane.cap = Math.max(1, lane.seated);
      return 'retire';
    }
    this.afterFailedWalk(head, end);
    return 'look_again';
  }

  private giveBack(place: Place): void {
    this.lane.places.delete(place);
    place.giveBack();
  }

  private tell(head: Recipient, exchange: Exchange): void {
    const { askers, health, deps } = this.tools;
    const signals = new GroupSignals();
    signals.noSession(exchange, head);
    health.note(askers.seatOf(head.persona.identity).standing, signals.tally(deps.redact));
  }

  private async walk(head: Recipient, place: Place): Promise<WalkEnd> {
    const { lane, tools } = this;
    const dialled: Session[] = [];
    const end = await walkHosts(
      {
        hosts: lane.hosts,
        identity: head.persona.identity,
        provider: lane.provider,
        excluded: head.excluded,
        preferred: head.preferredHost,
        deadline: head.spec.deadline,
        onDialled: (session) => {
          dialled.push(session);
          lane.opening.add(session);
          place.session = session;
        },
      },
      tools,
    );
    for (const session of dialled) lane.opening.delete(session);
    return end;
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
    for (const recipient of this.lane.queue.takeAll(({ spec }) => spec.deadline <= now)) this.tools.expire(recipient);
    return this.tools.pool.isClosed ? 'retire' : 'look_again';
  }

  private afterFailedWalk(head: Recipient, { exchange, trail }: { exchange: Exchange; trail: readonly Exchange[] }): void {
    const { lane, tools } = this;
    const tried = [...head.excluded];
    const isAlike = (other: Recipient): boolean =>
      other.persona.identity === head.persona.identity && tried.every((route) => other.excluded.has(route));
    for (const recipient of lane.queue.takeAll(isAlike)) {
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
