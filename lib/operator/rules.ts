// What the operator's pages show about the whole installation: workers, the queue, disputes, and how our sending identities are doing at
// each provider. Belongs to no workspace and contains no address from a customer's list. Times are ISO strings.

/** Most urgent first. */
export const HEALTH_STATES = ['resting', 'trial', 'slowed', 'working'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** One sending identity at one provider. */
export interface IdentityHealthView {
  identity: string;
  provider: string;
  state: HealthState;
  /** Share of the provider's full pace in use, 0–1. */
  pace: number;
  slowedAt: string | null;
  windowAt: string;
  /** Recipients answered, and refusals of us, since `windowAt`. */
  answered: number;
  refused: number;
  /** Stays set after the rest until an answer shows that it worked. */
  restsUntil: string | null;
  /** Consecutive rests. */
  rests: number;
  lastRefusalAt: string | null;
  /** Redacted words of the last refusal of us. */
  lastRefusal: string | null;
}

/** What to show of the health table; each part is optional. */
export interface HealthFilter {
  identity?: string | undefined;
  /** Part of a provider's id or domain, in any case. */
  provider?: string | undefined;
  state?: HealthState | undefined;
}

export interface HealthPage {
  items: IdentityHealthView[];
  nextCursor: string | null;
  /** Counts for the same filter by identity and provider. */
  counts: Record<HealthState, number>;
  /** Every identity that has a row, up to a limit. */
  identities: string[];
}

export interface WorkerView {
  workerId: string;
  host: string;
  pid: number;
  startedAt: string;
  beatAt: string;
  /** Seconds since the last heartbeat, by the database's clock. */
  silentS: number;
  /** Jobs that it is working on. */
  jobs: number;
}

export interface WorkersView {
  alive: WorkerView[];
  /** Workers that stopped without shutting down properly and were heard from recently, newest first. */
  silent: WorkerView[];
}

/** Jobs of one task. */
export interface TaskQueueView {
  task: string;
  running: number;
  /** Due now. */
  waiting: number;
  waitingSince: string | null;
  /** Due at a later time. `afterError` of these, because an attempt failed. */
  later: number;
  afterError: number;
  nextAt: string | null;
  /** No attempts left. */
  failed: number;
}

export const isHealthState = (text: string): text is HealthState => HEALTH_STATES.some((state) => state === text);
