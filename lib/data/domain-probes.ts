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
