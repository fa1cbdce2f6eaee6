// Takes what became of mail to an address, told by the workspace that had it checked, and holds it against its latest final
// verdict. Promises that the same outcome told twice counts once, and that the address itself is not kept, only a keyed hash of
// the mailbox. Refuses outcomes of addresses that the workspace never had judged, and SMTP codes that do not exist.
import { createHmac } from 'node:crypto';
import { findLatestVerdict, findVerdict, insertFeedback, type JudgedAddress } from '@/lib/data/feedback';
import type { Scope } from '@/lib/data/scope';
import { parseAddress } from '@/lib/domain/address';
import { isFeedbackOutcome } from '@/lib/domain/feedback';
import { fail, ok, type Result } from '@/lib/errors';
import { authSecret } from './auth/auth-secret';

export interface RecordFeedback {
  /** One of the two says which address. */
  email?: string | undefined;
  verificationId?: string | undefined;
  outcome: string;
  /** Reply code of the bounce, if there was one. */
  smtpCode?: number | null | undefined;
}

export interface RecordedFeedback {
  verificationId: string;
  /** False where the same outcome of the same mailbox was told before. */
  recorded: boolean;
}

export async function recordFeedback(scope: Scope, input: RecordFeedback): Promise<Result<RecordedFeedback>> {
  const { outcome, smtpCode = null } = input;
  if (!isFeedbackOutcome(outcome)) return refuse('outcome', 'must be delivered, hard_bounce, soft_bounce or complaint');
  if (smtpCode !== null && !isReplyCode(smtpCode)) return refuse('smtp_code', 'must be a reply code from 200 to 599');
  if ((input.email === undefined) === (input.verificationId === undefined))
    return refuse('email', 'either this or verification_id says which address is meant');

  const verdict = await findJudged(scope, input);
  if (verdict === null) return fail('not_found', { detail: 'There is no final verdict on this address in this workspace.' });
  const recorded = await insertFeedback(scope, { verdict, addressKey: addressKeyOf(scope, verdict), outcome, smtpCode });
  return ok({ verificationId: verdict.verificationId, recorded });
}

async function findJudged(scope: Scope, { email, verificationId }: RecordFeedback): Promise<JudgedAddress | null> {
  if (verificationId !== undefined) return findVerdict(scope, verificationId);
  const parsed = parseAddress(email ?? '');
  return parsed.ok ? findLatestVerdict(scope, parsed.address.normalized) : null;
}

/** One key a mailbox and workspace; with the secret, so that a leaked table can't be searched for addresses. */
function addressKeyOf({ workspaceId }: Scope, { canonical, email }: JudgedAddress): string {
  return createHmac('sha256', authSecret())
    .update(`feedback:${workspaceId}:${canonical ?? email.toLowerCase()}`)
    .digest('base64url');
}

/** RFC 5321 4.2.1 */
const isReplyCode = (code: number): boolean => Number.isInteger(code) && code >= 200 && code <= 599;

const refuse = (field: string, problem: string) => fail('invalid_request', { fields: { [field]: problem } });
