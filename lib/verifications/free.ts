// Checks for visitors without an account: a number of answers per day for one household (an IPv4 address, an IPv6 /56), and somewhat more
// for the site around it (an IPv6 /48), whatever cookies they bring. Only answers count: not bad syntax, not the sandbox, not what the
// visitor was told within the last day, and not a check that could not be started or finished. No network address is stored in the clear.
// A check that one of the two allowances refuses takes nothing from the other.
import { createHmac } from 'node:crypto';
import { isDecidedBySyntax } from '@/lib/credits/rules/free';
import { authSecret, env } from '@/lib/platform/env';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { FREE_CHECK_WINDOW_S, FREE_CHECKS_A_DAY, FREE_CHECKS_A_SITE_A_DAY, FREE_UNCOUNTED_CHECKS } from '@/lib/platform/limits';
import {
  consumeRateLimit,
  findRateLimit,
  type RateLimitRule,
  type RateLimitState,
  returnRateLimit,
} from '@/lib/platform/rate-limits';
import { VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import { SANDBOX_ZONE } from '@/lib/verdict/sandbox-catalog';
import type { VerificationView } from '@/lib/verdict/verification';
import { startVerification } from './start';

/** The networks that the visitor's address belongs to. A site only if it is known. */
export interface VisitorNetworks {
  household: string;
  site: string | null;
}

export interface FreeCheck {
  email: string;
  networks: VisitorNetworks;
  visitorKey: string;
}

export interface StartedFreeCheck {
  view: VerificationView;
  /** What is left of the day's allowance. */
  remaining: number;
}

export async function startFreeVerification(check: FreeCheck): Promise<Result<StartedFreeCheck>> {
  return asksNobody(check.email) ? startUncounted(check) : startCounted(check);
}

async function startCounted(check: FreeCheck): Promise<Result<StartedFreeCheck>> {
  const { networks } = check;
  const taken = await takeFreeCheck(networks);
  if (!taken.allowed) {
    return refusal(taken.resetMs, (wait) => `Today’s free checks are used up. You can check again in ${wait}.`);
  }
  try {
    const started = await start(check, freeCounterKeys(networks));
    if (started.ok && !started.value.cached) return ok({ view: started.value, remaining: taken.remaining });
    await returnFreeCheck(networks);
    return started.ok ? ok({ view: started.value, remaining: taken.remaining + 1 }) : started;
  } catch (error) {
    await returnFreeCheck(networks);
    throw error;
  }
}

async function startUncounted(check: FreeCheck): Promise<Result<StartedFreeCheck>> {
  const taken = await takeUncountedCheck(check.networks);
  if (!taken.allowed) return refusal(taken.resetMs, (wait) => `That was a lot of checks at once. Try again in ${wait}.`);
  const [started, { remaining }] = [await start(check, []), await getFreeAllowance(check.networks)];
  return started.ok ? ok({ view: started.value, remaining }) : started;
}

const start = ({ email, visitorKey }: FreeCheck, freeCounters: readonly string[]): Promise<Result<VerificationView>> =>
  startVerification({ workspaceId: VISITORS_WORKSPACE_ID }, { email, source: 'landing', visitorKey, freeCounters });

/** Whether the syntax decides, or our own sandbox answers. */
function asksNobody(email: string): boolean {
  if (isDecidedBySyntax(email)) return true;
  const parsed = parseAddress(email);
  return env().MAIL_SANDBOX === 'on' && parsed.ok && parsed.address.domain.endsWith(`.${SANDBOX_ZONE}`);
}

function refusal(resetMs: number, sentence: (wait: string) => string): ReturnType<typeof fail> {
  const retryAfterS = Math.max(1, Math.ceil(resetMs / 1_000));
  return fail('rate_limited', { detail: sentence(inWords(retryAfterS)), retryAfterS });
}

function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return `${Math.ceil(minutes / 60)} hours`;
}

export async function getFreeAllowance(networks: VisitorNetworks): Promise<Allowance> {
  const states = await Promise.all(countersOf(networks).map(({ key, rule }) => findRateLimit(key, rule)));
  const { remaining, resetMs } = tightest(states);
  return {
    remaining: Math.min(remaining, FREE_CHECKS_A_DAY),
    limit: FREE_CHECKS_A_DAY,
    resetsInS: remaining > 0 ? null : Math.max(1, Math.ceil(resetMs / 1_000)),
  };
}

export async function takeFreeCheck(networks: VisitorNetworks): Promise<RateLimitState> {
  const taken: Counter[] = [];
  const states: RateLimitState[] = [];
  for (const counter of countersOf(networks)) {
    const state = await consumeRateLimit(counter.key, counter.rule);
    if (!state.allowed) {
      await giveBack(taken);
      return state;
    }
    taken.push(counter);
    states.push(state);
  }
  return tightest(states);
}

/** Gives a check back that could not be started, or that asked nobody. */
export const returnFreeCheck = (networks: VisitorNetworks): Promise<void> => giveBack(countersOf(networks));

async function giveBack(counters: readonly Counter[]): Promise<void> {
  for (const { key, rule } of counters) await returnRateLimit(key, rule);
}

/** Checks that don't count against the day's allowance are not unlimited either: they have a separate, looser limit. */
export const takeUncountedCheck = ({ household }: VisitorNetworks): Promise<RateLimitState> =>
  consumeRateLimit(keyOf(`uncounted:${household}`), FREE_UNCOUNTED_CHECKS);

/** The counters that a check is taken from. If it ends without an answer, it is given back to them. */
export const freeCounterKeys = (networks: VisitorNetworks): string[] => countersOf(networks).map(({ key }) => key);

export interface Allowance {
  remaining: number;
  limit: number;
  /** Seconds until there are more; null while some are left. */
  resetsInS: number | null;
}

interface Counter {
  key: string;
  rule: RateLimitRule;
}

const HOUSEHOLD: RateLimitRule = { points: FREE_CHECKS_A_DAY, durationS: FREE_CHECK_WINDOW_S };
const SITE: RateLimitRule = { points: FREE_CHECKS_A_SITE_A_DAY, durationS: FREE_CHECK_WINDOW_S };

const keyOf = (network: string): string =>
  `free:${createHmac('sha256', authSecret()).update(`free:${network}`).digest('base64url')}`;

const countersOf = ({ household, site }: VisitorNetworks): Counter[] => [
  { key: keyOf(household), rule: HOUSEHOLD },
  ...(site === null ? [] : [{ key: keyOf(site), rule: SITE }]),
];

/** The counter with the fewest left. If several have none left, the one that is refilled last. */
const tightest = (states: readonly RateLimitState[]): RateLimitState =>
  states.reduce((a, b) => (b.remaining < a.remaining || (b.remaining === a.remaining && b.resetMs > a.resetMs) ? b : a));
