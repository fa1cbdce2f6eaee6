// The health of sending identities at providers, shared by all workers. Each worker's observations are added under a row lock by the same
// pure function, so that no count is lost and one event causes one cut, however many workers saw it. Guarantees: one short transaction per
// exchange, keys locked in one order, every time by the database's clock.
import { z } from 'zod';
import { queryOne, queryRows, toStorableText } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { applyHealth, newHealth, type HealthTally, type SendingHealth } from '@/lib/verdict/health';
import { db, type Tx } from '@/lib/platform/db/client';
import { DEAD_AFTER_S } from '@/lib/platform/workers';

interface Key {
  identity: string;
  provider: string;
}

export interface HealthDelta extends Key {
  /** The initial pace of a new row. */
  firstPace: number;
  tally: HealthTally;
}

export interface HealthExchange {
  identities: readonly string[];
  deltas: readonly HealthDelta[];
  /** Epoch ms: `at` of an earlier exchange. */
  since: number | null;
}

export interface HealthNews {
  states: readonly (Key & { health: SendingHealth })[];
  workers: number;
  at: number;
}

const HealthRow = z.object({
  identity: z.string(),
  provider: z.string(),
  pace: z.number(),
  slowedAt: z.date().nullable(),
  windowAt: z.date(),
  answered: z.int(),
  refused: z.int(),
  restsUntil: z.date().nullable(),
  rests: z.int(),
  lastRefusalAt: z.date().nullable(),
  lastRefusal: z.string().nullable(),
  updatedAt: z.date(),
});
type HealthRow = z.infer<typeof HealthRow>;

/** Looks back this far, because a transaction that was open at the last exchange may have been committed since. */
const OVERLAP_MS = 20_000;
const NEWS_MAX = 1_000;

/** Matches the store that the SMTP adapter expects. */
export function createSendingHealthStore(): { exchange(exchange: HealthExchange): Promise<HealthNews> } {
  return { exchange };
}

async function exchange({ identities, deltas, since }: HealthExchange): Promise<HealthNews> {
  const [heard, { at, workers }] = await Promise.all([listChanges(identities, since), findNow()]);
  // Last: once it is reported, nothing can fail and cause it to be reported again.
  const told = deltas.length === 0 ? [] : await tell(deltas);
  const states = new Map([...heard, ...told].map((row) => [JSON.stringify([row.identity, row.provider]), row]));
  return { states: [...states.values()], workers, at };
}

function tell(deltas: readonly HealthDelta[]): Promise<HealthNews['states']> {
  const inOrder = deltas.toSorted((a, b) => compare(a.identity, b.identity) || compare(a.provider, b.provider));
  return db().$transaction(async (tx) => {
    // A database crash may lose a few seconds of counts.
    await tx.$executeRaw`SET LOCAL synchronous_commit TO OFF`;
    await addMissing(inOrder, tx);
    const { rows, now } = await lock(inOrder, tx);
    const before = new Map(rows.map((row) => [`${row.identity}\n${row.provider}`, healthOf(row)]));
    const states = inOrder.map(({ identity, provider, firstPace, tally }) => {
      const health = before.get(`${identity}\n${provider}`) ?? newHealth(firstPace, now);
      return { identity, provider, health: applyHealth(health, storable(tally), now) };
    });
    await write(states, tx);
    return states;
  });
}

const storable = ({ lastRefusal, ...tally }: HealthTally): HealthTally => ({
  ...tally,
  lastRefusal: lastRefusal && { ...lastRefusal, text: toStorableText(lastRefusal.text, '\ufffd') },
});

async function addMissing(deltas: readonly HealthDelta[], tx: Tx): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "IdentityHealth" ("identity", "provider", "pace", "windowAt", "updatedAt")
    SELECT *, timezone('UTC', now()), timezone('UTC', now())
    FROM unnest(${deltas.map(({ identity }) => identity)}::text[], ${deltas.map(({ provider }) => provider)}::text[],
      ${deltas.map(({ firstPace }) => firstPace)}::float8[])
    ON CONFLICT ("identity", "provider") DO NOTHING`;
}

async function lock(keys: readonly Key[], tx: Tx): Promise<{ rows: HealthRow[]; now: number }> {
  const rows = await queryRows(
    HealthRow.extend({ now: z.date() }),
    Prisma.sql`
    SELECT h.*, timezone('UTC', clock_timestamp()) AS "now" FROM "IdentityHealth" h
    JOIN unnest(${keys.map(({ identity }) => identity)}::text[], ${keys.map(({ provider }) => provider)}::text[])
      AS k ("identity", "provider") USING ("identity", "provider")
    ORDER BY h."identity" COLLATE "C", h."provider" COLLATE "C" FOR UPDATE OF h`,
    tx,
  );
  // The clock is read after locking, so it is later than the time written by the previous holder.
  return { rows, now: Math.max(0, ...rows.map(({ now }) => now.getTime())) };
}

async function write(states: HealthNews['states'], tx: Tx): Promise<void> {
  const column = <T>(of: (health: SendingHealth) => T): T[] => states.map(({ health }) => of(health));
  const moments = (of: (health: SendingHealth) => number | null): (string | null)[] => column((health) => isoOf(of(health)));
  await tx.$executeRaw`
    UPDATE "IdentityHealth" h SET "pace" = s."pace", "slowedAt" = s."slowedAt", "windowAt" = s."windowAt", "answered" = s."answered",
      "refused" = s."refused", "restsUntil" = s."restsUntil", "rests" = s."rests", "lastRefusalAt" = s."lastRefusalAt",
      "lastRefusal" = s."lastRefusal", "updatedAt" = s."updatedAt"
    FROM unnest(${states.map(({ identity }) => identity)}::text[], ${states.map(({ provider }) => provider)}::text[],
      ${column(({ pace }) => pace)}::float8[], ${moments(({ slowedAt }) => slowedAt)}::timestamp[],
      ${moments(({ windowAt }) => windowAt)}::timestamp[], ${column(({ answered }) => answered)}::int[],
      ${column(({ refused }) => refused)}::int[], ${moments(({ restsUntil }) => restsUntil)}::timestamp[],
      ${column(({ rests }) => rests)}::int[], ${moments(({ lastRefusal }) => lastRefusal?.at ?? null)}::timestamp[],
      ${column(({ lastRefusal }) => lastRefusal?.text ?? null)}::text[],
      ${moments(({ updatedAt }) => updatedAt)}::timestamp[])
      AS s ("identity", "provider", "pace", "slowedAt", "windowAt", "answered", "refused", "restsUntil", "rests", "lastRefusalAt",
        "lastRefusal", "updatedAt")
    WHERE h."identity" = s."identity" AND h."provider" = s."provider"`;
}

async function listChanges(identities: readonly string[], since: number | null): Promise<HealthNews['states']> {
  const after = isoOf(since === null ? 0 : since - OVERLAP_MS);
  const rows = await queryRows(
    HealthRow,
    Prisma.sql`
    SELECT * FROM "IdentityHealth" WHERE "identity" = ANY(${[...identities]}::text[]) AND "updatedAt" >= ${after}::timestamp
    ORDER BY "updatedAt" DESC LIMIT ${NEWS_MAX}`,
  );
  return rows.map((row) => ({ identity: row.identity, provider: row.provider, health: healthOf(row) }));
}

/** The database's time, and the number of workers heard from recently, at least one: a starting worker counts itself. */
async function findNow(): Promise<{ at: number; workers: number }> {
  const { at, workers } = await queryOne(
    z.object({ at: z.date(), workers: z.int() }),
    Prisma.sql`
    SELECT timezone('UTC', now()) AS "at", GREATEST(1, COUNT(*))::int AS "workers" FROM "WorkerHeartbeat"
    WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S})`,
  );
  return { at: at.getTime(), workers };
}

const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const isoOf = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString());

const healthOf = (row: HealthRow): SendingHealth => ({
  pace: row.pace,
  slowedAt: row.slowedAt?.getTime() ?? null,
  windowAt: row.windowAt.getTime(),
  answered: row.answered,
  refused: row.refused,
  restsUntil: row.restsUntil?.getTime() ?? null,
  rests: row.rests,
  lastRefusal: row.lastRefusalAt === null ? null : { at: row.lastRefusalAt.getTime(), text: row.lastRefusal ?? '' },
  updatedAt: row.updatedAt.getTime(),
});
