// Starts one check: an answer from the workspace's memory where a recent one exists, else the row, the hold of one credit and
// the job in one transaction, so that none exists without the others. Promises never to judge the address (a bad one gets a
// verdict, not an error) and to keep it cut to its limit. Refuses when there is no credit, when the day's allowance of free
// answers is used up, and metadata that is too large.
import { requireOpen } from '@/lib/accounts/closing';
import { holdCredits } from '@/lib/credits/holds';
import { isDecidedBySyntax } from '@/lib/credits/rules/free';
import { checkFreeAnswers, recordUsage } from '@/lib/credits/usage';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { ADDRESS_INPUT_MAX_CHARS, MEMORY_MAX_AGE_S, METADATA_MAX_BYTES } from '@/lib/platform/limits';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import type { JsonValue } from '@/lib/verdict/evidence';
import { parseFlags } from '@/lib/verdict/stored';
import { toStorableText } from '@/lib/platform/storable-text';
import { testDelayMs } from '@/lib/verdict/test-answer';
import type { PolicyName } from '@/lib/verdict/verdict';
import type { VerificationSource, VerificationView } from '@/lib/verdict/verification';
import { gradeAddresses } from './grading';
import { verificationJobKey, verificationSourceKey } from './keys';
import { toKeptAddress } from './kept-address';
import { toView } from './read';
import { findRemembered, insertFromMemory, insertVerification, type NewVerification } from './store/verifications';
import { tellCompleted } from './tell';

export interface StartVerification {
  /** Chosen by a caller that must find it again after a crash; the same id never starts twice. */
  id?: string | undefined;
  email: string;
  source: VerificationSource;
  /** HMAC of the visitor's cookie; only for `landing`. */
  visitorKey?: string | null | undefined;
  /** The counters of the visitor's allowance that this check was taken from. */
  freeCounters?: readonly string[] | undefined;
  apiKeyId?: string | null | undefined;
  policy?: PolicyName | null | undefined;
  /** Maximum age of an answer from memory; 0 never uses memory. */
  maxAgeS?: number | null | undefined;
  metadata?: JsonValue | undefined;
  /** A test key's: the address itself decides the answer, no mail host is asked, nothing is charged. */
  test?: boolean | undefined;
}

const CREDITS_A_CHECK = 1;

export async function startVerification(scope: Scope, input: StartVerification): Promise<Result<VerificationView>> {
  const metadata = input.metadata ?? null;
  if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_MAX_BYTES) {
    return fail('invalid_request', { fields: { metadata: `must be at most ${METADATA_MAX_BYTES} bytes of JSON` } });
  }
  // A closing workspace's keys are refused before they get here.
  const open = input.source === 'app' ? await requireOpen(scope) : ok(null);
  if (!open.ok) return open;
  const email = toKeptAddress(input.email);
  const given = toStorableText(input.email.slice(0, ADDRESS_INPUT_MAX_CHARS), '\ufffd');
  const row: NewVerification = {
    id: input.id ?? newId('verification'),
    email,
    input: given === email ? null : given,
    source: input.source,
    visitorKey: input.visitorKey ?? null,
    freeCounters: input.freeCounters ?? [],
    apiKeyId: input.apiKeyId ?? null,
    policy: input.policy ?? null,
    metadata,
    test: input.test ?? false,
  };
  return (await answerFromMemory(scope, row, input.maxAgeS ?? MEMORY_MAX_AGE_S)) ?? startNewCheck(scope, row);
}

async function answerFromMemory(scope: Scope, row: NewVerification, maxAgeS: number): Promise<Result<VerificationView> | null> {
  const parsed = parseAddress(row.email);
  if (!parsed.ok || row.test || maxAgeS <= 0) return null;
  const found = await findRemembered(scope, {
    normalized: parsed.address.normalized,
    visitorKey: row.visitorKey,
    maxAgeS: Math.min(maxAgeS, MEMORY_MAX_AGE_S),
  });
  if (found === null) return null;
  // Graded anew: what was reported in the meantime counts.
  const address = { email: row.email, isRole: parseFlags(found.flags).role === true };
  const [graded = null] = found.reason === 'catch_all' ? await gradeAddresses(scope, [address]) : [];
  return inTransaction((tx) => repeatAnswer(scope, { ...row, answerId: found.id, graded }, tx));
}

async function repeatAnswer(
  scope: Scope,
  row: Parameters<typeof insertFromMemory>[1],
  tx: Tx,
): Promise<Result<VerificationView> | null> {
  const remembered = await insertFromMemory(scope, row, tx);
  if (remembered === null) return null;
  const view = toView(remembered);
  const { source, apiKeyId } = row;
  if (source !== 'landing' && view.reason !== null) {
    const entries = [{ apiKeyId, source, reason: view.reason, answers: 1, credits: 0 }];
    await recordUsage(scope, { entries, wereAsked: false }, tx);
  }
  if (source !== 'landing') await tellCompleted(scope, view, tx);
  return ok(view);
}

function startNewCheck(scope: Scope, row: NewVerification): Promise<Result<VerificationView>> {
  return inTransaction(async (tx) => {
    if (row.source !== 'landing' && !row.test) {
      const allowed = isDecidedBySyntax(row.email) ? ok(null) : await checkFreeAnswers(scope, tx);
      if (!allowed.ok) return allowed;
      const held = await holdCredits(
        scope,
        {
          amount: CREDITS_A_CHECK,
          sourceKey: verificationSourceKey(row.id),
          cause: { type: 'verification', id: row.id },
          apiKeyId: row.apiKeyId,
        },
        tx,
      );
      if (!held.ok) return held;
    }
    const inserted = await insertVerification(scope, row, tx);
    const delayMs = row.test ? testDelayMs(row.email) : 0;
    const runAt = delayMs > 0 ? { runAt: new Date(Date.now() + delayMs) } : {};
    // No NOTIFY of ours: nobody can wait for an id that did not exist. The queue wakes its workers itself.
    await enqueue('verify-address', { verificationId: row.id }, { jobKey: verificationJobKey(row.id, 0), ...runAt }, tx);
    return ok(toView(inserted));
  });
}
