// Starts one check: an answer from the workspace's memory where a young one exists, else the row, the hold of one credit and
// the job in one transaction, so that neither exists without the others. Promises never to judge the address (a bad one is a
// verdict, not an error) and to keep it cut to its limit. Refuses when there is no credit, and metadata that is too large.
import { insertFromMemory, insertVerification, findRemembered, type NewVerification } from '@/lib/data/verifications';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { addUsage } from '@/lib/data/usage';
import { parseAddress } from '@/lib/domain/address';
import type { JsonValue } from '@/lib/domain/layer';
import { MEMORY_MAX_AGE_S, METADATA_MAX_BYTES } from '@/lib/domain/limits';
import type { PolicyName } from '@/lib/domain/recommendation';
import { testDelayMs } from '@/lib/domain/test-answer';
import type { VerificationSource, VerificationView } from '@/lib/domain/verification-view';
import { fail, ok, type Result } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { enqueue } from '@/lib/queue/enqueue';
import { toKeptAddress } from './kept-address';
import { verificationJobKey, verificationSourceKey } from './verification-keys';
import { toView } from './verification-view';
import { holdCredits } from './ledger/hold-credits';

export interface StartVerification {
  /** Chosen by a caller that must find it again after a crash; the same id never starts twice. */
  id?: string | undefined;
  email: string;
  source: VerificationSource;
  /** HMAC of the visitor's cookie; only for `landing`. */
  visitorKey?: string | null | undefined;
  apiKeyId?: string | null | undefined;
  policy?: PolicyName | null | undefined;
  /** Oldest answer from memory that will do; 0 asks afresh. */
  maxAgeS?: number | null | undefined;
  metadata?: JsonValue | undefined;
  /** Of a test key: answered by the address itself, never asked of a mail host, never charged. */
  test?: boolean | undefined;
}

const CREDITS_A_CHECK = 1;

export async function startVerification(scope: Scope, input: StartVerification): Promise<Result<VerificationView>> {
  const metadata = input.metadata ?? null;
  if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_MAX_BYTES) {
    return fail('invalid_request', { fields: { metadata: `must be at most ${METADATA_MAX_BYTES} bytes of JSON` } });
  }
  const row: NewVerification = {
    id: input.id ?? newId('verification'),
    email: toKeptAddress(input.email),
    source: input.source,
    visitorKey: input.visitorKey ?? null,
    apiKeyId: input.apiKeyId ?? null,
    policy: input.policy ?? null,
    metadata,
    test: input.test ?? false,
  };
  return (await answerFromMemory(scope, row, input.maxAgeS ?? MEMORY_MAX_AGE_S)) ?? askAfresh(scope, row);
}

async function answerFromMemory(scope: Scope, row: NewVerification, maxAgeS: number): Promise<Result<VerificationView> | null> {
  const parsed = parseAddress(row.email);
  if (!parsed.ok || row.test || maxAgeS <= 0) return null;
  const answerId = await findRemembered(scope, {
    normalized: parsed.address.normalized,
    visitorKey: row.visitorKey,
    maxAgeS: Math.min(maxAgeS, MEMORY_MAX_AGE_S),
  });
  return answerId === null ? null : inTransaction((tx) => repeatAnswer(scope, { ...row, answerId }, tx));
}

async function repeatAnswer(
  scope: Scope,
  row: NewVerification & { answerId: string },
  tx: Tx,
): Promise<Result<VerificationView> | null> {
  const remembered = await insertFromMemory(scope, row, tx);
  if (remembered === null) return null;
  const view = toView(remembered);
  const { source, apiKeyId } = row;
  if (source !== 'landing' && view.reason !== null)
    await addUsage(scope, [{ apiKeyId, source, reason: view.reason, answers: 1, credits: 0 }], tx);
  return ok(view);
}

function askAfresh(scope: Scope, row: NewVerification): Promise<Result<VerificationView>> {
  return inTransaction(async (tx) => {
    if (row.source !== 'landing' && !row.test) {
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
