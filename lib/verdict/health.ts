// The health of what we ask with: sending identities, and this installation's DNS resolver. How one identity is doing at one provider gives a
// pace that grows slowly while answers are clean and halves when we are told to slow down (additive increase, multiplicative decrease), and
// a rest when the provider refuses us. Pure: states and events in, states out, so that every worker and the shared table arrive at the same
// result.

/** Share of the provider's full pace. A provider's card is the ceiling, and a new identity starts below it. */
export const FULL_PACE = 1;
export const FIRST_PACE = 0.5;
export const PACE_FLOOR = 1 / 32;
/** Growth: 0.05 per 20 clean answers, and at most that much per second. */
export const GROWTH_AN_ANSWER = 0.05 / 20;
export const GROWTH_A_SECOND = 0.05;
/** Answers may be counted for a while before they are reported. Growth is not saved up for longer than this. */
export const GROWTH_SAVED_MAX_S = 5;
/** Every open session hears a demand to slow down. Within this time they are one event and cause one cut. */
export const CUT_INTERVAL_MS = 5_000;

/** Refusals are weighed against the answers within this time after the first refusal, or within this many answers. */
export const REFUSAL_WINDOW_MS = 10 * 60_000;
export const REFUSAL_WINDOW_ANSWERS = 100;
/** This many refusals of us, if they are at least as many as the answers, start a rest. */
export const REFUSALS_BORNE = 5;
/** Length of the first rest, of the second in a row, and so on. The last one repeats. */
export const REST_LADDER_MS = [10 * 60_000, 30 * 60_000, 2 * 3_600_000, 6 * 3_600_000] as const;

export const REFUSAL_TEXT_MAX_CHARS = 300;

export interface Refusal {
  /** Epoch ms */
  at: number;
  /** Redacted: `550 5.7.1 Client host blocked`. */
  text: string;
}

/** Times are epoch ms. */
export interface SendingHealth {
  /** Share of the provider's full pace, PACE_FLOOR–1. */
  pace: number;
  slowedAt: number | null;
  /** Start of the window in which `answered` and `refused` are counted. */
  windowAt: number;
  /** Recipients answered without a complaint about us. */
  answered: number;
  refused: number;
  /** Set until a clean answer after the rest shows that the rest worked. */
  restsUntil: number | null;
  /** Consecutive rests. A window without a refusal resets the count. */
  rests: number;
  lastRefusal: Refusal | null;
  updatedAt: number;
}

/** What happened since the last report. */
export interface HealthTally {
  answered: number;
  /** Times we were told to slow down. */
  slowDowns: number;
  refused: number;
  lastRefusal: Refusal | null;
}

export const NOTHING_HAPPENED: HealthTally = { answered: 0, slowDowns: 0, refused: 0, lastRefusal: null };

export const addTallies = (first: HealthTally, second: HealthTally): HealthTally => ({
  answered: first.answered + second.answered,
  slowDowns: first.slowDowns + second.slowDowns,
  refused: first.refused + second.refused,
  lastRefusal: second.lastRefusal ?? first.lastRefusal,
});

export const newHealth = (pace: number, now: number): SendingHealth => ({
  pace,
  slowedAt: null,
  windowAt: now,
  answered: 0,
  refused: 0,
  restsUntil: null,
  rests: 0,
  lastRefusal: null,
  updatedAt: now,
});

type Paced = Pick<SendingHealth, 'pace' | 'slowedAt' | 'lastRefusal' | 'updatedAt'>;

/** Names each field, because every group that is answered makes a new one: objects made by spreads would have a layout of their own. */
function healthOf(
  { pace, slowedAt, lastRefusal, updatedAt }: Paced,
  { windowAt, answered, refused, restsUntil, rests }: Omit<SendingHealth, keyof Paced>,
): SendingHealth {
  return { pace, slowedAt, windowAt, answered, refused, restsUntil, rests, lastRefusal, updatedAt };
}

export type HealthPhase =
  | 'working'
  | 'resting'
  /** The rest is over; the next question shows whether we are welcome again. */
  | 'trial';

export function phaseOf({ restsUntil }: SendingHealth, now: number): HealthPhase {
  if (restsUntil === null) return 'working';
  return now < restsUntil ? 'resting' : 'trial';
}

export function applyHealth(state: SendingHealth, tally: HealthTally, now: number): SendingHealth {
  const { pace, slowedAt } = paceAfter(state, tally, now);
  const lastRefusal = tally.lastRefusal ?? state.lastRefusal;
  const paced = healthOf({ pace, slowedAt, lastRefusal, updatedAt: Math.max(state.updatedAt, now) }, state);
  switch (phaseOf(state, now)) {
    // Late reports from sessions that began before the rest change nothing.
    case 'resting':
      return paced;
    case 'trial':
      return afterTrial(paced, tally, now);
    case 'working':
      return afterWork(paced, tally, now);
  }
}

function paceAfter(state: SendingHealth, tally: HealthTally, now: number): Pick<SendingHealth, 'pace' | 'slowedAt'> {
  const { pace, slowedAt } = state;
  if (tally.slowDowns > 0) {
    const isToldAlready = slowedAt !== null && now - slowedAt < CUT_INTERVAL_MS;
    return isToldAlready ? { pace, slowedAt } : { pace: Math.max(PACE_FLOOR, pace / 2), slowedAt: now };
  }
  const seconds = Math.min(GROWTH_SAVED_MAX_S, Math.max(0, now - state.updatedAt) / 1_000);
  const growth = Math.min(tally.answered * GROWTH_AN_ANSWER, seconds * GROWTH_A_SECOND);
  return { pace: Math.min(FULL_PACE, pace + growth), slowedAt };
}

/** A refusal outweighs answers that came with it, because those may be older. */
function afterTrial(state: SendingHealth, { answered, refused }: HealthTally, now: number): SendingHealth {
  if (refused > 0) return rested(state, now);
  return answered > 0 ? { ...state, restsUntil: null, windowAt: now, answered, refused: 0 } : state;
}

function afterWork(state: SendingHealth, tally: HealthTally, now: number): SendingHealth {
  const window = windowBefore(state, tally, now);
  const answered = window.answered + tally.answered;
  const refused = window.refused + tally.refused;
  if (tally.refused > 0 && refused >= REFUSALS_BORNE && refused >= answered) return rested(window, now);
  const { windowAt, restsUntil, rests } = window;
  return healthOf(window, { windowAt, answered, refused, restsUntil, rests });
}

/** The window in which this tally counts. A first refusal opens a new one, so that a good past does not hide a block for long. */
function windowBefore(state: SendingHealth, { refused }: HealthTally, now: number): SendingHealth {
  const isOver = now - state.windowAt >= REFUSAL_WINDOW_MS || state.answered >= REFUSAL_WINDOW_ANSWERS;
  const isFirstRefusal = refused > 0 && state.refused === 0;
  if (!isOver && !isFirstRefusal) return state;
  const wasClean = isOver && state.refused === 0 && state.answered > 0;
  return { ...state, windowAt: now, answered: 0, refused: 0, rests: wasClean ? 0 : state.rests };
}

function rested(state: SendingHealth, now: number): SendingHealth {
  const step = Math.min(state.rests, REST_LADDER_MS.length - 1);
  const restMs = REST_LADDER_MS[step] ?? REST_LADDER_MS[0];
  return { ...state, windowAt: now, answered: 0, refused: 0, restsUntil: now + restMs, rests: state.rests + 1 };
}

/**
 * Whether the resolver resolves names that certainly exist and denies names that certainly don't. An answer about our resolver is never an
 * answer about a mailbox, so this decides how much its "no such domain" is worth.
 */
export const RESOLVER_STATES = ['healthy', 'denies_known', 'invents', 'silent'] as const;
export type ResolverState = (typeof RESOLVER_STATES)[number];

export const isResolverState = (text: string): text is ResolverState => RESOLVER_STATES.some((state) => state === text);

export interface ResolverHealth {
  state: ResolverState;
  /** The operator named this resolver in DNS_SERVERS, so it may be private on purpose. */
  isChosen: boolean;
  /** What came instead of answers, if there were none: `TIMEOUT`, `SERVFAIL`. */
  detail: string | null;
}

export type ResolverTrouble = ResolverHealth & { state: Exclude<ResolverState, 'healthy'> };

export const isTrouble = (health: ResolverHealth): health is ResolverTrouble => health.state !== 'healthy';

/** What is wrong, in one sentence for the operator. */
export function resolverSentence({ state, isChosen, detail }: ResolverTrouble): string {
  const who = isChosen ? 'The DNS resolver named in DNS_SERVERS' : 'The DNS resolver of this machine';
  switch (state) {
    case 'denies_known':
      return `${who} says that big mail providers such as gmail.com do not exist.`;
    case 'invents':
      return `${who} gives answers for names that nobody has registered.`;
    case 'silent':
      return `${who} does not answer${detail === null ? '' : ` (${detail})`}.`;
  }
}

/** What this means for verdicts, and what to do. */
export const resolverAdvice = ({ isChosen }: ResolverTrouble): string =>
  isChosen
    ? 'Because you chose it, we believe what it says about other domains. If it is not meant to be private, name another one in DNS_SERVERS.'
    : 'Until it works, domains it says do not exist are reported as unknown, never as undeliverable. Fix it, or name another one in DNS_SERVERS.';
