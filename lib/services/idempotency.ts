// Does a request that carries an Idempotency-Key once. Promises: of equal requests at once one works and the others are told
// so; one that has its 2xx answer is answered the same again; a refused one leaves no trace and is judged afresh; one that
// died on the way goes on with the very id it had begun with, so that nothing is made or charged twice. Refuses a key that
// was used for another request.
import {
  abandonClaim,
  claimKey,
  dropClaim,
  findRecord,
  storeAnswer,
  type Claim,
  type HeldClaim,
  type StoredAnswer,
} from '@/lib/data/idempotency';
import type { Scope } from '@/lib/data/scope';
import { IDEMPOTENCY_STALE_MS, IDEMPOTENCY_TTL_MS } from '@/lib/domain/limits';
import { AppError } from '@/lib/errors';

export type { Claim, StoredAnswer } from '@/lib/data/idempotency';

export interface Attempt {
  /** Id to make, or to go on with. */
  resourceId: string;
  /** An earlier attempt may have made it already. */
  isResumed: boolean;
}

export interface WorkDone {
  answer: StoredAnswer;
  /** The client left before the end: the answer is not kept, a retry waits for the true one. */
  isUnfinished: boolean;
}

export interface AnsweredOnce {
  answer: StoredAnswer;
  isReplayed: boolean;
}

const TIMES = { staleMs: IDEMPOTENCY_STALE_MS, ttlMs: IDEMPOTENCY_TTL_MS };
/** A record can go between the claim and the look, when its request is refused. */
const MAX_LOOKS = 3;

/** Throws what the work throws, and `idempotency_in_progress` or `idempotency_mismatch`. */
export async function answerOnce(
  scope: Scope,
  claim: Claim,
  work: (attempt: Attempt) => Promise<WorkDone>,
): Promise<AnsweredOnce> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const held = await claimKey(scope, claim, TIMES);
    if (held !== null) {
      const { resourceId } = held;
      return workOn(scope, held, () => work({ resourceId, isResumed: resourceId !== claim.resourceId }));
    }
    const record = await findRecord(scope, claim.key);
    if (record === null) continue;
    if (record.requestHash !== claim.requestHash) throw new AppError('idempotency_mismatch');
    if (record.answer === null) break;
    return { answer: record.answer, isReplayed: true };
  }
  throw new AppError('idempotency_in_progress', { retryAfterS: 1 });
}

async function workOn(scope: Scope, claim: HeldClaim, work: () => Promise<WorkDone>): Promise<AnsweredOnce> {
  try {
    const { answer, isUnfinished } = await work();
    if (isUnfinished) await abandonClaim(scope, claim);
    else await storeAnswer(scope, claim, answer);
    return { answer, isReplayed: false };
  } catch (error) {
    // After a failure of our own nobody knows how far it came, so its id stays with the key. When the record can't be written
    // either, it goes stale by itself.
    const isRefusal = error instanceof AppError && error.status < 500;
    await (isRefusal ? dropClaim : abandonClaim)(scope, claim).catch(() => undefined);
    throw error;
  }
}
