// What the parts of a lane share: who waits, at which hosts, and how many sessions are at work.
import type { MailHost, Provider } from '@/lib/domain/mail-host';
import type { IdentityRest } from './identity-rest';
import { LaneQueue } from './lane-queue';
import type { Pace } from './pace';
import type { Session } from './session';
import type { SessionPool } from './session-pool';
import type { SessionTools } from './session-tools';

export interface LaneTools extends SessionTools {
  pool: SessionPool;
  pace: Pace;
  rest: IdentityRest;
  /** Told when nobody waits in a lane any more. */
  whenEmpty: (lane: string) => void;
}

export class LaneState {
  readonly queue = new LaneQueue();
  /** Sessions that are being opened. */
  readonly opening = new Set<Session>();
  drains = 0;
  /** Drains that are in the middle of a group. */
  busy = 0;
  /** Drains that have a session. */
  seated = 0;
  /** Lowered when a further session was refused while others stood. */
  cap = Number.POSITIVE_INFINITY;

  constructor(
    readonly key: string,
    /** DNS answers age; the latest question knows best. */
    public hosts: readonly MailHost[],
    public provider: Provider | null,
  ) {}
}
