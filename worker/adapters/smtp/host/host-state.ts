// What the parts of a host's queue share: who waits, at which hosts, and how many sessions are at work.
import type { MailHost, Provider } from '@/lib/verdict/mail-host';
import type { Deadlines } from '@/worker/engine/deadlines';
import type { Destinations } from '../destinations/destinations';
import type { Asked } from './asked';
import type { SessionWindow } from './session-window';
import { WaitingList } from './waiting-list';
import type { Place, Reputation } from '../reputation/reputation';
import type { Doubt, Hearing } from '../doubt/doubt';
import type { Session } from '../session/session';
import type { SessionPool } from './session-pool';
import type { HostSession, WalkTools } from './walk-hosts';

export interface HostTools extends WalkTools {
  pool: SessionPool;
  reputation: Reputation;
  destinations: Destinations;
  doubt: Doubt;
  deadlines: Deadlines<Asked>;
  /** Asks the witnesses of a hearing, at whatever host. */
  hear: (hearing: Hearing) => void;
  /** Told when nobody waits in a queue any more. */
  whenEmpty: (queue: string) => void;
}

export class HostState {
  readonly queue = new WaitingList();
  /** Sessions that are being opened. */
  readonly opening = new Set<HostSession>();
  /** Each has one session at a time and empties the queue through it. */
  runners = 0;
  /** The groups that are being asked. */
  readonly groups = new Map<Session, readonly Asked[]>();
  /** Runners that have a session. */
  inSession = 0;
  /** Lowered when a further session was refused while others stood. */
  cap = Number.POSITIVE_INFINITY;
  /** Runners that wait for our own pace. */
  heldBack = 0;
  /** Of those, runners that stand in line for an address; and epoch ms since when nobody is served because of it. */
  inLine = 0;
  inLineSince: number | null = null;
  /** Epoch ms of the last look for a new session. */
  dialedAt = Number.NEGATIVE_INFINITY;
  /** A recipient was answered here. */
  hasAnswered = false;
  /** From before dialling to the end of the session. */
  readonly places = new Set<Place>();
  /** The same for whoever asks, in whatever order equal preferences came. */
  readonly firstHost: string;

  constructor(
    readonly key: string,
    /** DNS answers age; the latest question knows best. */
    public hosts: readonly MailHost[],
    public provider: Provider | null,
    readonly window: SessionWindow,
  ) {
    const order = hosts.toSorted((a, b) => a.preference - b.preference || (a.name < b.name ? -1 : 1));
    this.firstHost = order[0]?.name ?? '';
  }

  /** Runners in the middle of a group. */
  get busy(): number {
    return this.groups.size;
  }
}
