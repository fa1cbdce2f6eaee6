// Who waits for a session at one host. Promises the order of deadlines, so that a question with seconds left does not wait behind
// a list with minutes, and of arrival among equals, so that a mailbox stays before its probe; and that a group holds one sender and
// no more than the session bears. Costs what is taken, not what waits.
import type { Asked } from './asked';

/** What a session still bears. */
export interface GroupBounds {
  fits: (asked: Asked) => boolean;
  /** The same for one with the sender of one that fits: what room there is for the sender is known by then. */
  fitsToo: (asked: Asked) => boolean;
  /** Recipients, when so many wait for this sender. */
  roomFor: (first: Asked, waiting: number) => number;
  /** Distinct recipient domains (RFC 9422 RCPTDOMAINMAX). */
  domainsMax: number;
}

const isAlike = ({ recipient: first }: Asked, { recipient }: Asked): boolean =>
  recipient.sender.mailFrom === first.sender.mailFrom && recipient.spec.needsSmtpUtf8 === first.spec.needsSmtpUtf8;

export class WaitingList {
  private waiting: Asked[] = [];

  get head(): Asked | undefined {
    return this.waiting[0];
  }
  get length(): number {
    return this.waiting.length;
  }
  get all(): readonly Asked[] {
    return this.waiting;
  }

  add(asked: Asked): void {
    let at = this.waiting.length;
    const { deadline } = asked.recipient.spec;
    while (at > 0 && (this.waiting[at - 1]?.recipient.spec.deadline ?? 0) > deadline) at -= 1;
    if (at === this.waiting.length) this.waiting.push(asked);
    else this.waiting.splice(at, 0, asked);
  }

  /** Before all others: they have waited for longest. */
  giveBack(those: readonly Asked[]): void {
    if (those.length > 0) this.waiting = [...those, ...this.waiting];
  }

  remove(asked: Asked): void {
    const at = this.waiting.indexOf(asked);
    if (at >= 0) this.waiting.splice(at, 1);
  }

  /** Takes out all that are so, in their order. */
  takeAll(isWanted: (asked: Asked) => boolean): readonly Asked[] {
    const taken = new Set(this.waiting.filter(isWanted));
    if (taken.size > 0) this.waiting = this.waiting.filter((asked) => !taken.has(asked));
    return [...taken];
  }

  takeGroup({ fits, fitsToo, roomFor, domainsMax }: GroupBounds): readonly Asked[] {
    const start = this.waiting.findIndex(fits);
    const first = this.waiting[start];
    if (first === undefined) return [];
    const room = roomFor(first, this.waiting.length);
    const domains = domainsMax === Number.POSITIVE_INFINITY ? null : new Set<string>();
    const group: Asked[] = [];
    const passed: Asked[] = [];
    let at = start;
    for (; at < this.waiting.length && group.length < room; at += 1) {
      const asked = this.waiting[at];
      if (asked === undefined) break;
      if (!isAlike(first, asked) || !fitsToo(asked)) {
        passed.push(asked);
        continue;
      }
      const { domain } = asked.recipient.spec;
      if (domains !== null && !domains.has(domain) && domains.size === domainsMax) break;
      domains?.add(domain);
      group.push(asked);
    }
    this.waiting.splice(start, at - start, ...passed);
    return group;
  }
}
