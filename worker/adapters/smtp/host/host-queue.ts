// The queue of one set of mail hosts and the few sessions that empty it. Whoever asks joins the queue; a session takes as large a
// group as it may, whenever it has nothing to do, so questions that come together share connections and round trips without anybody
// waiting for a batch to fill. Promises that a mailbox is asked before its probe, that a lost session or full group costs nobody a
// verdict, and that nothing is asked for once its time is up.
import type { MailHost, Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { TransportFailure } from '@/lib/verdict/evidence';
import { NOTHING_HAPPENED, type Refusal } from '@/lib/verdict/sending-health';
import { settleOverdue, settleRefused, settleUnasked, type Waiting } from './ended-by-us';
import { runGroup } from './run-group';
import { GroupSignals } from '../reputation/signals';
import { LaneAskers } from '../reputation/host-identities';
import { LaneGroups } from './next-group';
import { LaneState, type LaneTools } from './host-state';
import type { Persona } from '../senders';
import type { Recipient } from './recipient';
import type { Session } from '../session/session';
import { SessionFinder } from './find-session';

export class Lane {
  private readonly state: LaneState;
  private readonly askers: LaneAskers;
  private readonly groups: LaneGroups;
  private readonly finder: SessionFinder;
  private isFlushPlanned = false;
  private extra: NodeJS.Timeout | null = null;

  constructor(
    key: string,
    private readonly tools: LaneTools,
    { hosts, provider }: { hosts: readonly MailHost[]; provider: Provider | null },
  ) {
    this.state = new LaneState(key, hosts, provider);
    this.askers = new LaneAskers(this.state, tools);
    this.groups = new LaneGroups(this.state, this.askers, tools);
    this.finder = new SessionFinder(this.state, {
      ...tools,
      askers: this.askers,
      canServe: (session, recipient) => session.isOpen && this.groups.fits(session, recipient),
      groupSize: () => this.groups.size,
      expire: (recipient) => {
        this.expire(recipient);
      },
    });
  }

  refresh(hosts: readonly MailHost[], provider: Provider | null): void {
    this.state.hosts = hosts;
    this.state.provider = provider;
  }

  /** A new question would rather begin as somebody else. */
  isResting(persona: Persona): boolean {
    return this.askers.isResting(persona);
  }

  /** What was found out about how an identity is treated here. */
  noteRefusal(identity: SendingIdentity, lastRefusal: Refusal): void {
    this.tools.health.note(this.askers.seatOf(identity).standing, { ...NOTHING_HAPPENED, refused: 1, lastRefusal });
  }

  add(recipient: Recipient): void {
    const refusal = this.askers.admit(recipient);
    if (refusal === null) this.state.queue.add(recipient);
    else settleRefused(recipient, refusal);
    if (this.isFlushPlanned) return;
    this.isFlushPlanned = true;
    setImmediate(() => {
      this.isFlushPlanned = false;
      this.startDrains();
      this.settleDown();
    });
  }

  /** Ends a question that is not to be asked (any more): the adapter closes, or the address cannot be sent. */
  withdraw(recipient: Recipient, end: { failure: TransportFailure; detail: string }): void {
    this.state.queue.remove(recipient);
    settleUnasked(recipient, end, this.waiting(null));
  }

  /** The recipient's time is up: it gets the best that is known, and a session nobody waits for any more is ended. */
  expire(recipient: Recipient): void {
    this.state.queue.remove(recipient);
    const { heldBack, inLineSince, seated } = this.state;
    const isInLine = inLineSince !== null && seated === 0;
    const isHeldBack = isInLine || (heldBack > 0 && recipient.puts === 0);
    const session = isHeldBack ? null : (recipient.session ?? this.mostTellingOpening);
    settleOverdue(recipient, { ...this.waiting(session), isHeldBack });
    recipient.whenExpired?.();
  }

  /** Of the sessions being opened, one that was heard: a further one that is still mute says nothing about the host. */
  private get mostTellingOpening(): Session | null {
    const opening = [...this.state.opening];
    return opening.findLast(({ wasHeard }) => wasHeard) ?? opening.at(-1) ?? null;
  }

  private waiting(session: Session | null): Waiting {
    const { hosts, provider } = this.state;
    return { hosts, provider, session, now: this.tools.deps.clock.now(), isHeldBack: false };
  }

  private get maxDrains(): number {
    const { sessionsADroppingHost, sessionsASlowHost, sessionsAHost } = this.tools.deps.limits;
    const { cap, hosts } = this.state;
    const lessons = hosts.map(({ name }) => this.tools.memory.of(name));
    const isDropping = lessons.some((each) => each.sessionSize !== null || each.isDropping);
    if (isDropping) return Math.min(cap, sessionsADroppingHost);
    return Math.min(cap, this.askers.sessions(sessionsAHost), this.isLively ? cap : sessionsASlowHost);
  }

  /** Has answered, and lets us wait in no session. */
  private get isLively(): boolean {
    return this.state.hasAnswered && ![...this.state.places].some((place) => place.isSlow);
  }

  private startDrains(): void {
    const { state } = this;
    const groupSize = this.groups.size;
    while (state.queue.length > 0) {
      const coming = state.drains - state.busy;
      const isMoreThanAGroup = state.queue.length > coming * groupSize && (coming > 0 || state.queue.length >= groupSize);
      if ((state.drains > 0 && !isMoreThanAGroup) || state.drains >= this.maxDrains) break;
      this.startDrain();
    }
    this.planExtra();
  }

  /** Behind a busy session the wait is usually one round trip, cheaper than a new connection; not so behind a slow one. */
  private planExtra(): void {
    const { state } = this;
    if (this.extra !== null || state.queue.length === 0 || state.drains === 0) return;
    this.extra = setTimeout(() => {
      this.extra = null;
      if (state.queue.length > 0 && state.drains === state.busy && state.drains < this.maxDrains) this.startDrain();
      this.planExtra();
    }, this.tools.deps.timeouts.extraSessionMs);
  }

  private startDrain(): void {
    const { state } = this;
    state.drains += 1;
    void this.drain().finally(() => {
      state.drains -= 1;
      // Somebody may have joined between the last look at the queue and now.
      if (state.drains === 0 && state.queue.length > 0 && !this.tools.pool.isClosed) this.startDrains();
      this.settleDown();
    });
  }

  private settleDown(): void {
    const { queue, drains, key } = this.state;
    if (queue.length > 0 || drains > 0 || this.isFlushPlanned) return;
    if (this.extra !== null) clearTimeout(this.extra);
    this.extra = null;
    this.tools.whenEmpty(key);
  }

  private async drain(): Promise<void> {
    const { queue } = this.state;
    let session: Session | null = null;
    for (let { head } = queue; head !== undefined; { head } = queue) {
      if (this.askers.isKeptAway(head)) {
        this.sendAway();
        continue;
      }
      if (session !== null && !this.maySeat(session, head)) {
        await this.leave(session);
        session = null;
      }
      if (session === null) {
        const found = await this.finder.find(head);
        if (found === 'retire') return;
        if (found === 'look_again') continue;
        session = found;
        this.state.seated += 1;
      }
      const group = this.groups.take(session);
      if (group.length > 0) await this.run(session, group);
      else await this.groups.holdBack(session, head);
    }
    if (session !== null) await this.leave(session);
  }

  private maySeat(session: Session, head: Recipient): boolean {
    return session.isOpen && session.setting.stay?.isTurnOver !== true && this.groups.fits(session, head);
  }

  /** A session that is of no more use, or whose end others wait for, is ended before another one is dialled: some hosts count. */
  private async leave(session: Session): Promise<void> {
    this.state.seated -= 1;
    const { identity, stay } = session.setting;
    const isWanted = stay?.isWanted === true || this.tools.pace.isWanted(this.askers.seatOf(identity).gate);
    if (session.book.isSpent || isWanted) await session.quit();
    else this.tools.pool.park(this.state.key, session);
  }

  /** Those who may not be asked for any more by anybody are told why. */
  private sendAway(): void {
    const { queue } = this.state;
    for (const recipient of queue.takeAll((each) => this.askers.isKeptAway(each))) {
      const refusal = this.askers.readmit(recipient);
      if (refusal === null) queue.add(recipient);
      else settleRefused(recipient, refusal);
    }
  }

  private async run(session: Session, group: readonly Recipient[]): Promise<void> {
    const { state, tools } = this;
    state.busy += 1;
    const signals = new GroupSignals();
    const again = await runGroup({ session, group, lane: state.key, hosts: state.hosts, tools, signals });
    state.busy -= 1;
    tools.health.note(this.askers.seatOf(session.setting.identity).standing, signals.tally(tools.deps.redact));
    state.queue.giveBack(again.filter(({ isDone }) => !isDone));
    if (state.hasAnswered || session.book.answered === 0) return;
    state.hasAnswered = true;
    this.startDrains();
  }
}
