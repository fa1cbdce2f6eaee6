// Which of those who wait go next on a session, and how many: within what the host announces, the provider's pace, and what its
// destination still bears this hour. Promises that single checks go on where only their reserve is left, and that whoever may not be
// put at all is settled and not forgotten.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../exchange';
import { routeId } from './walk-hosts';
import type { Identities } from '../reputation/identities';
import type { HostState, HostTools } from './host-state';
import type { Recipient } from './recipient';
import type { Session } from '../session/session';

/**
 * RFC 6531 3.2: what needs SMTPUTF8 must not be sent to a host that does not offer it. No reply to RCPT can be had then; the reply
 * that says so is the one to EHLO, and it is the host's policy, not a word about the mailbox.
 */
const withoutUtf8 = (hello: Exchange): Exchange =>
  hello.came.kind === 'failure'
    ? hello
    : { ...hello, came: { ...hello.came, meaning: 'policy_other', rule: 'smtputf8-not-offered' } };

/** As that identity, at that host, by that way. */
function mayBeAskedIn({ setting }: Session, { sender, excluded, preferredHost }: Recipient): boolean {
  const { host, address, identity } = setting;
  if (sender.identity !== identity || (preferredHost !== null && preferredHost !== host)) return false;
  return excluded.size === 0 || !(excluded.has(host) || excluded.has(routeId(host, address)));
}

export class NextGroup {
  constructor(
    private readonly state: HostState,
    private readonly identities: Identities,
    private readonly tools: HostTools,
  ) {}

  /** Recipients a session takes at once. */
  get size(): number {
    return this.state.provider?.maxRecipients ?? this.tools.deps.limits.groupSize;
  }

  fits(session: Session, recipient: Recipient): boolean {
    if (!mayBeAskedIn(session, recipient) || session.setting.stay?.isUsedUp(recipient.spec.isSingle) === true) return false;
    return this.roomIn(session, recipient, 1) > 0;
  }

  private roomIn(session: Session, { sender, spec }: Recipient, waiting: number): number {
    const envelope = { mailFrom: sender.mailFrom, smtpUtf8: spec.needsSmtpUtf8 };
    return session.roomFor(envelope, waiting, this.tools.memory.of(session.setting.host));
  }

  /** The next group for this session: one sender, in the order of the queue, within what host, provider and destination bear. */
  take(session: Session): readonly Recipient[] {
    const { gate } = this.identities.reputeOf(session.setting.identity);
    const { stay } = session.setting;
    const allowance = gate?.allowance ?? Number.POSITIVE_INFINITY;
    if (allowance === 0) return [];
    const left = (isSingle: boolean): number => stay?.recipientsLeft(isSingle) ?? Number.POSITIVE_INFINITY;
    // Lists and single checks share a group as long as there is enough for either.
    const isShort = left(false) < this.tools.deps.limits.groupSizeMax;
    let isForSingles: boolean | null = null;
    // A session that ended since it was found still takes its group, whose loss is then counted: no host can keep us reconnecting.
    const group = this.state.queue.takeGroup({
      fits: (recipient) => this.fits(session, recipient) && left(recipient.spec.isSingle) > 0,
      fitsToo: (recipient) =>
        mayBeAskedIn(session, recipient) && (!isShort || isForSingles === null || recipient.spec.isSingle === isForSingles),
      roomFor: (first, waiting) => {
        isForSingles = first.spec.isSingle;
        return Math.min(allowance, this.roomIn(session, first, waiting), left(first.spec.isSingle));
      },
      domainsMax: session.capabilities.recipientDomainsMax ?? Number.POSITIVE_INFINITY,
    });
    const put = group.filter((recipient) => this.mayBePut(recipient, session));
    gate?.spend(put.length);
    if (stay !== null) {
      const singles = put.filter(({ spec }) => spec.isSingle).length;
      stay.spend(true, singles);
      stay.spend(false, put.length - singles);
    }
    return put;
  }

  /** Waits until somebody may be put on this session, where it is our own pace or limit that was in the way of the head. */
  async holdBack(session: Session, head: Recipient): Promise<void> {
    const { gate } = this.identities.reputeOf(session.setting.identity);
    const { stay } = session.setting;
    if (gate?.allowance === 0) await this.holdBackAtGate(session, head);
    else if (stay?.recipientsLeft(head.spec.isSingle) === 0) await this.heldBack(stay.moreRecipients(head.spec.isSingle));
  }

  /** No more recipients for now, as this identity: another one goes on, or all wait. */
  private async holdBackAtGate(session: Session, head: Recipient): Promise<void> {
    const { state, identities, tools } = this;
    const spare = identities.spareFor(head);
    if (spare !== null) {
      identities.handOver(head, spare, this.size);
      return;
    }
    const { gate } = identities.reputeOf(session.setting.identity);
    const waitMs = gate?.waitMs(Math.min(state.queue.length, this.size)) ?? 0;
    await this.heldBack(sleep(Math.max(1, Math.min(waitMs, tools.deps.timeouts.idleMs)), undefined, { ref: false }));
  }

  private async heldBack(wait: Promise<void>): Promise<void> {
    this.state.heldBack += 1;
    await wait;
    this.state.heldBack -= 1;
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
}
