// What a workspace knows about domains that accept every name: the mailboxes that were proved to exist there before, and its reports about
// mail to them. Never reads anything of another workspace, of test keys, test lists or visitors. Reads a bounded number of rows per
// domain, each from an index that contains no others.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { queryRows } from '@/lib/platform/db/rows';
import { GRADE_NAMES_MAX, GRADE_OUTCOMES_MAX } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { NAME_SHAPES } from '@/lib/verdict/name-shape';
import { codeOfReason } from '@/lib/verdict/verdict';

const EXISTS = Prisma.raw(String(codeOfReason('mailbox_exists')));

const KnownName = z.object({
  /** The domain as the caller asked for it. */
  domain: z.string(),
  email: z.string(),
});
export type KnownName = z.infer<typeof KnownName>;

/** A domain in the form that rows of lists use, and in the form that single checks use. */
export interface AskedDomain {
  ascii: string;
  unicode: string;
}

/** Addresses that an answer called deliverable, the newest of each domain. An address may appear several times. */
export function listKnownNames({ workspaceId }: Scope, domains: readonly AskedDomain[]): Promise<KnownName[]> {
  return queryRows(
    KnownName,
    Prisma.sql`
    SELECT d."ascii" AS "domain", k."email"
    FROM unnest(${domains.map(({ ascii }) => ascii)}::text[], ${domains.map(({ unicode }) => unicode.toLowerCase())}::text[]) AS d ("ascii", "unicode")
    CROSS JOIN LATERAL (
      SELECT r."email" FROM (
        SELECT "email", "listId" FROM "ListResult"
        WHERE "workspaceId" = ${workspaceId} AND "domain" = d."ascii" AND "reason" = ${EXISTS}
        ORDER BY "checkedAt" DESC LIMIT ${GRADE_NAMES_MAX}
      ) r JOIN "List" l ON l."id" = r."listId" WHERE NOT l."test" AND l."status" <> 'expired'
      UNION ALL
      SELECT v."email" FROM (
        SELECT COALESCE("normalized", "email") AS "email", "test", "visitorKey" FROM "Verification"
        WHERE "workspaceId" = ${workspaceId} AND "reason" = 'mailbox_exists'
          AND lower(substring(COALESCE("normalized", "email") from '[^@]*$') COLLATE "C") = d."unicode" COLLATE "C"
        ORDER BY "id" COLLATE "C" DESC LIMIT ${GRADE_NAMES_MAX}
      ) v WHERE NOT v."test" AND v."visitorKey" IS NULL
    ) k`,
  );
}

const ReportedOutcome = z.object({
  domainKey: z.string(),
  addressKey: z.string(),
  outcome: z.string(),
  nameShape: z.enum(NAME_SHAPES).nullable(),
});
export type ReportedOutcome = z.infer<typeof ReportedOutcome>;

/** Newest first. A soft bounce decides nothing. */
export function listOutcomesOfDomains({ workspaceId }: Scope, domainKeys: readonly string[]): Promise<ReportedOutcome[]> {
  return queryRows(
    ReportedOutcome,
    Prisma.sql`
    SELECT o.* FROM unnest(${[...domainKeys]}::text[]) AS d ("key") CROSS JOIN LATERAL (
      SELECT "domainKey", "addressKey", "outcome", "nameShape" FROM "Feedback"
      WHERE "workspaceId" = ${workspaceId} AND "domainKey" = d."key" AND "outcome" <> 'soft_bounce'
      ORDER BY "createdAt" DESC, "outcome" = 'hard_bounce' DESC LIMIT ${GRADE_OUTCOMES_MAX}
    ) o`,
  );
}

/** For each address, the last outcome that decides it, counted as the score's calibration does (feedback.ts). */
export function listOutcomesOfAddresses(
  { workspaceId }: Scope,
  addressKeys: readonly string[],
): Promise<{ addressKey: string; outcome: string }[]> {
  return queryRows(
    z.object({ addressKey: z.string(), outcome: z.string() }),
    Prisma.sql`
    SELECT DISTINCT ON ("addressKey") "addressKey", "outcome" FROM "Feedback"
    WHERE "workspaceId" = ${workspaceId} AND "addressKey" = ANY(${[...addressKeys]}::text[]) AND "outcome" <> 'soft_bounce'
    ORDER BY "addressKey", "createdAt" DESC, "outcome" = 'hard_bounce' DESC`,
  );
}
