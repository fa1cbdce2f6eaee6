// Who waits for a session at one host. Promises the order of deadlines, so that a question with seconds left does not wait behind
// a list with minutes, and of arrival among equals, so that a mailbox stays before its probe; and that a group holds one sender and
// no more than the session bears. Costs what is taken, not what waits.
import type { Recipient } from './recipient';

/** What a session still bears. */
export interface GroupBounds {
  fits: (recipient: Recipient) => boolean;
  /** The same for one with the sender of one that fits: what room there is for the sender is known by then. */
  fitsToo: (recipient: Recipient) => boolean;
  /** Recipients, when so many wait for this sender. */
  roomFor: (first: Recipient, waiting: number) => number;
  /** Distinct recipient domains (RFC 9422 RCPTDOMAINMAX). */
  domainsMax: number;
}

const isAlike = (first: Recipient, { sender, spec }: Recipient): boolean =>
  sender.mailFrom === first.sender.mailFrom && spec.needsSmtpUtf8 === first.spec.needsSmtpUtf8;

export class WaitingList {
  private waiting: Recipient[] = [];

  get head(): Recipient | undefined {
    return this.waiting[0];
  }
  get length(): number {
    return this.waiting.length;
  }
  get all(): readonly Recipient[] {
    return this.waiting;
  }

  add(recipient: Recipient): void {
    let at = this.waiting.length;
    if ((this.waiting[at - 1]?.spec.deadline ?? 0) <= recipient.spec.deadline) {
      this.waiting.push(recipient);
      return;
    }
    while (at > 0 && (this.waiting[at - 1]?.spec.deadline ?? 0) > recipient.spec.deadline) at -= 1;
    this.waiting.splice(at, 0, recipient);
  }

  /** Before all others: they have waited for longest. */
  giveBack(recipients: readonly Recipient[]): void {
    if (recipients.length > 0) this.waiting = [...recipients, ...this.waiting];
  }

  remove(recipient: Recipient): void {
    const at = this.waiting.indexOf(recipient);
    if (at >= 0) this.waiting.splice(at, 1);
  }

  /** Takes out all that are so, in their order. */
  takeAll(isWanted: (recipient: Recipient) => boolean): readonly Recipient[] {
    const taken = new Set(this.waiting.filter(isWanted));
    if (taken.size > 0) this.waiting = this.waiting.filter((recipient) => !taken.has(recipient));
    return [...taken];
  }

  takeGroup({ fits, fitsToo, roomFor, domainsMax }: GroupBounds): readonly Recipient[] {
    const start = this.waiting.findIndex(fits);
    const first = this.waiting[start];
    if (first === undefined) return [];
    const room = roomFor(first, this.waiting.length);
    const domains = domainsMax === Number.POSITIVE_INFINITY ? null : new Set<string>();
    const group: Recipient[] = [];
    const passed: Recipient[] = [];
    let at = start;
    for (; at < this.waiting.length && group.length < room; at += 1) {
      const recipient = this.waiting[at];
      if (recipient === undefined) break;
      if (!isAlike(first, recipient) || !fitsToo(recipient)) {
        passed.push(recipient);
        continue;
      }
      if (domains !== null && !domains.has(recipient.spec.domain) && domains.size === domainsMax) break;
      domains?.add(recipient.spec.domain);
      group.push(recipient);
    }
    this.waiting.splice(start, at - start, ...passed);
    return group;
  }
}
