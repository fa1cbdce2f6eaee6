// The shared health of sending identities at providers, for reading only. Promises one order (by urgency of the state, then
// most refusals) in cursor pages, and a state that is decided by the database's clock. Refuses to change anything: workers
// write these rows.
import { HEALTH_STATES, type HealthState } from '@/lib/domain/operator-view';
import { db } from './_client';
import { Prisma } from './_prisma/client';

export interface HealthRow {
  identity: string;
  provider: string;
  state: HealthState;
  pace: number;
  slowedAt: Date | null;
  windowAt: Date;
  answered: number;
  refused: number;
  restsUntil: Date | null;
  rests: number;
  lastRefusalAt: Date | null;
  lastRefusal: string | null;
}

/** The place of a row in the order: the page goes on behind it. */
export type HealthPlace = Pick<HealthRow, 'state' | 'refused' | 'identity' | 'provider'>;

export interface HealthQuery {
  identity?: string | undefined;
  provider?: string | undefined;
  state?: HealthState | undefined;
  after?: HealthPlace | undefined;
  take: number;
}

// A pace below 1 that was never lowered is one that still grows for the first time.
const STATE = Prisma.sql`CASE
  WHEN "restsUntil" > timezone('UTC', now()) THEN 'resting'
  WHEN "restsUntil" IS NOT NULL THEN 'trial'
  WHEN "pace" < 1 AND "slowedAt" IS NOT NULL THEN 'slowed'
  ELSE 'working' END`;
const rankOf = (state: Prisma.Sql): Prisma.Sql => Prisma.sql`array_position(${[...HEALTH_STATES]}::text[], ${state})`;
const RANK = rankOf(Prisma.sql`"state"`);

/** The rows under the filter by identity and provider, each with its state. */
const matching = ({ identity, provider }: Pick<HealthQuery, 'identity' | 'provider'>): Prisma.Sql => Prisma.sql`
  SELECT *, ${STATE} AS "state" FROM "IdentityHealth"
  WHERE (${identity ?? null}::text IS NULL OR "identity" = ${identity ?? null})
    AND (${provider ?? null}::text IS NULL OR strpos(lower("provider"), lower(${provider ?? null})) > 0)`;

export function listHealthRows({ state, after, take, ...filter }: HealthQuery): Promise<HealthRow[]> {
  const ofState = state === undefined ? Prisma.empty : Prisma.sql`AND "state" = ${state}`;
  const behind =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (${RANK}, -"refused", "identity", "provider") >
          (${rankOf(Prisma.sql`${after.state}`)}, ${-after.refused}::int, ${after.identity}, ${after.provider})`;
  return db().$queryRaw<HealthRow[]>`
    SELECT "identity", "provider", "state", "pace", "slowedAt", "windowAt", "answered", "refused", "restsUntil", "rests",
      "lastRefusalAt", "lastRefusal"
    FROM (${matching(filter)}) health WHERE true ${ofState} ${behind}
    ORDER BY ${RANK}, "refused" DESC, "identity", "provider" LIMIT ${take}`;
}

export function countHealthStates(
  filter: Pick<HealthQuery, 'identity' | 'provider'>,
): Promise<{ state: HealthState; count: number }[]> {
  return db().$queryRaw`SELECT "state", COUNT(*)::int AS "count" FROM (${matching(filter)}) health GROUP BY 1`;
}

/** Names of the identities that have rows, in order. */
export async function listHealthIdentities(take: number): Promise<string[]> {
  const rows = await db().identityHealth.findMany({
    distinct: 'identity',
    orderBy: { identity: 'asc' },
    select: { identity: true },
    take,
  });
  return rows.map(({ identity }) => identity);
}
