// The queue of one set of mail hosts and the few sessions that empty it. Whoever asks joins the queue; a session takes as large a
// group as it may, whenever it has nothing to do, so questions that come together share connections and round trips without anybody
// waiting for a batch to fill. Promises that recipients are asked in the order they came, the mailbox before its probe, that a lost
// session or full group costs nobody a verdict, and that nothing is asked for once its time is up.
import type { MailHost, Provider } from '@/lib/domain/mail-host';
import type { TransportFailure } from '@/lib/domain/reply';
import type { Exchange } from './exchange';
import { settleOverdue, settleUnasked, type Waiting } from './ended-by-us';
import { applyStep, runGroup } from './group-run';
import { routeId, walkHosts } from './host-walk';
import type { IdentityRest } from './identity-rest';
import { finalOf, nextStep } from './next-step';
import type { Pace } from './pace';
import type { Recipient } from './recipient';
import type { Session } from './session';
import type { SessionTools } from './session-tools';
import type { SessionPool } from './session-pool';

export interface LaneTools extends SessionTools {
  pool: SessionPool;
  pace: Pace;
  rest: IdentityRest;
  /** Told when nobody waits in a lane any more. */
  whenEmpty: (lane: string) => void;
}

/**
 * RFC 6531 3.2: what needs SMTPUTF8 must not be sent to a host that does not offer it. No reply to RCPT can be had then; the reply
 * that says so is the one to EHLO, and it is the host's policy, not a word about the mailbox.
 */
const withoutUtf8 = (hello: Exchange): Exchange =>
  hello.came.kind === 'failure'
    ? hello
    : { ...hello, came: { ...hello.came, meaning: 'policy_other', rule: 'smtputf8-not-offered' } };

export class Lane {
  private queue: Recipient[] = [];
  private drains = 0;
  /** Drains that are in the middle of a group. */
  private busy = 0;
  /** Drains that have a session. */
  private seated = 0;
  /** Lowered when a further session was refused while others stood. */
  private cap = Number.POSITIVE_INFINITY;
  private isFlushPlanned = false;
  private extra: NodeJS.Timeout | null = null;
  private readonly opening = new Set<Session>();
  private hosts: readonly MailHost[];
  private provider: Provider | null;

  constructor(
    private readonly key: string,
    private readonly tools: LaneTools,
    asked: { hosts: readonly MailHost[]; provider: Provider | null },
  ) {
    this.hosts = asked.hosts;
    this.provider = asked.provider;
  }

  /** DNS answers age; the latest question knows best. */
  refresh(hosts: readonly MailHost[], provider: Provider | null): void {
    this.hosts = hosts;
    this.provider = provider;
  }

  add(recipient: Recipient): void {
    this.queue.push(recipient);
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
    this.queue = this.queue.filter((other) => other !== recipient);
    settleUnasked(recipient, end, this.waiting(null));
  }

  /** The recipient's time is up: it gets the best that is known, and a session nobody waits for any more is ended. */
  expire(recipient: Recipient): void {
    this.queue = this.queue.filter((other) => other !== recipient);
    settleOverdue(recipient, this.waiting(recipient.session ?? [...this.opening].at(-1) ?? null));
    recipient.whenExpired?.();
  }

  private waiting(session: Session | null): Waiting {
    return { hosts: this.hosts, provider: this.provider, session, now: this.tools.deps.clock.now() };
  }

  private get maxDrains(): number {
    const { sessionsADroppingHost, sessionsAKnownHost, sessionsAHost } = this.tools.deps.limits;
    const isDropping = this.hosts.some(({ name }) => this.tools.memory.of(name).sessionSize !== null);
    return Math.min(this.cap, isDropping ? sessionsADroppingHost : this.provider === null ? sessionsAHost : sessionsAKnownHost);
  }

  private get groupSize(): number {
    return this.provider?.maxRecipients ?? this.tools.deps.limits.groupSize;
  }

  private startDrains(): void {
    const size = this.groupSize;
    while (this.drains < this.maxDrains) {
      const coming = this.drains - this.busy;
      const isMoreThanAGroup = this.queue.length > coming * size && (coming > 0 || this.queue.length >= size);
      if (this.queue.length === 0 || (this.drains > 0 && !isMoreThanAGroup)) break;
      this.startDrain();
    }
    this.planExtra();
  }

  /** Behind a busy session the wait is usually one round trip, cheaper than a new connection; not so behind a slow one. */
  private planExtra(): void {
    if (this.extra !== null || this.queue.length === 0 || this.drains === 0) return;
    this.extra = setTimeout(() => {
      this.extra = null;
      if (this.queue.length > 0 && this.drains === this.busy && this.drains < this.maxDrains) this.startDrain();
      this.planExtra();
    }, this.tools.deps.timeouts.extraSessionMs);
  }

  private startDrain(): void {
    this.drains += 1;
    void this.drain().finally(() => {
      this.drains -= 1;
      // Somebody may have joined between the last look at the queue and now.
      if (this.drains === 0 && this.queue.length > 0 && !this.tools.pool.isClosed) this.startDrains();
      this.settleDown();
    });
  }

  private settleDown(): void {
    if (this.queue.length > 0 || this.drains > 0 || this.isFlushPlanned) return;
    if (this.extra !== null) clearTimeout(this.extra);
    this.extra = null;
    this.tools.whenEmpty(this.key);
  }

  private async drain(): Promise<void> {
    let session: Session | null = null;
    for (let head = this.queue[0]; head !== undefined; head = this.queue[0]) {
      if (session !== null && !this.canServe(session, head)) {
        await this.leave(session);
        session = null;
      }
      if (session === null) {
        const found = await this.findSession(head);
        if (found === 'retire') return;
        if (found === 'look_again') continue;
        session = found;
        this.seated += 1;
      }
      const group = this.take(session);
      if (group.length > 0) await this.run(session, group);
    }
    if (session !== null) await this.leave(session);
  }

  /** A session that is of no more use is ended before another one is dialled: some hosts count. */
  private async leave(session: Session): Promise<void> {
    this.seated -= 1;
    if (session.isSpent || this.tools.pace.isWanted(session.setting.provider?.id ?? null)) await session.quit();
    else this.tools.pool.park(this.key, session);
  }

  private canServe(session: Session, recipient: Recipient): boolean {
    return session.isOpen && this.fits(session, recipient);
  }

  private fits(session: Session, { persona, excluded, preferredHost, spec }: Recipient): boolean {
    const { host, address, identity } = session.setting;
    if (persona.identity !== identity || excluded.has(host) || excluded.has(routeId(host, address))) return false;
    if (preferredHost !== null && preferredHost !== host) return false;
    return session.roomFor(persona.mailFrom, spec.needsSmtpUtf8, 1) > 0;
  }

  private async findSession(head: Recipient): Promise<Session | 'retire' | 'look_again'> {
    const warm = this.tools.pool.take(this.key, (session) => this.canServe(session, head));
    if (warm !== null) return warm;
    // Sessions end at the same time; what is left is dialled for once.
    const coming = this.drains - this.seated - 1;
    if (coming > 0 && this.queue.length <= coming * this.groupSize) return 'retire';
    const giveBack = await this.tools.pace.enter(this.provider?.id ?? null);
    if (this.queue[0] !== head) {
      giveBack();
      return 'look_again';
    }
    const dialled: Session[] = [];
    const end = await walkHosts(
      {
        hosts: this.hosts,
        identity: head.persona.identity,
        provider: this.provider,
        excluded: head.excluded,
        preferred: head.preferredHost,
        deadline: head.spec.deadline,
        onDialled: (session) => {
          dialled.push(session);
          this.opening.add(session);
        },
      },
      this.tools,
    );
    for (const session of dialled) this.opening.delete(session);
    if (end.kind === 'ready') {
      end.session.whenEnded(giveBack);
      this.acceptSubstitute(end.session.setting.host);
      return end.session;
    }
    giveBack();
    if (end.kind === 'cut') return this.afterCut();
    if (this.seated > 0) {
      this.cap = Math.max(1, this.seated);
      return 'retire';
    }
    this.afterFailedWalk(head, end);
    return 'look_again';
  }

  /** The host of a greylist retry could not be had: any other is better than none. */
  private acceptSubstitute(host: string): void {
    const wanted = this.queue[0]?.preferredHost ?? host;
    if (wanted === host) return;
    for (const recipient of this.queue) if (recipient.preferredHost === wanted) recipient.preferredHost = null;
  }

  private afterCut(): 'retire' | 'look_again' {
    const now = this.tools.deps.clock.now();
    for (const recipient of this.queue.filter(({ spec }) => spec.deadline <= now)) this.expire(recipient);
    return this.tools.pool.isClosed ? 'retire' : 'look_again';
  }

  /** No session to be had: all who would have taken the same ways share the outcome. */
  private afterFailedWalk(head: Recipient, { exchange, trail }: { exchange: Exchange; trail: readonly Exchange[] }): void {
    const tried = [...head.excluded];
    const isAlike = (other: Recipient): boolean =>
      other.persona.identity === head.persona.identity && tried.every((route) => other.excluded.has(route));
    const shared = this.queue.filter(isAlike);
    this.queue = this.queue.filter((recipient) => !shared.includes(recipient));
    for (const recipient of shared) {
      recipient.note(trail);
      const step = nextStep(recipient, exchange, { hosts: this.hosts, canSecure: false, isFirst: true });
      if (step.kind === 'become') this.tools.rest.rest(this.key, recipient.persona);
      const better = recipient.fallback?.came.kind === 'reply' ? finalOf(recipient, recipient.fallback, this.hosts) : null;
      const isAgain = applyStep({
        recipient,
        exchange,
        step: step.kind === 'settle' && better !== null ? { kind: 'settle', exchange: better } : step,
      });
      if (isAgain) this.queue.push(recipient);
    }
  }

  /** The next group for this session: one sender, in the order of the queue, within what host and provider bear. */
  private take(session: Session): readonly Recipient[] {
    // A session that ended since it was found still takes its group, whose loss is then counted: no host can keep us reconnecting.
    const fitting = this.queue.filter((recipient) => this.fits(session, recipient));
    const first = fitting[0];
    if (first === undefined) return [];
    const { mailFrom } = first.persona;
    const { needsSmtpUtf8 } = first.spec;
    const alike = fitting.filter(({ persona, spec }) => persona.mailFrom === mailFrom && spec.needsSmtpUtf8 === needsSmtpUtf8);
    const domains = new Set<string>();
    const domainsMax = session.capabilities.recipientDomainsMax ?? Number.POSITIVE_INFINITY;
    const group: Recipient[] = [];
    for (const recipient of alike.slice(0, session.roomFor(mailFrom, needsSmtpUtf8, alike.length))) {
      if (domains.add(recipient.spec.domain).size > domainsMax) break;
      group.push(recipient);
    }
    const taken = new Set(group);
    this.queue = this.queue.filter((recipient) => !taken.has(recipient));
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
    this.busy += 1;
    const again = await runGroup({ session, group, lane: this.key, hosts: this.hosts, tools: this.tools });
    this.busy -= 1;
    this.queue = [...again.filter(({ isDone }) => !isDone), ...this.queue];
  }
}
