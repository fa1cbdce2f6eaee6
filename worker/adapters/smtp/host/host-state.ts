// The state that the parts of a host's queue share: who waits, at which hosts, and how many sessions are at work.
import type { MailHost, Provider } from '@/lib/verdict/mail-host';
import type { Deadlines } from '@/worker/engine/deadlines';
import type { Destinations } from '../destinations/destinations';
import type { Doubt, Hearing } from '../doubt/doubt';
import type { Place, Reputation } from '../reputation/reputation';
import type { Session } from '../session/session';
import type { Asked } from './asked';
import type { SessionWindow, SessionPool } from './session-pool';
import type { HostSession, WalkTools } from './try-route';

export interface HostTools extends WalkTools {
  pool: SessionPool;
  reputation: Reputation;
  destinations: Destinations;
  doubt: Doubt;
  deadlines: Deadlines<Asked>;
  /** Asks the witnesses of a hearing, at any host. */
  hear: (hearing: Hearing) => void;
  /** Called when a queue is empty. */
  whenEmpty: (queue: string) => void;
}

export class HostState {
  readonly queue = new WaitingList();
  /** Sessions that are being opened. */
  readonly opening = new Set<HostSession>();
  /** Each runner has one session at a time and empties the queue through it. */
  runners = 0;
  /** Groups that are being asked. */
  readonly groups = new Map<Session, readonly Asked[]>();
  /** Runners that have a session. */
  inSession = 0;
  /** Lowered when an additional session was refused while others were open. */
  cap = Number.POSITIVE_INFINITY;
  /** Runners that wait because of our own pace. */
  heldBack = 0;
  /** How many of them stand in line for an address, and since when (epoch ms) no recipient is served because of that. */
  inLine = 0;
  inLineSince: number | null = null;
  /** Epoch ms of the last attempt to open a session. */
  dialedAt = Number.NEGATIVE_INFINITY;
  /** A recipient was answered here. */
  hasAnswered = false;
  /** Each is held from before dialing to the end of the session. */
  readonly places = new Set<Place>();
  /** The same for every question, in whatever order hosts of equal preference came. */
  readonly firstHost: string;

  constructor(
    readonly key: string,
    /** DNS answers age; the latest question has the freshest. */
    public hosts: readonly MailHost[],
    public provider: Provider | null,
    readonly window: SessionWindow,
  ) {
    const order = hosts.toSorted((a, b) => a.preference - b.preference || (a.name < b.name ? -1 : 1));
    this.firstHost = order[0]?.name ?? '';
  }

  /** Sessions being dialed or open. Those that the host has ended don't count there, although their sockets may not be closed here yet. */
  get standing(): number {
    return [...this.places].filter(({ session }) => session?.isOpen !== false).length;
  }

  /** Runners in the middle of a group. */
  get busy(): number {
    return this.groups.size;
  }
}

// The recipients that wait for a session at one host. Guarantees: they are ordered by deadline, so that a question with seconds left does
// not wait behind a list with minutes, and equals by arrival, so that a mailbox stays before its probe; a made-up name that needs a new
// session goes before the rest of its list, because the domain's mailboxes wait for it; a group has one sender and is no larger than the
// session allows. The cost depends on what is taken, not on what waits.

/** What a session still allows. */
export interface GroupBounds {
  fits: (asked: Asked) => boolean;
  /** The same for a recipient with the sender of one that fits: by then the room for this sender is known. */
  fitsToo: (asked: Asked) => boolean;
  /** Room for recipients when this many wait for the sender. */
  roomFor: (first: Asked, waiting: number) => number;
  /** Distinct recipient domains (RFC 9422 RCPTDOMAINMAX). */
  domainsMax: number;
}

const isAlike = ({ recipient: first }: Asked, { recipient }: Asked): boolean =>
  recipient.sender.mailFrom === first.sender.mailFrom && recipient.spec.needsSmtpUtf8 === first.spec.needsSmtpUtf8;

const needsNew = ({ recipient }: Asked): boolean => recipient.spec.alone === 'until_first_refused';

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

  /** Whether the first one needs a new session, which may be opened beside the others. */
  get isNewWanted(): boolean {
    return this.head !== undefined && needsNew(this.head);
  }
  /** The first of those for whom an open session may do. */
  get headForOpen(): Asked | undefined {
    return this.isNewWanted ? this.waiting.find((asked) => !needsNew(asked)) : this.head;
  }

  add(asked: Asked): void {
    if (needsNew(asked)) {
      const single = this.waiting.findLastIndex(({ recipient }) => recipient.spec.isSingle);
      this.waiting.splice(asked.recipient.spec.isSingle ? 0 : single + 1, 0, asked);
      return;
    }
    let at = this.waiting.length;
    const { deadline } = asked.recipient.spec;
    while (at > 0 && (this.waiting[at - 1]?.recipient.spec.deadline ?? 0) > deadline) at -= 1;
    if (at === this.waiting.length) this.waiting.push(asked);
    else this.waiting.splice(at, 0, asked);
  }

  /** Puts them before all others, since they have waited longest. */
  giveBack(those: readonly Asked[]): void {
    if (those.length > 0) this.waiting = [...those, ...this.waiting];
  }

  remove(asked: Asked): void {
    const at = this.waiting.indexOf(asked);
    if (at >= 0) this.waiting.splice(at, 1);
  }

  /** Takes out all that match, in their order. */
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
