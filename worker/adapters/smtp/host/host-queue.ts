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
import { Identities } from '../reputation/identities';
import { NextGroup } from './next-group';
import { HostState, type HostTools } from './host-state';
import type { Sender } from '../senders';
import type { Recipient } from './recipient';
import type { Session } from '../session/session';
import { SessionFinder } from './find-session';

export class HostQueue {
  private readonly state: HostState;
  private readonly identities: Identities;
  private readonly groups: NextGroup;
  private readonly finder: SessionFinder;
  private isFlushPlanned = false;
  private extra: NodeJS.Timeout | null = null;

  constructor(
    key: string,
    private readonly tools: HostTools,
    { hosts, provider }: { hosts: readonly MailHost[]; provider: Provider | null },
  ) {
    this.state = new HostState(key, hosts, provider);
    this.identities = new Identities(this.state, tools);
    this.groups = new NextGroup(this.state, this.identities, tools);
    this.finder = new SessionFinder(this.state, {
      ...tools,
      identities: this.identities,
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
  isResting(sender: Sender): boolean {
    return this.identities.isResting(sender);
  }

  /** What was found out about how an identity is treated here. */
  noteRefusal(identity: SendingIdentity, lastRefusal: Refusal): void {
    this.tools.health.note(this.identities.reputeOf(identity).standing, { ...NOTHING_HAPPENED, refused: 1, lastRefusal });
  }

  add(recipient: Recipient): void {
    const refusal = this.identities.admit(recipient);
    if (refusal === null) this.state.queue.add(recipient);
    else settleRefused(recipient, refusal);
    if (this.isFlushPlanned) return;
    this.isFlushPlanned = true;
    setImmediate(() => {
      this.isFlushPlanned = false;
      this.startRunners();
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
    const { heldBack, inLineSince, inSession } = this.state;
    const isInLine = inLineSince !== null && inSession === 0;
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

  private get maxRunners(): number {
    const { sessionsADroppingHost, sessionsASlowHost, sessionsAHost } = this.tools.deps.limits;
    const { cap, hosts } = this.state;
    const lessons = hosts.map(({ name }) => this.tools.memory.of(name));
    const isDropping = lessons.some((each) => each.sessionSize !== null || each.isDropping);
    if (isDropping) return Math.min(cap, sessionsADroppingHost);
    return Math.min(cap, this.identities.sessions(sessionsAHost), this.isLively ? cap : sessionsASlowHost);
  }

  /** Has answered, and lets us wait in no session. */
  private get isLively(): boolean {
    return this.state.hasAnswered && ![...this.state.places].some((place) => place.isSlow);
  }

  private startRunners(): void {
    const { state } = this;
    const groupSize = this.groups.size;
    while (state.queue.length > 0) {
      const coming = state.runners - state.busy;
      const isMoreThanAGroup = state.queue.length > coming * groupSize && (coming > 0 || state.queue.length >= groupSize);
      if ((state.runners > 0 && !isMoreThanAGroup) || state.runners >= this.maxRunners) break;
      this.startRunner();
    }
    this.planExtra();
  }

  /** Behind a busy session the wait is usually one round trip, cheaper than a new connection; not so behind a slow one. */
  private planExtra(): void {
    const { state } = this;
    if (this.extra !== null || state.queue.length === 0 || state.runners === 0) return;
    this.extra = setTimeout(() => {
      this.extra = null;
      if (state.queue.length > 0 && state.runners === state.busy && state.runners < this.maxRunners) this.startRunner();
      this.planExtra();
    }, this.tools.deps.timeouts.extraSessionMs);
  }

  private startRunner(): void {
    const { state } = this;
    state.runners += 1;
    void this.runner().finally(() => {
      state.runners -= 1;
      // Somebody may have joined between the last look at the queue and now.
      if (state.runners === 0 && state.queue.length > 0 && !this.tools.pool.isClosed) this.startRunners();
      this.settleDown();
    });
  }

  private settleDown(): void {
    const { queue, runners, key } = this.state;
    if (queue.length > 0 || runners > 0 || this.isFlushPlanned) return;
    if (this.extra !== null) clearTimeout(this.extra);
    this.extra = null;
    this.tools.whenEmpty(key);
  }

  private async runner(): Promise<void> {
    const { queue } = this.state;
    let session: Session | null = null;
    for (let { head } = queue; head !== undefined; { head } = queue) {
      if (this.identities.isKeptAway(head)) {
        this.sendAway();
        continue;
      }
      if (session !== null && !this.mayGoOn(session, head)) {
        await this.leave(session);
        session = null;
      }
      if (session === null) {
        const found = await this.finder.find(head);
        if (found === 'retire') return;
        if (found === 'look_again') continue;
        session = found;
        this.state.inSession += 1;
      }
      const group = this.groups.take(session);
      if (group.length > 0) await this.run(session, group);
      else await this.groups.holdBack(session, head);
    }
    if (session !== null) await this.leave(session);
  }

  private mayGoOn(session: Session, head: Recipient): boolean {
    return session.isOpen && session.setting.stay?.isTurnOver !== true && this.groups.fits(session, head);
  }

  /** A session that is of no more use, or whose end others wait for, is ended before another one is dialled: some hosts count. */
  private async leave(session: Session): Promise<void> {
    this.state.inSession -= 1;
    const { identity, stay } = session.setting;
    const isWanted = stay?.isWanted === true || this.tools.pace.isWanted(this.identities.reputeOf(identity).gate);
    if (session.isSpent(this.tools.memory.of(session.setting.host)) || isWanted) await session.quit();
    else this.tools.pool.park(this.state.key, session);
  }

  /** Those who may not be asked for any more by anybody are told why. */
  private sendAway(): void {
    const { queue } = this.state;
    for (const recipient of queue.takeAll((each) => this.identities.isKeptAway(each))) {
      const refusal = this.identities.readmit(recipient);
      if (refusal === null) queue.add(recipient);
      else settleRefused(recipient, refusal);
    }
  }

  private async run(session: Session, group: readonly Recipient[]): Promise<void> {
    const { state, tools } = this;
    state.busy += 1;
    const signals = new GroupSignals();
    const again = await runGroup({ session, group, queue: state.key, hosts: state.hosts, tools, signals });
    state.busy -= 1;
    tools.health.note(this.identities.reputeOf(session.setting.identity).standing, signals.tally(tools.deps.redact));
    state.queue.giveBack(again.filter(({ isDone }) => !isDone));
    if (state.hasAnswered || session.answered === 0) return;
    state.hasAnswered = true;
    this.startRunners();
  }
}
