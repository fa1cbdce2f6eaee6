// The accept-all facts of domains and the probes put to find them, shared by all workers: one probe pair a domain a day, whoever
// asks. Promises that an older fact never replaces a newer one, and that no more probes are granted than a day has (each claim is one
// guarded statement), over restarts too.
import { db } from './_client';
import { toStorableText } from './verification-json';
import type { AcceptAllStore, ClaimRequest, ProbeClaim } from '@/lib/domain/accept-all-store';
import type { AcceptAllFact } from '@/lib/domain/mail-host';

export function createAcceptAllStore(): AcceptAllStore {
  return { find, remember, claim, release };
}

/** As many as are left, up to those wanted. */
async function claim({ domain, at, wanted, most }: ClaimRequest): Promise<ProbeClaim> {
  const day = new Date(at).toISOString().slice(0, 10);
  for (let granted = Math.min(wanted, most); granted > 0; granted--) {
    const taken = await db().$executeRaw`
      INSERT INTO "DomainProbePair" ("domain", "day", "puts") VALUES (${domain}, ${day}::date, ${granted})
      ON CONFLICT ("domain", "day") DO UPDATE SET "puts" = "DomainProbePair"."puts" + EXCLUDED."puts"
      WHERE "DomainProbePair"."puts" + EXCLUDED."puts" <= ${most}`;
    if (taken > 0) return { domain, day, granted };
  }
  return { domain, day, granted: 0 };
}

async function release({ domain, day }: ProbeClaim, unused: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "DomainProbePair" SET "puts" = GREATEST(0, "puts" - ${unused}) WHERE "domain" = ${domain} AND "day" = ${day}::date`;
}

async function find(domain: string): Promise<AcceptAllFact | null> {
  const row = await db().domainFact.findUnique({
    where: { domain },
    select: { domain: true, acceptAll: true, checkedAt: true, code: true, enhanced: true, text: true, host: true },
  });
  return row && { ...row, checkedAt: row.checkedAt.getTime() };
}

async function remember(fact: AcceptAllFact): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "DomainFact" ("domain", "acceptAll", "checkedAt", "code", "enhanced", "text", "host")
    VALUES (${fact.domain}, ${fact.acceptAll}, ${new Date(fact.checkedAt).toISOString()}::timestamp, ${fact.code}, ${fact.enhanced},
      ${toStorableText(fact.text, '\ufffd')}, ${fact.host})
    ON CONFLICT ("domain") DO UPDATE SET "acceptAll" = EXCLUDED."acceptAll", "checkedAt" = EXCLUDED."checkedAt",
      "code" = EXCLUDED."code", "enhanced" = EXCLUDED."enhanced", "text" = EXCLUDED."text", "host" = EXCLUDED."host"
    WHERE "DomainFact"."checkedAt" < EXCLUDED."checkedAt"`;
}
