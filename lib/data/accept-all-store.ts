// The accept-all facts of domains, shared by all workers: one probe pair a domain a day, whoever asks. Promises that an
// older fact never replaces a newer one.
import { db } from './_client';
import { toStorableText } from './verification-json';
import type { AcceptAllFact } from '@/lib/domain/mail-host';

export interface AcceptAllStore {
  /** The last fact found out, however old. */
  find(domain: string): Promise<AcceptAllFact | null>;
  remember(fact: AcceptAllFact): Promise<void>;
}

export function createAcceptAllStore(): AcceptAllStore {
  return { find, remember };
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
