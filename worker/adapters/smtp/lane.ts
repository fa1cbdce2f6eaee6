// The queue of one set of mail hosts and the few sessions that empty it. Whoever asks joins the queue; a session takes as large a
// group as it may, whenever it has nothing to do, so questions that come together share connections and round trips without anybody
// waiting for a batch to fill. Promises that a mailbox is asked before its probe, that a lost session or full group costs nobody a
// verdict, and that nothing is asked for once its time is up.
import type { MailHost, Provider } from '@/lib/domain/mail-host';
import type { TransportFailure } from '@/lib/domain/reply';
import type { Exchange } from './exchange';
import { settleOverdue, settleUnasked, type Waiting } from './ended-by-us';
import { runGroup } from './group-run';
import { routeId } from './host-walk';
import { LaneState, type LaneTools } from './lane-state';
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

export class Lane {
  private readonly state: LaneState;
  private readonly finder: SessionFinder;
  private isFlushPlanned = false;
  private extra: NodeJS.Timeout | null = null;

  constructor(
    key: string,
    private readonly tools: LaneTools,
    { hosts, provider }: { hosts: readonly MailHost[]; provider: Provider | null },
  ) {
    this.state = new LaneState(key, hosts, provider);
    this.finder = new SessionFinder(this.state, {
      ...tools,
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

  add(recipient: Recipient): void {
    this.state.queue.add(recipient);
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
    settleOverdue(recipient, this.waiting(recipient.session ?? [...this.state.opening].at(-1) ?? null));
    recipient.whenExpired?.();
  }

  private waiting(session: Session | null): Waiting {
    const { hosts, provider } = this.state;
    return { hosts, provider, session, now: this.tools.deps.clock.now() };
  }

  private get maxDrains(): number {
    const { sessionsADroppingHost, sessionsAKnownHost, sessionsAHost } = this.tools.deps.limits;
    const { cap, hosts, provider } = this.state;
    const isDropping = hosts.some(({ name }) => this.tools.memory.of(name).sessionSize !== null);
    return Math.min(cap, isDropping ? sessionsADroppingHost : provider === null ? sessionsAHost : sessionsAKnownHost);
  }

  private get groupSize(): number {
    return this.state.provider?.maxRecipients ?? this.tools.deps.limits.groupSize;
  }

  private startDrains(): void {
    const { state, groupSize } = this;
    while (state.drains < this.maxDrains) {
      const coming = state.drains - state.busy;
      const isMoreThanAGroup = state.queue.length > coming * groupSize && (coming > 0 || state.queue.length >= groupSize);
      if (state.queue.length === 0 || (state.drains > 0 && !isMoreThanAGroup)) break;
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
    }
    if (session !== null) await this.leave(session);
  }

  /** A session that is of no more use is ended before another one is dialled: some hosts count. */
  private async leave(session: Session): Promise<void> {
    this.state.seated -= 1;
    if (session.book.isSpent || this.tools.pace.isWanted(session.setting.provider?.id ?? null)) await session.quit();
    else this.tools.pool.park(this.state.key, session);
  }

  private fits(session: Session, { persona, excluded, preferredHost, spec }: Recipient): boolean {
    const { host, address, identity } = session.setting;
    if (persona.identity !== identity || excluded.has(host) || excluded.has(routeId(host, address))) return false;
    if (preferredHost !== null && preferredHost !== host) return false;
    return session.book.roomFor({ mailFrom: persona.mailFrom, smtpUtf8: spec.needsSmtpUtf8 }, 1) > 0;
  }

  /** The next group for this session: one sender, in the order of the queue, within what host and provider bear. */
  private take(session: Session): readonly Recipient[] {
    // A session that ended since it was found still takes its group, whose loss is then counted: no host can keep us reconnecting.
    const group = this.state.queue.takeGroup({
      fits: (recipient) => this.fits(session, recipient),
      roomFor: ({ persona, spec }, waiting) =>
        session.book.roomFor({ mailFrom: persona.mailFrom, smtpUtf8: spec.needsSmtpUtf8 }, waiting),
      domainsMax: session.capabilities.recipientDomainsMax ?? Number.POSITIVE_INFINITY,
    });
    return group.filter((recipient) => this.mayBePut(recipient, session));
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
    const again = await runGroup({ session, group, lane: state.key, hosts: state.hosts, tools });
    state.busy -= 1;
    state.queue.giveBack(again.filter(({ isDone }) => !isDone));
  }
}
