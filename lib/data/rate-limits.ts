// Counts attempts in PostgreSQL, so that all web processes share one count. The counting is rate-limiter-flexible's single
// upsert on table rate_limit: two requests at the same moment can't both take the last point. Keys must carry no address
// in the clear: the caller hashes what identifies a person.
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { db } from './_client';

export interface RateLimitRule {
  points: number;
  durationS: number;
}

export interface RateLimitState {
  allowed: boolean;
  remaining: number;
  /** Until the count starts anew. */
  resetMs: number;
}

const TABLE = 'rate_limit';
const limiters = new Map<string, RateLimiterPostgres>();

/** Takes one point (or `points`); refused attempts count too. */
export async function consumeRateLimit(key: string, rule: RateLimitRule, points = 1): Promise<RateLimitState> {
  try {
    return stateOf(await limiterFor(rule).consume(key, points), true);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return stateOf(refusal, false);
    throw refusal;
  }
}

/** What is left, taking nothing. */
export async function findRateLimit(key: string, rule: RateLimitRule): Promise<RateLimitState> {
  const state = await limiterFor(rule).get(key);
  if (state === null) return { allowed: true, remaining: rule.points, resetMs: 0 };
  return stateOf(state, state.remainingPoints > 0);
}

/** Gives one point back: the attempt turned out to be a rightful one. */
export async function returnRateLimit(key: string, rule: RateLimitRule): Promise<void> {
  await limiterFor(rule).reward(key, 1);
}

const stateOf = (result: RateLimiterRes, allowed: boolean): RateLimitState => ({
  allowed,
  remaining: Math.max(0, result.remainingPoints),
  resetMs: Math.max(0, result.msBeforeNext),
});

function limiterFor(rule: RateLimitRule): RateLimiterPostgres {
  const name = `${rule.points}/${rule.durationS}`;
  const known = limiters.get(name);
  if (known) return known;
  const limiter = new RateLimiterPostgres({
    storeClient: { query: runQuery },
    storeType: 'client',
    tableName: TABLE,
    tableCreated: true,
    keyPrefix: '',
    points: rule.points,
    duration: rule.durationS,
    // One of them sweeps rows that ended an hour ago; the table is shared.
    clearExpiredByTimeout: limiters.size === 0,
  });
  limiters.set(name, limiter);
  return limiter;
}

interface Query {
  text: string;
  values?: unknown[];
}

/** The library speaks to a pg client; this gives it the pool that is open already. It does sums with plain numbers. */
async function runQuery({ text, values = [] }: Query): Promise<{ rows: Record<string, unknown>[]; rowCount: number }> {
  const found = await db().$queryRawUnsafe<Record<string, unknown>[]>(text, ...values);
  const rows = found.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value])),
  );
  return { rows, rowCount: rows.length };
}
