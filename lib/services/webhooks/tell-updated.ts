// `verification.updated`: a check that the API had to answer with 202 is final. In the transaction that makes it so.
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { findVerification } from '@/lib/data/verifications';
import { toSummaryAnswer, toVerificationAnswer } from '@/lib/domain/verification-answer';
import { siteLink } from '@/lib/mail/site-link';
import { verificationSourceKey } from '../verification-keys';
import { toView } from '../verification-view';
import { emitEvent } from './emit-event';

export async function tellUpdated(scope: Scope, id: string, tx: Tx): Promise<void> {
  const row = await findVerification(scope, id, null, tx);
  const view = row && toView(row);
  if (!view || view.status === 'pending') return;
  const { valid, deliverable, risk_level } = toVerificationAnswer(view, view.status);
  const url = siteLink(`/v1/verifications/${id}`);
  const data = { ...toSummaryAnswer(view), valid, deliverable, risk_level, url };
  await emitEvent(scope, { type: 'verification.updated', sourceKey: verificationSourceKey(id), data, test: view.test }, tx);
}
