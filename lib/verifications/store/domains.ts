// What was looked up about domains, and the dated fact whether they accept every name.
import { z } from 'zod';
import { db, type Tx } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { queryRow } from '@/lib/platform/db/rows';
import { type DomainFacts, domainFactsSchema } from '@/lib/verdict/stored';

/** Channel on which lookups are announced, by domain. */
export const DOMAIN_CHANNEL = 'domain';

const KnownDomain = z.object({
  facts: domainFactsSchema.nullable(),
  checkedAt: z.date().nullable(),
  catchAll: z.boolean().nullable(),
  catchAllAt: z.date().nullable(),
});
export type KnownDomain = z.infer<typeof KnownDomain>;

/** Null if the domain was neither looked up nor probed. */
export const findKnownDomain = (domain: string): Promise<KnownDomain | null> =>
  queryRow(
    KnownDomain,
    Prisma.sql`
    SELECT l."facts", l."checkedAt", f."catchAll", f."checkedAt" AS "catchAllAt"
    FROM (SELECT * FROM "DomainLookup" WHERE "domain" = ${domain}) l
    FULL JOIN (SELECT * FROM "DomainFact" WHERE "domain" = ${domain}) f ON true`,
  );

export async function saveDomainFacts(domain: string, facts: DomainFacts, tx: Tx = db()): Promise<void> {
  await tx.$executeRaw`
    WITH saved AS (
      INSERT INTO "DomainLookup" ("domain", "facts", "checkedAt") VALUES (${domain}, ${JSON.stringify(facts)}::jsonb, timezone('UTC', now()))
      ON CONFLICT ("domain") DO UPDATE SET "facts" = EXCLUDED."facts", "checkedAt" = EXCLUDED."checkedAt" RETURNING "domain")
    SELECT pg_notify(${DOMAIN_CHANNEL}, json_build_object('id', "domain")::text) FROM saved`;
}
