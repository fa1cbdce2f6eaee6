// Empties the queue of a set of mail hosts through one session at a time, group after group. Guarantees: a session that may still be of use
// is kept for the next question; the same runner dials another only after the end of one that is spent; whoever needs a new session keeps
// nobody from an open one; no session is left while replies wait to be proved in it.
import { setImmediate as readFirst, setTimeout as sleep } from 'node:timers/promises';
import { GroupSignals } from '../reputation/reputation';
import { CONNECTION_GONE_MS } from '../timeouts';
import type { Answers } from './answers';
import type { Asked } from './asked';
import { OWN_FAULT } from '../session/session';
import { ByPosition } from './by-position';
import type { FinderTools, SessionFinder } from './find-session';
import type { HostState } from './host-state';
import { runGroup } from './run-group';
import type { HostSession } from './try-route';

export interface RunnerTools extends FinderTools {
  finder: SessionFinder;
  answers: Answers;
  /** There are more runners than the host is to have sessions. */
  isOneTooMany: () => boolean;
  /** The identity of the queue's head may not ask any more. */
  sendAway: () => void;
  startRunners: () => void;
}

interface InUse {
  session: HostSession;
  byPosition: ByPosition;
}

export class Runner {
  private inUse: InUse | null = null;

  constructor(
    private readonly state: HostState,
    private readonly tools: RunnerTools,
  ) {}

  async run(): Promise<void> {
    try {
      await this.emptyQueue();
    } catch (error) {
      this.fail(error);
    }
  }

  private async emptyQueue(): Promise<void> {
    const { state, tools } = this;
    for (let { head } = this; head !== undefined; { head } = this) {
      if (this.isKeptAway(head)) {
        tools.sendAway();
        continue;
      }
      if (this.inUse !== null && !this.mayGoOn(this.inUse.session, head)) await this.leave(this.inUse);
      if (this.inUse === null) {
        if (tools.isOneTooMany()) return;
        const session = await tools.finder.find(head);
        if (session === 'retire') return;
        if (session === 'look_again') continue;
        this.inUse = { session, byPosition: this.newByPosition(session) };
        state.inSession += 1;
      }
      const group = tools.groups.take(this.inUse.session);
      if (group.length > 0) await this.askGroup(this.inUse, group);
      else await this.holdBack(this.inUse, head);
    }
    if (this.inUse !== null) await this.leave(this.inUse);
  }

  private newByPosition(session: HostSession): ByPosition {
    const { shared, identities, answers } = this.tools;
    return new ByPosition({ session, tools: shared, identities, answers });
  }

  /** An error in our own code, which would happen again: nobody goes on waiting for it. */
  private fail(error: unknown): void {
    const { state, tools, inUse } = this;
    tools.shared.deps.onFault(error);
    const waiting = [...state.queue.takeAll(() => true)];
    if (inUse !== null) {
      waiting.push(...(state.groups.get(inUse.session) ?? []));
      state.groups.delete(inUse.session);
      state.inSession -= 1;
      inUse.session.destroy();
    }
    for (const asked of waiting) if (!asked.isDone) asked.withdraw(OWN_FAULT);
  }

  private isKeptAway({ recipient }: Asked): boolean {
    return this.tools.identities.isKeptAway(recipient.sender.identity);
  }

  private mayGoOn(session: HostSession, head: Asked): boolean {
    return session.isOpen && session.stay?.isTurnOver !== true && this.tools.groups.fits(session, head);
  }

  /** The head of the queue, or who comes behind it if another runner opens a session for it. */
  private get head(): Asked | undefined {
    const { queue, runners, inSession } = this.state;
    const dialing = runners - inSession - (this.inUse === null ? 1 : 0);
    return dialing > 0 ? queue.headForOpen : queue.head;
  }

  /** Another group follows at once. */
  private isFollowed({ session }: InUse): boolean {
    const { head } = this;
    return head !== undefined && !this.isKeptAway(head) && this.mayGoOn(session, head);
  }

  private async askGroup(inUse: InUse, group: readonly Asked[]): Promise<void> {
    const { state, tools } = this;
    const { hosts } = state;
    const { session, byPosition } = inUse;
    const { identities, shared } = tools;
    const signals = new GroupSignals();
    state.groups.set(session, group);
    const sessions = state.standing;
    const again = await runGroup({ session, group, hosts, tools: shared, identities, byPosition, signals });
    identities.note(session.setting.identity, signals.tally(shared.deps.redact));
    const { course } = signals;
    if (course === 'clean') state.window.grow(sessions);
    if (course === 'cut') state.window.cut();
    const isFirst = !state.hasAnswered && session.answered > 0;
    state.hasAnswered ||= isFirst;
    state.queue.giveBack(again.filter(({ isDone }) => !isDone));
    // Whatever else has arrived by now is read first: it makes the next group larger, and proves more.
    await readFirst();
    if (byPosition.isKeeping) await byPosition.settle(this.isFollowed(inUse));
    state.groups.delete(session);
    if (isFirst || course === 'clean') tools.startRunners();
  }

  private async holdBack({ session, byPosition }: InUse, head: Asked): Promise<void> {
    await byPosition.settle(false);
    await this.tools.groups.holdBack(session, head);
  }

  /** Ends a session that is no longer useful, or whose end others wait for, before another is dialed: some hosts count connections. */
  private async leave({ session, byPosition }: InUse): Promise<void> {
    const { state, tools } = this;
    await byPosition.settle(false);
    this.inUse = null;
    state.inSession -= 1;
    const { stay } = session;
    const { host, identity } = session.setting;
    const isWanted = stay?.isWanted === true || tools.identities.isPlaceWanted(identity);
    if (!session.isSpent(tools.shared.memory.of(host)) && !isWanted) {
      tools.shared.pool.park(state.key, session);
      return;
    }
    await tools.shared.pool.end(session);
    if (state.queue.length > 0) await sleep(CONNECTION_GONE_MS);
  }
}
