// Outcomes that customers tell of addresses we judged, and what was given back for them. Promises one row a workspace, address and
// outcome, however often it is told, and that an address is kept only as the key its caller made of it. The tally over all
// workspaces holds no address and no owner.
import type { BounceCode } from '@/lib/domain/bounce-code';
import type { ScoreTally } from '@/lib/domain/calibration';
import type { FeedbackOutcome } from '@/lib/domain/feedback';
import { codesOfStatus } from '@/lib/domain/reason-codes';
import { newId } from '@/lib/ids';
import { db, type Tx } from './_client';
import type { JudgedAddress } from './judged-addresses';
import type { Scope } from './scope';

export interface NewFeedback {
  verdict: JudgedAddress;
  addressKey: string;
  outcome: FeedbackOutcome;
  code: BounceCode | null;
}

/** False when this outcome of this address was told before. */
export async function insertFeedback({ workspaceId }: Scope, feedback: NewFeedback, tx: Tx = db()): Promise<boolean> {
  const { verificationId, listId, status, reason, score } = feedback.verdict;
  const { addressKey, outcome, code } = feedback;
  const codes = { smtpCode: code?.reply ?? null, enhanced: code?.enhanced ?? null };
  const row = {
    id: newId('feedback'),
    workspaceId,
    verificationId,
    listId,
    addressKey,
    status,
    reason,
    score,
    outcome,
    ...codes,
  };
  const { count } = await tx.feedback.createMany({ data: [row], skipDuplicates: true });
  return count > 0;
}

export interface ToldOutcome {
  credits: number;
  /** Of the last refund. */
  refundedAt: Date | null;
}

/** What came of an outcome that was told of a mailbox; null where it was not told. */
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

/** Notes a refund, with the code and the answer that it was given for. */
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
  /** Of the list: what its deliverables cost, and what was given back of it. */
  list: { charged: number; refunded: number };
  /** Given back to the workspace since then. */
  refunded: number;
}

/** What was given back already. Exact with the balance row locked. */
export async function sumRefunds(
  { workspaceId }: Scope,
  { listId, since }: { listId: string | null; since: Date },
  tx: Tx,
): Promise<RefundSums> {
  const [sums] = await tx.$queryRaw<{ charged: number; ofList: number; refunded: number }[]>`
    SELECT
      (SELECT COALESCE(SUM("credits"), 0)::int FROM "ListTally"
        WHERE "listId" = ${listId} AND "reason" = ANY(${[...codesOfStatus('deliverable')]}::smallint[])) AS "charged",
      (SELECT COALESCE(SUM("credits"), 0)::int FROM "Feedback" WHERE "listId" = ${listId} AND "workspaceId" = ${workspaceId}) AS "ofList",
      (SELECT COALESCE(SUM("credits"), 0)::int FROM "Feedback"
        WHERE "workspaceId" = ${workspaceId} AND "refundedAt" >= ${since.toISOString()}::timestamp) AS "refunded"`;
  const { charged, ofList, refunded } = sums ?? { charged: 0, ofList: 0, refunded: 0 };
  return { list: { charged, refunded: ofList }, refunded };
}

/**
 * Over all workspaces, how many outcomes each score had and how many of them were no hard bounce. Where a workspace told several
 * of one address, the last that decides it counts; soft bounces decide nothing.
 */
export function tallyByScore(): Promise<ScoreTally[]> {
  return db().$queryRaw<ScoreTally[]>`
    SELECT "score", COUNT(*)::int AS "count", COUNT(*) FILTER (WHERE "outcome" <> 'hard_bounce')::int AS "took"
    FROM (
      SELECT DISTINCT ON ("workspaceId", "addressKey") "score", "outcome" FROM "Feedback"
      WHERE "score" IS NOT NULL AND "outcome" <> 'soft_bounce'
      ORDER BY "workspaceId", "addressKey", "createdAt" DESC, "outcome" = 'hard_bounce' DESC
    ) AS "last"
    GROUP BY "score" ORDER BY "score"`;
}
