// Final answers to an address of a workspace, from single checks and rows of lists alike, as outcomes of mail are held against them.
// Answers of test keys, of test lists and of visitors are none.
import { parseAddress } from '@/lib/domain/address';
import { reasonOfCode } from '@/lib/domain/reason-codes';
import { statusOf } from '@/lib/domain/verdict';
import { Prisma } from './_prisma/client';
import { db } from './_client';
import type { Scope } from './scope';

/** The verdict that an outcome is held against: of a single check, or of a row of a list. */
export interface JudgedAddress {
  verificationId: string | null;
  listId: string | null;
  row: number | null;
  email: string;
  canonical: string | null;
  status: string;
  reason: string | null;
  score: number | null;
  checkedAt: Date;
  /** What it cost; 0 of an answer that was repeated from memory. */
  credits: number;
  apiKeyId: string | null;
}

/** Which answer to an address is meant: the newest, or the one of a moment. */
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
  checkedAt: true,
  creditsCharged: true,
  cached: true,
  apiKeyId: true,
} as const;
const OF_CUSTOMERS = { visitorKey: null, test: false, status: { not: 'pending' }, checkedAt: { not: null } } as const;
type CheckRow = Prisma.VerificationGetPayload<{ select: typeof JUDGED }>;

/** An answer from memory has the moment of the one it repeats: of the two, the one that was charged comes first. */
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
  const { id, email, canonical, status, reason, score, checkedAt, creditsCharged, apiKeyId } = row;
  if (checkedAt === null) return null;
  const source = { verificationId: id, listId: null, row: null };
  return { ...source, email, canonical, status, reason, score, checkedAt, credits: creditsCharged, apiKeyId };
}

interface ListAnswer extends Omit<JudgedAddress, 'verificationId' | 'canonical' | 'status' | 'reason'> {
  code: number;
}

const LIST_ANSWER = Prisma.sql`r."listId", r."n" AS "row", r."email", r."reason" AS "code", r."score", r."checkedAt", r."credits", l."apiKeyId"
  FROM "ListResult" r JOIN "List" l ON l."id" = r."listId"`;

export async function findJudgedRow({ workspaceId }: Scope, question: AnswerQuestion): Promise<JudgedAddress | null> {
  const { normalized, checkedAt } = question;
  const rows = await db().$queryRaw<ListAnswer[]>`
    SELECT ${LIST_ANSWER}
    WHERE r."workspaceId" = ${workspaceId} AND r."email" = ${normalized} AND NOT l."test"
      AND (${checkedAt === undefined} OR r."checkedAt" = ${checkedAt?.toISOString() ?? null}::timestamp)
    ORDER BY r."checkedAt" DESC, r."credits" DESC LIMIT 1`;
  return rows[0] ? fromList(rows[0]) : null;
}

export async function findJudgedRowAt(
  { workspaceId }: Scope,
  { listId, row }: { listId: string; row: number },
): Promise<JudgedAddress | null> {
  const rows = await db().$queryRaw<ListAnswer[]>`
    SELECT ${LIST_ANSWER}
    WHERE r."listId" = ${listId} AND r."n" = ${row} AND r."workspaceId" = ${workspaceId} AND NOT l."test"`;
  return rows[0] ? fromList(rows[0]) : null;
}

function fromList({ code, ...answer }: ListAnswer): JudgedAddress {
  const parsed = parseAddress(answer.email);
  const reason = reasonOfCode(code);
  const canonical = parsed.ok ? parsed.address.canonical : null;
  return { ...answer, verificationId: null, canonical, reason, status: statusOf(reason) };
}
