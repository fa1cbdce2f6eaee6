// Counts attempts in PostgreSQL, so that all web processes share one count. rate-limiter-flexible counts with a single upsert on
// the table rate_limit: two simultaneous requests can't both take the last point. Keys must not contain an address in the clear:
// the caller hashes whatever identifies a person.
import { z } from 'zod';
import { queryRow } from './db/rows';
import { Prisma } from './db/_prisma/client';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { db, type Tx } from './db/client';

export interface RateLimitRule {
  points: number;
  durationS: number;
}

export interface RateLimitState {
  allowed: boolean;
  remaining: number;
  /** Milliseconds until the count starts over; for a bucket, until the next token. */
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

/** Returns what is left without taking anything. */
export async function findRateLimit(key: string, rule: RateLimitRule): Promise<RateLimitState> {
  const state = await limiterFor(rule).get(key);
  if (state === null) return { allowed: true, remaining: rule.points, resetMs: 0 };
  return stateOf(state, state.remainingPoints > 0);
}

/** Gives one point back, because the attempt turned out to be legitimate. */
export async function returnRateLimit(key: string, rule: RateLimitRule): Promise<void> {
  await limiterFor(rule).reward(key, 1);
}

/** Gives one point back to each of these keys in the caller's transaction, unless its time is over. */
export async function returnRateLimitsIn(keys: readonly string[], tx: Tx): Promise<void> {
  if (keys.length === 0) return;
  await tx.$executeRaw`
    UPDATE "rate_limit" SET "points" = "points" - 1
    WHERE "key" = ANY(${[...keys]}::text[]) AND "points" > 0 AND "expire" > extract(epoch FROM clock_timestamp()) * 1000`;
}

/** Tokens come back evenly, `aSecond` per second, up to `burst`. 1,000 is a multiple of the rate, so that times are whole milliseconds. */
export interface TokenBucket {
  aSecond: number;
  burst: number;
}

/** Read at the time of use: a statement that waited for another one's lock must not count from the time at which it began. */
const NOW_MS = Prisma.sql`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;

const TakenRow = z.object({ fullInMs: z.int() });

/**
 * Takes one token in one statement. The stored value is the moment at which the bucket will be full again (the generic cell rate
 * algorithm, ITU-T I.371). A refused attempt takes nothing, so a client that keeps asking gets the bucket's rate.
 */
export async function takeToken(key: string, bucket: TokenBucket): Promise<RateLimitState> {
  const { tokenMs, roomMs } = timesOf(bucket);
  const taken = await queryRow(
    TakenRow,
    Prisma.sql`/* kept */
    WITH asked AS (SELECT ${key}::text AS "key", ${tokenMs}::bigint AS "tokenMs", ${roomMs}::bigint AS "roomMs"), ${TAKEN_TOKEN}
    SELECT "fullInMs" FROM taken`,
  );
  return bucketState(bucket, taken?.fullInMs ?? null);
}

/** In whole milliseconds: the time until one token comes back, and until all have. */
export function timesOf({ aSecond, burst }: TokenBucket): { tokenMs: number; roomMs: number } {
  const tokenMs = 1_000 / aSecond;
  return { tokenMs, roomMs: burst * tokenMs };
}

/** `fullInMs` belongs to the token that was taken; null if none was left. */
export function bucketState(bucket: TokenBucket, fullInMs: number | null): RateLimitState {
  const { tokenMs, roomMs } = timesOf(bucket);
  if (fullInMs === null) return { allowed: false, remaining: 0, resetMs: tokenMs };
  // A token may have come back since it was taken; this one is gone.
  const remaining = Math.min(bucket.burst - 1, Math.floor((roomMs - fullInMs) / tokenMs));
  return { allowed: true, remaining, resetMs: tokenMs };
}

/**
 * Part of a statement that defines `asked` (`key`, `tokenMs`, `roomMs`) before it: `taken` has a row if a token was left. It does not wait
 * for the disk, so a crash of the database may give a few tokens back. The setting applies only to the statement's own transaction.
 */
export const TAKEN_TOKEN = Prisma.sql`quick AS (SELECT set_config('synchronous_commit', 'off', true)), taken AS (
      INSERT INTO "rate_limit" AS kept ("key", "points", "expire") SELECT "key", 1, ${NOW_MS} + "tokenMs" FROM quick, asked
      ON CONFLICT ("key") DO UPDATE SET "expire" = GREATEST(kept."expire", ${NOW_MS}) + (SELECT "tokenMs" FROM asked)
      WHERE GREATEST(kept."expire", ${NOW_MS}) + (SELECT "tokenMs" FROM asked) <= ${NOW_MS} + (SELECT "roomMs" FROM asked)
      RETURNING ("expire" - ${NOW_MS})::int AS "fullInMs"
    )`;

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
    // One limiter sweeps the rows that ended an hour ago, because all share the table.
    clearExpiredByTimeout: limiters.size === 0,
  });
  limiters.set(name, limiter);
  return limiter;
}

const LibraryRows = z.array(z.record(z.string(), z.unknown()));

interface Query {
  text: string;
  values?: unknown[];
}

/** The library expects a pg client; this gives it the pool that is already open. The library calculates with plain numbers. */
async function runQuery({ text, values = [] }: Query): Promise<{ rows: Record<string, unknown>[]; rowCount: number }> {
  const found = LibraryRows.parse(await db().$queryRawUnsafe(text, ...values));
  const rows = found.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value])),
  );
  return { rows, rowCount: rows.length };
}
