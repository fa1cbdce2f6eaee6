// Which domains accept every name, and the probes used to find out, shared by all workers: one probe pair per domain per day, whoever asks.
// Guarantees: an older fact never replaces a newer one, and a day's limit of probes is never exceeded, even across restarts (each claim is
// one guarded statement).
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { queryRow, toStorableText } from '@/lib/platform/db/rows';
import type { CatchAllFact, CatchAllStore, ClaimRequest, ProbeClaim } from '@/lib/verdict/mail-host';

export function createCatchAllStore(): CatchAllStore {
  return { find, remember, claim, release };
}

/** Claims as many probes as are left, up to `wanted`. */
async function claim({ domain, at, wanted, most }: ClaimRequest): Promise<ProbeClaim> {
  const day = new Date(at).toISOString().slice(0, 10);
  for (let granted = Math.min(wanted, most); granted > 0; granted--) {
    const taken = await queryRow(
      z.object({ puts: z.int() }),
      Prisma.sql`/* kept */
      INSERT INTO "DomainProbePair" ("domain", "day", "puts") VALUES (${domain}, ${day}::date, ${granted}::int)
      ON CONFLICT ("domain", "day") DO UPDATE SET "puts" = "DomainProbePair"."puts" + EXCLUDED."puts"
      WHERE "DomainProbePair"."puts" + EXCLUDED."puts" <= ${most}::int RETURNING "puts"`,
    );
    if (taken !== null) return { domain, day, granted };
  }
  return { domain, day, granted: 0 };
}

async function release({ domain, day }: ProbeClaim, unused: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "DomainProbePair" SET "puts" = GREATEST(0, "puts" - ${unused}) WHERE "domain" = ${domain} AND "day" = ${day}::date`;
}

async function find(domain: string): Promise<CatchAllFact | null> {
  const row = await db().domainFact.findUnique({
    where: { domain },
    select: {
      domain: true,
      catchAll: true,
      checkedAt: true,
      code: true,
      enhanced: true,
      text: true,
      host: true,
      isBySession: true,
    },
  });
  return row && { ...row, checkedAt: row.checkedAt.getTime() };
}

async function remember(fact: CatchAllFact): Promise<void> {
  await queryRow(
    z.object({ domain: z.string() }),
    Prisma.sql`/* kept */
    INSERT INTO "DomainFact" ("domain", "catchAll", "checkedAt", "code", "enhanced", "text", "host", "isBySession")
    VALUES (${fact.domain}, ${fact.catchAll}::boolean, ${new Date(fact.checkedAt).toISOString()}::timestamp, ${fact.code}::int,
      ${fact.enhanced}, ${toStorableText(fact.text, '\ufffd')}, ${fact.host}, ${fact.isBySession}::boolean)
    ON CONFLICT ("domain") DO UPDATE SET "catchAll" = EXCLUDED."catchAll", "checkedAt" = EXCLUDED."checkedAt",
      "code" = EXCLUDED."code", "enhanced" = EXCLUDED."enhanced", "text" = EXCLUDED."text", "host" = EXCLUDED."host", "isBySession" = EXCLUDED."isBySession"
    WHERE "DomainFact"."checkedAt" < EXCLUDED."checkedAt" RETURNING "domain"`,
  );
}
