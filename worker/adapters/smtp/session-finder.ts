// Gets a lane's drain the session it needs: a warm one, or a new one over the mail hosts. Promises that what is left to ask is dialled
// for once however many drains look for it, and that where no session can be had all who would have taken the same ways share the
// outcome, and nobody else.
import { applyStep } from './group-run';
import type { Exchange } from './exchange';
import { walkHosts } from './host-walk';
import type { LaneState, LaneTools } from './lane-state';
import { finalOf, nextStep } from './next-step';
import type { Recipient } from './recipient';
import type { Session } from './session';

export type FoundSession = Session | 'retire' | 'look_again';

export interface FinderTools extends LaneTools {
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
    const giveBack = await tools.pace.enter(lane.provider?.id ?? null);
    if (lane.queue.head !== head) {
      giveBack();
      return 'look_again';
    }
    return this.dial(head, giveBack);
  }

  private async dial(head: Recipient, giveBack: () => void): Promise<FoundSession> {
    const { lane } = this;
    const end = await this.walk(head);
    if (end.kind === 'ready') {
      end.session.whenEnded(giveBack);
      this.acceptSubstitute(end.session.setting.host);
      return end.session;
    }
    giveBack();
    if (end.kind === 'cut') return this.afterCut();
    if (lane.seated > 0) {
      lane.cap = Math.max(1, lane.seated);
      return 'retire';
    }
    this.afterFailedWalk(head, end);
    return 'look_again';
  }

  private async walk(head: Recipient) {
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
