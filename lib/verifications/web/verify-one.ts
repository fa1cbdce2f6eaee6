// One check of a call with a key: started, and waited for as long as the client allows, or stays connected. Promises that the work
// goes on when the wait ends, and that a request which is resumed after a crash never starts a second check.
import 'server-only';
import type { ApiPost } from '@/lib/accounts/web/api-post';
import { AppError, type ErrorCode } from '@/lib/platform/errors';
import type { JsonValue } from '@/lib/verdict/evidence';
import { testHttpStatus } from '@/lib/verdict/test-answer';
import type { PolicyName } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';
import { awaitVerification, findAskedBefore, getVerification, promiseUpdate } from '../read';
import { startVerification } from '../start';

const TEST_ERRORS: Record<402 | 429 | 503, ErrorCode> = { 402: 'insufficient_credits', 429: 'rate_limited', 503: 'unavailable' };

type Post = Pick<ApiPost<unknown>, 'holder' | 'request' | 'receivedAt' | 'resourceId' | 'isResumed'>;

export interface OneToVerify {
  email: string;
  timeoutMs: number;
  policy?: PolicyName | undefined;
  maxAgeS?: number | undefined;
  metadata?: JsonValue | undefined;
  /** A check of the same address by the same key that was not ready in time, if it is no older than this, is gone on with. */
  askedWithinMs?: number | undefined;
}

export async function verifyOne(post: Post, wanted: OneToVerify): Promise<VerificationView> {
  const { holder, request, receivedAt } = post;
  if (holder.mode === 'test') refuseAsAsked(wanted.email);
  const started = (await findStarted(post, wanted)) ?? (await start(post, wanted));
  const patience = { timeoutMs: Math.max(0, receivedAt + wanted.timeoutMs - Date.now()), signal: request.signal };
  const waited = started.status === 'pending' ? await awaitVerification(holder.scope, started.id, patience) : started;
  return promiseUpdate(holder.scope, waited);
}

async function findStarted(
  { holder, resourceId, isResumed }: Post,
  { email, askedWithinMs }: OneToVerify,
): Promise<VerificationView | null> {
  const resumed = isResumed ? await getVerification(holder.scope, resourceId) : null;
  if (resumed?.ok === true) return resumed.value;
  if (askedWithinMs === undefined) return null;
  const since = Date.now() - askedWithinMs;
  return findAskedBefore(holder.scope, { email, apiKeyId: holder.keyId, test: holder.mode === 'test', since });
}

async function start({ holder, resourceId }: Post, wanted: OneToVerify): Promise<VerificationView> {
  const { email, policy, maxAgeS, metadata } = wanted;
  const started = await startVerification(holder.scope, {
    id: resourceId,
    email,
    source: 'api',
    apiKeyId: holder.keyId,
    policy,
    maxAgeS,
    metadata,
    test: holder.mode === 'test',
  });
  if (!started.ok) throw started.error;
  return started.value;
}

/** With a test key, some addresses ask for an error. */
function refuseAsAsked(email: string): void {
  const status = testHttpStatus(email);
  if (status === null) return;
  const retry = status === 402 ? {} : { retryAfterS: 1 };
  throw new AppError(TEST_ERRORS[status], { detail: `A test key was used: the address asks for this ${status}.`, ...retry });
}
