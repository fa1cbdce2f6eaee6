// How often a target domain was probed within the hour, over all customers: nobody may use us to hammer or harvest one.
// Promises that concurrent probes never pass the cap (one guarded statement).
import { db } from './_client';
import { PROBES_A_DOMAIN_AN_HOUR } from '@/lib/domain/limits';

/** Counts one more probe of a domain (A-label); false when this hour's are used up. */
export async function countProbe(domain: string, cap = PROBES_A_DOMAIN_AN_HOUR): Promise<boolean> {
  // It stands before every check, so it does not wait for the disk: a crash of the database may forget a few probes.
  const counted = await db().$executeRaw`
    WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO "DomainProbeCount" ("domain", "hour", "probes")
    SELECT ${domain}, date_trunc('hour', timezone('UTC', now())), 1 FROM quick
    ON CONFLICT ("domain", "hour") DO UPDATE SET "probes" = "DomainProbeCount"."probes" + 1 WHERE "DomainProbeCount"."probes" < ${cap}`;
  return counted > 0;
}

/** Counts many probes at once; says how many of each domain are within this hour's cap. Those over it are counted as well. */
export async function countProbes(
  asked: ReadonlyMap<string, number>,
  cap = PROBES_A_DOMAIN_AN_HOUR,
): Promise<ReadonlyMap<string, number>> {
  // In one order, so that two chunks of the same domains wait for each other instead of ending in a deadlock.
  const domains = [...asked.keys()].sort();
  if (domains.length === 0) return new Map();
  const counts = domains.map((domain) => asked.get(domain) ?? 0);
  const counted = await db().$queryRaw<{ domain: string; probes: number }[]>`
    WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO "DomainProbeCount" ("domain", "hour", "probes")
    SELECT t."domain", date_trunc('hour', timezone('UTC', now())), t."probes" FROM quick,
      unnest(${domains}::text[], ${counts}::int[]) AS t ("domain", "probes")
    ON CONFLICT ("domain", "hour") DO UPDATE SET "probes" = LEAST("DomainProbeCount"."probes"::bigint + EXCLUDED."probes", 2000000000)
    RETURNING "domain", "probes"`;
  return new Map(
    counted.map(({ domain, probes }) => {
      const mine = asked.get(domain) ?? 0;
      return [domain, Math.max(0, Math.min(mine, cap - (probes - mine)))];
    }),
  );
}
