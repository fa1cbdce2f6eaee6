// The queue of one set of mail hosts and the few sessions that empty it. Whoever asks joins the queue; a session takes as large a
// group as it may, whenever it has nothing to do, so questions that come together share connections and round trips without anybody
// waiting for a batch to fill. Promises that a mailbox is asked before its probe, that a lost session or full group costs nobody a
// verdict, and that nothing is asked for once its time is up.
import { setTimeout as sleep } from 'node:timers/promises';
import type { MailHost, Provider, SendingIdentity } from '@/lib/domain/mail-host';
import type { TransportFailure } from '@/lib/domain/reply';
import { NOTHING_HAPPENED, type Refusal } from '@/lib/domain/sending-health';
import type { Exchange } from './exchange';
import { settleOverdue, settleRefused, settleUnasked, type Waiting } from './ended-by-us';
import { runGroup } from './group-run';
import { GroupSignals } from './health/signals';
import { routeId } from './host-walk';
import { LaneAskers } from './lane-askers';
import { LaneState, type LaneTools } from './lane-state';
import type { Persona } from './personas';
import type { Recipient } from './recipient';
import type { Session } from './session';
import { SessionFinder } from './session-finder';

/**
 * RFC 6531 3.2: what needs SMTPUTF8 must not be sent to a host that does not offer it. No reply to RCPT can be had then; the reply
 * that says so is the one to EHLO, and it is the host's policy, not a word about the mailbox.
 */
const withoutUtf8 = (hello: Exchange): Exchange =>
  hello.came.kind === 'failure'
    ? hello
    : { ...hello, came: { ...hello.came, meaning: 'policy_other', rule: 'smtputf8-not-offered' } };

/** As that identity, at that host, by that way. */
function mayBeAskedIn({ setting }: Session, { persona, excluded, preferredHost }: Recipient): boolean {
  const { host, address, identity } = setting;
  if (persona.identity !== identity || (preferredHost !== null && preferredHost !== host)) return false;
  return excluded.size === 0 || !(excluded.has(host) || excluded.has(routeId(host, address)));
}

export class Lane {
  private readonly state: LaneState;
  private readonly askers: LaneAskers;
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
    this.finder = new SessionFinder(this.state, {
      ...tools,
      askers: this.askers,
      canServe: (session, recipient) => session.isOpen && this.fits(session, recipient),
      groupSize: () => this.groupSize,
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
    const isHeldBack = this.state.heldBack > 0 && recipient.puts === 0;
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

  private get groupSize(): number {
    return this.state.provider?.maxRecipients ?? this.tools.deps.limits.groupSize;
  }

  private startDrains(): void {
    const { state, groupSize } = this;
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
      if (session !== null && !(session.isOpen && this.fits(session, head))) {
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
      const group = this.take(session);
      if (group.length > 0) await this.run(session, group);
      else if (this.isPaced(session)) await this.holdBack(session, head);
    }
    if (session !== null) await this.leave(session);
  }

  /** A session that is of no more use is ended before another one is dialled: some hosts count. */
  private async leave(session: Session): Promise<void> {
    this.state.seated -= 1;
    if (session.book.isSpent || this.tools.pace.isWanted(this.askers.seatOf(session.setting.identity).gate)) await session.quit();
    else this.tools.pool.park(this.state.key, session);
  }

  private fits(session: Session, recipient: Recipient): boolean {
    const { persona, spec } = recipient;
    if (!mayBeAskedIn(session, recipient)) return false;
    return session.book.roomFor({ mailFrom: persona.mailFrom, smtpUtf8: spec.needsSmtpUtf8 }, 1) > 0;
  }

  /** The next group for this session: one sender, in the order of the queue, within what host and provider bear. */
  private take(session: Session): readonly Recipient[] {
    const { gate } = this.askers.seatOf(session.setting.identity);
    const allowance = gate?.allowance ?? Number.POSITIVE_INFINITY;
    if (allowance === 0) return [];
    // A session that ended since it was found still takes its group, whose loss is then counted: no host can keep us reconnecting.
    const group = this.state.queue.takeGroup({
      fits: (recipient) => this.fits(session, recipient),
      fitsToo: (recipient) => mayBeAskedIn(session, recipient),
      roomFor: ({ persona, spec }, waiting) =>
        Math.min(allowance, session.book.roomFor({ mailFrom: persona.mailFrom, smtpUtf8: spec.needsSmtpUtf8 }, waiting)),
      domainsMax: session.capabilities.recipientDomainsMax ?? Number.POSITIVE_INFINITY,
    });
    const put = group.filter((recipient) => this.mayBePut(recipient, session));
    gate?.spend(put.length);
    return put;
  }

  private isPaced(session: Session): boolean {
    return this.askers.seatOf(session.setting.identity).gate?.allowance === 0;
  }

  /** No more recipients for now, as this identity: another one goes on, or all wait. */
  private async holdBack(session: Session, head: Recipient): Promise<void> {
    const { state, askers, groupSize, tools } = this;
    const spare = askers.spareFor(head);
    if (spare !== null) {
      askers.handOver(head, spare, groupSize);
      return;
    }
    const { gate } = askers.seatOf(session.setting.identity);
    const waitMs = gate?.waitMs(Math.min(state.queue.length, groupSize)) ?? 0;
    state.heldBack += 1;
    await sleep(Math.max(1, Math.min(waitMs, tools.deps.timeouts.idleMs)), undefined, { ref: false });
    state.heldBack -= 1;
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

  private mayBePut(recipient: Recipient, session: Session): boolean {
    if (recipient.spec.needsSmtpUtf8 && !session.capabilities.smtpUtf8 && session.hello !== null) {
      recipient.note(session.trail);
      const refusal = withoutUtf8(session.hello);
      recipient.note([refusal]);
      recipient.settle(refusal);
      return false;
    }
    if (recipient.puts >= recipient.spec.mostPuts && recipient.fallback !== null) {
      recipient.settle(recipient.fallback);
      return false;
    }
    recipient.puts += 1;
    return true;
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
