// What webhooks hear of a check's end, in the transaction that makes it final. `verification.completed` is told of each check that a
// person or a program of the workspace asked for, also of one that memory answered; `verification.updated` only where the API
// had to answer with 202. Promises that a check whose end nobody listens to costs one statement.
import type { Tx } from '@/lib/platform/db/transaction';
import { siteLink } from '@/lib/platform/mail/compose';
import type { Scope } from '@/lib/platform/scope';
import { toSummaryAnswer, toVerificationAnswer, type VerificationView } from '@/lib/verdict/verification';
import { emitEvent } from '@/lib/webhooks/emit';
import type { WebhookData } from '@/lib/webhooks/event-data';
import { toView } from './read';
import { findVerification } from './store/verifications';

type EndedData = WebhookData<'verification.completed'>;

export interface Ended {
  id: string;
  toldPending: boolean;
  isHeard: boolean;
}

export async function tellEnd(scope: Scope, { id, toldPending, isHeard }: Ended, tx: Tx): Promise<void> {
  if (!toldPending && !isHeard) return;
  const row = await findVerification(scope, id, null, tx);
  if (row === null) return;
  const view = toView(row);
  await tellCompleted(scope, view, tx);
  const data = endedData(view);
  if (!toldPending || data === null) return;
  await emitEvent(scope, { type: 'verification.updated', sourceKey: verificationSourceKey(id), data, test: view.test }, tx);
}

export async function tellCompleted(scope: Scope, view: VerificationView, tx: Tx): Promise<void> {
  const data = endedData(view);
  if (data === null) return;
  await emitEvent(scope, { type: 'verification.completed', sourceKey: completedEventKey(view.id), data, test: view.test }, tx);
}

/** Null: it is pending. */
function endedData(view: VerificationView): EndedData | null {
  if (view.status === 'pending') return null;
  const { valid, deliverable, risk_level } = toVerificationAnswer(view, view.status);
  return { ...toSummaryAnswer(view), valid, deliverable, risk_level, url: siteLink(`/v1/verifications/${view.id}`) };
}

// The keys of a check in the queue and the ledger: the same check never has two jobs for one attempt or wait, and never two
// charges.

/** `attempt`: how many were made before; `waits`: how often it waited for our own limits. */
export const verificationJobKey = (id: string, attempt: number, waits = 0): string =>
  `verify:${id}${attempt === 0 ? '' : `:${attempt}`}${waits === 0 ? '' : `:w${waits}`}`;

export const verificationSourceKey = (id: string): string => `verification:${id}`;

/** Of the event `verification.completed`; `verification.updated` has the key of the check itself. */
const completedEventKey = (id: string): string => `verification:${id}:completed`;
