// Outcomes that customers report, the refunds for them, and the final answers that they are compared with, from single checks and rows of
// lists alike. There is one row per workspace, address and outcome, however often it is reported. An address is stored only as the key
// that its caller made from it. Answers of test keys, test lists and visitors don't count. The tally over all workspaces contains no
// address and no owner.
import { z } from 'zod';
import { queryOne, queryRow, queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import { type Grade, GRADES } from '@/lib/verdict/grade';
import type { NameShape } from '@/lib/verdict/name-shape';
import { storedGrade } from '@/lib/verdict/stored';
import { codesOfStatus, gradeOfCode, reasonOfCode, statusOf } from '@/lib/verdict/verdict';
import type { GradeTally, ScoreTally } from '../rules/calibration';
import type { BounceCode, FeedbackOutcome } from '../rules/feedback';

/** The verdict that an outcome is compared with: of a single check, or of a row of a list. */
export interface JudgedAddress {
  verificationId: string | null;
  listId: string | null;
  row: number | null;
  email: string;
  canonical: string | null;
  status: string;
  reason: string | null;
  score: number | null;
  /** For a catch-all answer: its grade, and the bits of its basis. */
  grade: Grade | null;
  gradeBasis: number;
  checkedAt: Date;
  /** What the answer cost; 0 for an answer from memory. */
  credits: number;
  apiKeyId: string | null;
}

export interface NewFeedback {
  verdict: JudgedAddress;
  addressKey: string;
  /** Key of the address's domain, and how its name is written; null if that can't be read. */
  domainKey: string | null;
  nameShape: NameShape | null;
  /** Null also if the grade is based on reports about the very address. */
  grade: Grade | null;
  outcome: FeedbackOutcome;
  code: BounceCode | null;
}

/** False if this outcome of this address was reported before. */
export async function insertFeedback({ workspaceId }: Scope, feedback: NewFeedback, tx: Tx = db()): Promise<boolean> {
  const { verificationId, listId, status, reason, score } = feedback.verdict;
  const { addressKey, domainKey, nameShape, grade, outcome, code } = feedback;
  const codes = { smtpCode: code?.reply ?? null, enhanced: code?.enhanced ?? null };
  const row = {
    id: newId('feedback'),
    workspaceId,
    verificationId,
    listId,
    addressKey,
    domainKey,
    nameShape,
    status,
    reason,
    score,
    grade,
    outcome,
    ...codes,
  };
  const { count } = await tx.feedback.createMany({ data: [row], skipDuplicates: true });
  return count > 0;
}

export interface ToldOutcome {
  credits: number;
  /** When the last refund was given. */
  refundedAt: Date | null;
}

/** The stored result of an outcome that was reported for a mailbox; null if it was not reported. */
export async function findTold(
  { workspaceId }: Scope,
  { addressKey, outcome }: { addressKey: string; outcome: FeedbackOutcome },
  tx: Tx = db(),
): Promise<ToldOutcome | null> {
  return tx.feedback.findUnique({
    where: { workspaceId_addressKey_outcome: { workspaceId, addressKey, outcome } },
    select: { credits: true, refundedAt: true },
  });
}

/** Records a refund, with the code and the answer that it was given for. */
export async function markRefunded(
  { workspaceId }: Scope,
  { verdict, addressKey, outcome, code }: NewFeedback,
  tx: Tx,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Feedback" SET "credits" = "credits" + ${verdict.credits}, "refundedAt" = timezone('UTC', clock_timestamp()),
      "verificationId" = ${verdict.verificationId}, "listId" = ${verdict.listId}, "smtpCode" = ${code?.reply ?? null}::int,
      "enhanced" = ${code?.enhanced ?? null}
    WHERE "workspaceId" = ${workspaceId} AND "addressKey" = ${addressKey} AND "outcome" = ${outcome}`;
}

export interface RefundSums {
  /** What the list's deliverables cost, and how much of that was refunded. */
  list: { charged: number; refunded: number };
  /** Refunded to the workspace since then. */
  refunded: number;
}

/** What was already refunded. Exact only while the balance row is locked. */
export async function sumRefunds(
  { workspaceId }: Scope,
  { listId, since }: { listId: string | null; since: Date },
  tx: Tx,
): Promise<RefundSums> {
  const { charged, ofList, refunded } = await queryOne(
    z.object({ charged: z.int(), ofList: z.int(), refunded: z.int() }),
    Prisma.sql`
    SELECT
      (SELECT COALESCE(SUM("credits"), 0)::int FROM "ListTally"
        WHERE "listId" = ${listId} AND "reason" = ANY(${[...codesOfStatus('deliverable')]}::smallint[])) AS "charged",
      (SELECT COALESCE(SUM("credits"), 0)::int FROM "Feedback" WHERE "listId" = ${listId} AND "workspaceId" = ${workspaceId}) AS "ofList",
      (SELECT COALESCE(SUM("credits"), 0)::int FROM "Feedback"
        WHERE "workspaceId" = ${workspaceId} AND "refundedAt" >= ${since.toISOString()}::timestamp) AS "refunded"`,
    tx,
  );
  return { list: { charged, refunded: ofList }, refunded };
}

/**
 * Over all workspaces: how many outcomes each score had, and how many of them were not hard bounces. If a workspace reported several for
 * one address, the last one that decides it counts. Soft bounces decide nothing.
 */
export function tallyByScore(): Promise<ScoreTally[]> {
  return queryRows(
    z.object({ score: z.int(), count: z.int(), took: z.int() }),
    Prisma.sql`
    SELECT "score", COUNT(*)::int AS "count", COUNT(*) FILTER (WHERE "outcome" <> 'hard_bounce')::int AS "took"
    FROM (
      SELECT DISTINCT ON ("workspaceId", "addressKey") "score", "outcome" FROM "Feedback"
      WHERE "score" IS NOT NULL AND "outcome" <> 'soft_bounce'
      ORDER BY "workspaceId", "addressKey", "createdAt" DESC, "outcome" = 'hard_bounce' DESC
    ) AS "last"
    GROUP BY "score" ORDER BY "score"`,
  );
}

/** The same for catch-all answers by their grade. */
export function tallyByGrade(): Promise<GradeTally[]> {
  return queryRows(
    z.object({ grade: z.enum(GRADES), count: z.int(), took: z.int() }),
    Prisma.sql`
    SELECT "grade", COUNT(*)::int AS "count", COUNT(*) FILTER (WHERE "outcome" <> 'hard_bounce')::int AS "took"
    FROM (
      SELECT DISTINCT ON ("workspaceId", "addressKey") "grade", "outcome" FROM "Feedback"
      WHERE "grade" IS NOT NULL AND "outcome" <> 'soft_bounce'
      ORDER BY "workspaceId", "addressKey", "createdAt" DESC, "outcome" = 'hard_bounce' DESC
    ) AS "last"
    GROUP BY "grade"`,
  );
}

/** Which answer to an address is meant: the newest, or the one from a certain time. */
export interface AnswerQuestion {
  normalized: string;
  checkedAt?: Date | undefined;
}

const JUDGED = {
  id: true,
  email: true,
  normalized: true,
  canonical: true,
  status: true,
  reason: true,
  score: true,
  grade: true,
  gradeBasis: true,
  checkedAt: true,
  creditsCharged: true,
  cached: true,
  apiKeyId: true,
} as const;
const OF_CUSTOMERS = { visitorKey: null, test: false, status: { not: 'pending' }, checkedAt: { not: null } } as const;
type CheckRow = Prisma.VerificationGetPayload<{ select: typeof JUDGED }>;

/** An answer from memory has the time of the answer it repeats. Of the two, the charged one comes first. */
export async function findJudgedCheck({ workspaceId }: Scope, question: AnswerQuestion): Promise<JudgedAddress | null> {
  const { normalized, checkedAt } = question;
  const row = await db().verification.findFirst({
    where: { workspaceId, normalized, ...OF_CUSTOMERS, ...(checkedAt && { checkedAt }) },
    orderBy: [{ checkedAt: 'desc' }, { creditsCharged: 'desc' }],
    select: JUDGED,
  });
  return row && toJudged(row);
}

export interface JudgedCheck extends JudgedAddress {
  normalized: string | null;
  cached: boolean;
}

export async function findJudgedById({ workspaceId }: Scope, verificationId: string): Promise<JudgedCheck | null> {
  const row = await db().verification.findFirst({ where: { id: verificationId, workspaceId, ...OF_CUSTOMERS }, select: JUDGED });
  const judged = row && toJudged(row);
  return judged && { ...judged, normalized: row.normalized, cached: row.cached };
}

function toJudged(row: CheckRow): JudgedAddress | null {
  const { id, email, canonical, status, reason, score, gradeBasis, checkedAt, creditsCharged, apiKeyId } = row;
  if (checkedAt === null) return null;
  const source = { verificationId: id, listId: null, row: null };
  const graded = { grade: storedGrade(row), gradeBasis };
  return { ...source, email, canonical, status, reason, score, ...graded, checkedAt, credits: creditsCharged, apiKeyId };
}

const ListAnswer = z.object({
  listId: z.string(),
  row: z.int(),
  email: z.string(),
  code: z.int(),
  score: z.int().nullable(),
  gradeBasis: z.int(),
  checkedAt: z.date(),
  credits: z.int(),
  apiKeyId: z.string().nullable(),
});

const LIST_ANSWER = Prisma.sql`r."listId", r."n" AS "row", r."email", r."reason" AS "code", r."score", r."gradeBasis", r."checkedAt", r."credits", l."apiKeyId"
  FROM "ListResult" r JOIN "List" l ON l."id" = r."listId"`;

export async function findJudgedRow({ workspaceId }: Scope, question: AnswerQuestion): Promise<JudgedAddress | null> {
  const { normalized, checkedAt } = question;
  const found = await queryRow(
    ListAnswer,
    Prisma.sql`
    SELECT ${LIST_ANSWER}
    WHERE r."workspaceId" = ${workspaceId} AND lower(r."email") = lower(${normalized} COLLATE "C") AND r."email" = ${normalized} AND NOT l."test"
      AND (${checkedAt === undefined} OR r."checkedAt" = ${checkedAt?.toISOString() ?? null}::timestamp)
    ORDER BY r."checkedAt" DESC, r."credits" DESC LIMIT 1`,
  );
  return found && fromList(found);
}

export async function findJudgedRowAt(
  { workspaceId }: Scope,
  { listId, row }: { listId: string; row: number },
): Promise<JudgedAddress | null> {
  const found = await queryRow(
    ListAnswer,
    Prisma.sql`
    SELECT ${LIST_ANSWER}
    WHERE r."listId" = ${listId} AND r."n" = ${row} AND r."workspaceId" = ${workspaceId} AND NOT l."test"`,
  );
  return found && fromList(found);
}

function fromList({ code, ...answer }: z.infer<typeof ListAnswer>): JudgedAddress {
  const parsed = parseAddress(answer.email);
  const reason = reasonOfCode(code);
  const canonical = parsed.ok ? parsed.address.canonical : null;
  return { ...answer, verificationId: null, canonical, reason, status: statusOf(reason), grade: gradeOfCode(code) };
}
