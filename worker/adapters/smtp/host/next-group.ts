// Chooses which waiting recipients go next on a session, and how many: within what the host announces, the provider's pace, and what the
// destination still allows this hour. Guarantees: single checks go on when only their reserve is left, and a recipient that may not be
// sent at all is settled, not forgotten.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../exchange';
import type { Identities } from '../reputation/reputation';
import type { Asked } from './asked';
import type { HostState, HostTools } from './host-state';
import { beginningAs, putOnce, withNoted, type Recipient, type RecipientSpec } from './recipient';
import { beginsWithTls } from '../session/session';
import { routeId, type HostSession } from './try-route';

/**
 * RFC 6531 3.2: an address that needs SMTPUTF8 must not be sent to a host that does not offer it. There is no reply to RCPT then. The reply
 * to EHLO takes its place; it is the host's policy, not a statement about the mailbox.
 */
const withoutUtf8 = (hello: Exchange): Exchange =>
  hello.came.kind === 'failure'
    ? hello
    : { ...hello, came: { ...hello.came, meaning: 'policy_other', rule: 'smtputf8-not-offered' } };

/** With this session's identity, host and route. */
function mayBeAskedIn({ setting }: HostSession, { sender, excluded, preferredHost }: Recipient): boolean {
  const { host, address, identity } = setting;
  if (sender.identity !== identity || (preferredHost !== null && preferredHost !== host)) return false;
  return excluded.size === 0 || (!excluded.has(host) && !excluded.has(routeId(host, address)));
}

const isProbe = ({ recipient }: Asked): boolean => recipient.spec.kind === 'probe';

/** It is bound to no identity and was never sent, so any of our identities may ask. */
const mayBeHandedOver = ({ spec, puts }: Recipient): boolean => spec.senders.length > 1 && spec.triplet === null && puts === 0;

export class NextGroup {
  constructor(
    private readonly state: HostState,
    private readonly identities: Identities,
    private readonly tools: HostTools,
  ) {}

  /** Recipients that a session takes at once. */
  get size(): number {
    return Math.min(this.state.provider?.maxRecipients ?? this.tools.deps.limits.groupSize, this.sessionSize);
  }

  /** Recipients that a session takes in total, as far as the hosts have shown. */
  get sessionSize(): number {
    const { hosts } = this.state;
    return Math.min(...hosts.map(({ name }) => this.tools.memory.of(name).sessionSize ?? Number.POSITIVE_INFINITY));
  }

  /** One of the addresses may be several hosts: connections are made one at a time. */
  get isUnsteady(): boolean {
    return this.state.hosts.some(({ addresses }) => addresses.some((address) => this.tools.doubt.isUnsteady(address)));
  }

  fits(session: HostSession, { recipient }: Asked): boolean {
    if (
      !mayBeAskedIn(session, recipient) ||
      !this.hasRightTls(session, recipient) ||
      session.stay?.isUsedUp(recipient.spec.isSingle) === true
    )
      return false;
    if (this.isAlone(session, recipient) && session.answered > 0) return false;
    return this.roomIn(session, recipient, 1) > 0;
  }

  /** The next group for this session: one sender, in queue order, within the limits of host, provider and destination. */
  take(session: HostSession): readonly Asked[] {
    const { gate } = this.identities.of(session.setting.identity);
    const { stay } = session;
    const allowance = gate?.allowance ?? Number.POSITIVE_INFINITY;
    if (allowance === 0) return [];
    const left = (isSingle: boolean): number => stay?.recipientsLeft(isSingle) ?? Number.POSITIVE_INFINITY;
    // Lists and single checks share a group as long as there is enough for both.
    const isShort = left(false) < this.tools.deps.limits.groupSizeMax;
    let isForSingles: boolean | null = null;
    let tls: RecipientSpec['tls'] = 'usual';
    let isForOne = false;
    let isFirst = false;
    // A session that has ended since it was found still takes its group, so that the loss is counted: no host can keep us reconnecting.
    const group = this.state.queue.takeGroup({
      fits: (asked) => this.fits(session, asked) && left(asked.recipient.spec.isSingle) > 0,
      fitsToo: ({ recipient }) =>
        this.isAlone(session, recipient) === isForOne &&
        !(isFirst && recipient.spec.kind === 'probe') &&
        mayBeAskedIn(session, recipient) &&
        recipient.spec.tls === tls &&
        (!isShort || isForSingles === null || recipient.spec.isSingle === isForSingles),
      roomFor: ({ recipient }, waiting) => {
        isForSingles = recipient.spec.isSingle;
        ({ tls } = recipient.spec);
        isForOne = this.isAlone(session, recipient);
        // A made-up name tells more behind other recipients, if there are enough of them.
        isFirst = recipient.spec.kind !== 'probe' && this.isFirstGroup(session, recipient) && waiting > 2 * this.firstSize;
        return Math.min(isForOne ? 1 : allowance, this.roomIn(session, recipient, waiting), left(isForSingles));
      },
      domainsMax: session.capabilities.recipientDomainsMax ?? Number.POSITIVE_INFINITY,
    });
    // Behind all mailboxes of the group, a made-up name shows what their answers are worth.
    const may = group.filter((asked) => mayBePut(asked, session));
    const put = may.some(isProbe) ? [...may.filter((asked) => !isProbe(asked)), ...may.filter(isProbe)] : may;
    gate?.spend(put.length);
    if (stay !== null) {
      const singles = put.filter(({ recipient }) => recipient.spec.isSingle).length;
      stay.spend(true, singles);
      stay.spend(false, put.length - singles);
    }
    return put;
  }

  /** Waits until the session may be used again, if our own pace or limit was what stopped the head of the queue. */
  async holdBack(session: HostSession, head: Asked): Promise<void> {
    const { gate } = this.identities.of(session.setting.identity);
    const { stay } = session;
    const { isSingle } = head.recipient.spec;
    if (gate?.allowance === 0) await this.holdBackAtGate(session, head);
    else if (stay?.recipientsLeft(isSingle) === 0) await this.heldBack(stay.moreRecipients(isSingle));
  }

  /** Hands a group of recipients that wait like the head to another identity with room at its gate. False if there is none. */
  handOver({ recipient: head }: Asked): boolean {
    const { sender, spec } = head;
    const spare = mayBeHandedOver(head) ? this.identities.spareFor({ sender, senders: spec.senders }) : null;
    if (spare === null) return false;
    const alike = this.state.queue.all.filter(
      ({ recipient }) => recipient.sender.identity === sender.identity && mayBeHandedOver(recipient),
    );
    for (const asked of alike.slice(0, this.size)) asked.recipient = beginningAs(asked.recipient, spare);
    return true;
  }

  /** This identity may ask no more for now: another one goes on, or all wait. */
  private async holdBackAtGate(session: HostSession, head: Asked): Promise<void> {
    if (this.handOver(head)) return;
    const { gate } = this.identities.of(session.setting.identity);
    const waitMs = gate?.waitMs(Math.min(this.state.queue.length, this.size)) ?? 0;
    await this.heldBack(sleep(Math.max(1, Math.min(waitMs, this.tools.deps.timeouts.idleMs)), undefined, { ref: false }));
  }

  private async heldBack(wait: Promise<void>): Promise<void> {
    this.state.heldBack += 1;
    await wait;
    this.state.heldBack -= 1;
  }

  private hasRightTls({ setting, canStartTls, isSecure }: HostSession, { spec }: Recipient): boolean {
    if (!canStartTls && !isSecure) return true;
    return isSecure === beginsWithTls(spec.tls, this.tools.memory.of(setting.host).tls);
  }

  private roomIn(session: HostSession, { sender, spec }: Recipient, waiting: number): number {
    const { memory } = this.tools;
    const lessons = memory.of(session.setting.host);
    const room = session.roomFor({ mailFrom: sender.mailFrom, smtpUtf8: spec.needsSmtpUtf8 }, waiting, lessons);
    return lessons.takesMailOf === sender ? room : Math.min(room, this.firstSize);
  }

  private get firstSize(): number {
    return this.tools.deps.limits.firstGroupSize;
  }

  private isFirstGroup({ setting }: HostSession, { sender }: Recipient): boolean {
    return this.tools.memory.of(setting.host).takesMailOf !== sender;
  }

  private isAlone(session: HostSession, { spec }: Recipient): boolean {
    if (this.tools.doubt.isUnsteady(session.setting.address)) return true;
    if (spec.alone !== 'until_first_refused') return spec.alone === 'always';
    return !this.tools.doubt.positions.refusesFirst(session);
  }
}

/** Counts this RCPT and notes the provider. False if the recipient may not be sent; it then has its answer. */
function mayBePut(asked: Asked, session: HostSession): boolean {
  const { recipient } = asked;
  const { spec, puts, fallback } = recipient;
  if (spec.needsSmtpUtf8 && !session.capabilities.smtpUtf8 && session.hello !== null) {
    const refusal = withoutUtf8(session.hello);
    asked.recipient = withNoted(recipient, [...session.trail, refusal]);
    asked.settle(refusal);
    return false;
  }
  if (puts >= spec.mostPuts && fallback !== null) {
    asked.settle(fallback);
    return false;
  }
  asked.recipient = putOnce(recipient, session.provider);
  return true;
}
