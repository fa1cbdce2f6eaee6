// Starts one check: returns an answer from the workspace's memory if a recent one exists; otherwise creates the row, the hold of one
// credit and the job in one transaction, so that none exists without the others. An address on the workspace's blocklist is answered at
// once: memory says nothing about it, nothing is held, and nobody is asked. Never judges the address (a bad one gets a verdict, not
// an error), and stores it cut to its limit. Refuses if there is no credit, if the day's allowance of free answers is used up, or if the
// metadata is too large.
import { requireOpen } from '@/lib/accounts/deletion';
import { findBlocking, hasEntryColumn } from '@/lib/blocklist/blocklist';
import { blockedAnswer, entriesNaming } from '@/lib/blocklist/rules';
import { holdCredits, quietHold } from '@/lib/credits/holds';
import { isDecidedBySyntax } from '@/lib/credits/rules/free';
import { checkFreeAnswers, recordUsage, usageInsert } from '@/lib/credits/usage';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { ADDRESS_INPUT_MAX_CHARS, MEMORY_MAX_AGE_S, METADATA_MAX_BYTES } from '@/lib/platform/limits';
import { enqueue, jobCall } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import type { JsonValue } from '@/lib/verdict/evidence';
import { parseFlags } from '@/lib/verdict/stored';
import { toStorableText } from '@/lib/platform/db/rows';
import { testDelayMs } from '@/lib/verdict/test-answer';
import { isReason, type PolicyName } from '@/lib/verdict/verdict';
import { isHeardColumn } from '@/lib/webhooks/emit';
import type { VerificationSource, VerificationView } from '@/lib/verdict/verification';
import { gradeAddresses } from './grading';
import { completeUnasked, verificationJobKey, verificationSourceKey, tellCompleted } from './complete';
import { toKeptAddress, toView } from './read';
import {
  beginVerification,
  findRemembered,
  findVerification,
  type FromMemory,
  insertFromMemory,
  insertVerification,
  type NewVerification,
  repeatUntold,
} from './store/verifications';

export interface StartVerification {
  /** Chosen by a caller that must find the check again after a crash. The same id never starts twice. */
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
  /** For a test key: the address itself decides the answer, no mail host is asked, and nothing is charged. */
  test?: boolean | undefined;
}

const CREDITS_A_CHECK = 1;

export async function startVerification(scope: Scope, input: StartVerification): Promise<Result<VerificationView>> {
  const metadata = input.metadata ?? null;
  if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_MAX_BYTES) {
    return fail('invalid_request', { fields: { metadata: `must be at most ${METADATA_MAX_BYTES} bytes of JSON` } });
  }
  // Keys of a closing workspace are refused before they get here.
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
    blockedBy: knowsBlocklist(row) ? entriesNaming(row.email) : [],
  });
  if (found === null) return null;
  // Graded anew, so that outcomes reported in the meantime count.
  const address = { email: row.email, isRole: parseFlags(found.flags).role === true };
  const [graded = null] = found.reason === 'catch_all' ? await gradeAddresses(scope, [address]) : [];
  const repeated = { ...row, answerId: found.id, graded };
  const untold = await repeatQuietly(scope, repeated, found.reason);
  return untold === null ? inTransaction((tx) => repeatAnswer(scope, repeated, tx)) : ok(toView(untold));
}

/** Visitors and test keys know no blocklist. */
const knowsBlocklist = (row: NewVerification): boolean => row.source !== 'landing' && !row.test;

/** Uses one statement for an answer that nobody listens for. */
async function repeatQuietly(scope: Scope, row: FromMemory, reason: string | null): ReturnType<typeof repeatUntold> {
  const { source, apiKeyId } = row;
  if (source === 'landing' || reason === null || !isReason(reason)) return null;
  const rows = [{ apiKeyId, source, reason, answers: 1, credits: 0 }];
  return repeatUntold(scope, row, {
    isHeard: isHeardColumn(scope, 'verification.completed'),
    count: (after) => usageInsert(scope, { rows, after }),
  });
}

async function repeatAnswer(scope: Scope, row: FromMemory, tx: Tx): Promise<Result<VerificationView> | null> {
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

/** Usually one statement. No NOTIFY of ours: nobody can wait for an id that did not exist. The queue wakes its workers itself. */
async function startNewCheck(scope: Scope, row: NewVerification): Promise<Result<VerificationView>> {
  const delayMs = row.test ? testDelayMs(row.email) : 0;
  const runAt = delayMs > 0 ? { runAt: new Date(Date.now() + delayMs) } : {};
  const job = { payload: { verificationId: row.id }, options: { jobKey: verificationJobKey(row.id, 0), ...runAt } };
  const isCharged = row.source !== 'landing' && !row.test;
  const unless = hasEntryColumn(scope, entriesNaming(row.email));
  const mayBeFree = !isDecidedBySyntax(row.email);
  const hold = {
    amount: CREDITS_A_CHECK,
    sourceKey: verificationSourceKey(row.id),
    cause: { type: 'verification', id: row.id },
    apiKeyId: row.apiKeyId,
  } as const;
  const begun = await beginVerification(scope, row, {
    hold: isCharged ? quietHold(scope, { ...hold, staysOpen: false, mayBeFree, unless }) : null,
    job: jobCall('verify-address', job.payload, job.options),
  });
  if (begun !== null) return ok(toView(begun));
  return inTransaction(async (tx) => {
    const entry = await findBlocking(scope, row.email, tx);
    if (entry !== null) return answerBlocked(scope, { row, entry }, tx);
    const allowed = mayBeFree ? await checkFreeAnswers(scope, tx) : ok(null);
    if (!allowed.ok) return allowed;
    const held = await holdCredits(scope, hold, tx);
    if (!held.ok) return held;
    const inserted = await insertVerification(scope, row, tx);
    await enqueue('verify-address', job.payload, job.options, tx);
    return ok(toView(inserted));
  });
}

/** Final at once, at no charge. */
async function answerBlocked(
  scope: Scope,
  { row, entry }: { row: NewVerification; entry: string },
  tx: Tx,
): Promise<Result<VerificationView>> {
  await insertVerification(scope, row, tx);
  await completeUnasked(scope, { id: row.id, answer: blockedAnswer(row.email, entry) }, tx);
  const answered = await findVerification(scope, row.id, null, tx);
  return answered === null ? fail('not_found') : ok(toView(answered));
}
