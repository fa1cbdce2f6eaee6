// Takes what became of mail to an address, told by the workspace that had it checked, and holds it against its verdict. Promises that
// the same outcome told twice counts once, that the address itself is not kept, only a keyed hash of the mailbox, and that a hard
// bounce of a deliverable gives back what was paid, within the bounds of refund-bounce.ts; whether it did, and why not, is said.
// Refuses outcomes of addresses that the workspace never had judged, and codes that no server gives.
import { insertFeedback } from '@/lib/data/feedback';
import type { JudgedAddress } from '@/lib/data/judged-addresses';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { parseBounceCode } from '@/lib/domain/bounce-code';
import { isFeedbackOutcome } from '@/lib/domain/feedback';
import { refusalOf } from '@/lib/domain/refund-reason';
import { fail, ok, type Result } from '@/lib/errors';
import { addressKeyOf } from './address-key';
import { findJudged, type JudgedTarget } from './find-judged';
import { refundBounce, type Refund } from './refund-bounce';

export interface RecordFeedback {
  /** Which answer is meant. */
  target: JudgedTarget;
  outcome: string;
  /** What the server gave as the code of the bounce, if there was one. */
  smtpCode?: string | number | null | undefined;
}

export interface RecordedFeedback extends Pick<JudgedAddress, 'verificationId' | 'listId' | 'row'> {
  /** False where the same outcome of the same mailbox was told before. */
  recorded: boolean;
  refund: Refund;
}

export async function recordFeedback(scope: Scope, input: RecordFeedback, now = new Date()): Promise<Result<RecordedFeedback>> {
  const { target, outcome, smtpCode = null } = input;
  if (!isFeedbackOutcome(outcome)) return refuse('outcome', 'must be delivered, hard_bounce, soft_bounce or complaint');
  const code = smtpCode === null ? null : parseBounceCode(smtpCode);
  if (code === null && smtpCode !== null)
    return refuse('smtp_code', 'must begin with a reply code like 550, or a status code like 5.1.1');

  const verdict = await findJudged(scope, target);
  if (verdict === null) return fail('not_found', { detail: 'There is no final verdict on this address in this workspace.' });
  const told = { verdict, addressKey: addressKeyOf(scope, verdict), outcome, code };
  const refusal = refusalOf({ ...verdict, outcome, code }, now);
  const done =
    refusal === null
      ? await inTransaction((tx) => refundBounce(scope, told, tx))
      : { recorded: await insertFeedback(scope, told), refund: { credits: 0, reason: refusal } };
  const { verificationId, listId, row } = verdict;
  return ok({ verificationId, listId, row, ...done });
}

const refuse = (field: string, problem: string) => fail('invalid_request', { fields: { [field]: problem } });
