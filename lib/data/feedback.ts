// Outcomes that customers tell of addresses we judged, and the verdicts they are held against. Promises one row a workspace,
// address and outcome, however often it is told, and that an address is kept only as the key its caller made of it. Refuses to
// count answers of test keys and of visitors. The tally over all workspaces holds no address and no owner.
import type { FeedbackOutcome } from '@/lib/domain/feedback';
import type { ScoreTally } from '@/lib/domain/calibration';
import { newId } from '@/lib/ids';
import { db } from './_client';
import type { Scope } from './scope';

/** The verdict that an outcome is held against. */
export interface JudgedAddress {
  verificationId: string;
  email: string;
  canonical: string | null;
  status: string;
  reason: string | null;
  score: number | null;
}

export interface NewFeedback {
  verdict: JudgedAddress;
  addressKey: string;
  outcome: FeedbackOutcome;
  smtpCode: number | null;
}

const JUDGED = { id: true, email: true, canonical: true, status: true, reason: true, score: true } as const;
const OF_CUSTOMERS = { visitorKey: null, test: false, status: { not: 'pending' } } as const;

/** The newest final verdict on an address in normal form. */
export async function findLatestVerdict({ workspaceId }: Scope, normalized: string): Promise<JudgedAddress | null> {
  const row = await db().verification.findFirst({
    where: { workspaceId, normalized, ...OF_CUSTOMERS },
    orderBy: { checkedAt: 'desc' },
    select: JUDGED,
  });
  return row && toJudged(row);
}

export async function findVerdict({ workspaceId }: Scope, verificationId: string): Promise<JudgedAddress | null> {
  const row = await db().verification.findFirst({ where: { id: verificationId, workspaceId, ...OF_CUSTOMERS }, select: JUDGED });
  return row && toJudged(row);
}

const toJudged = ({ id, ...verdict }: Omit<JudgedAddress, 'verificationId'> & { id: string }): JudgedAddress => ({
  verificationId: id,
  ...verdict,
});

/** False when this outcome of this address was told before. */
export async function insertFeedback({ workspaceId }: Scope, feedback: NewFeedback): Promise<boolean> {
  const { verificationId, status, reason, score } = feedback.verdict;
  const { addressKey, outcome, smtpCode } = feedback;
  const row = { id: newId('feedback'), workspaceId, verificationId, addressKey, status, reason, score, outcome, smtpCode };
  const { count } = await db().feedback.createMany({ data: [row], skipDuplicates: true });
  return count > 0;
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
