// A check over HTTP: started and then waited for as long as the client allows and stays connected; the answer while it is pending; and its
// live stream. The work continues when the wait ends, and a request that is resumed after a crash never starts a second check.
import 'server-only';
import type { ApiPost } from '@/lib/accounts/web/api-post';
import { env } from '@/lib/platform/env';
import { AppError, type ErrorCode, ERRORS } from '@/lib/platform/errors';
import { followAsStream, type Followed } from '@/lib/platform/http/follow';
import type { Scope } from '@/lib/platform/scope';
import type { JsonValue } from '@/lib/verdict/evidence';
import { testError, type TestError } from '@/lib/verdict/test-answer';
import type { PolicyName } from '@/lib/verdict/verdict';
import type { VerificationView, VerificationSummary } from '@/lib/verdict/verification';
import type { PendingAnswer, ProgressAnswer } from '@/lib/verdict/verification-schema';
import { tellTestEvent } from '@/lib/webhooks/emit';
import type { EmittedEventType } from '@/lib/webhooks/rules';
import { isVerificationId } from '../api';
import { type Answered, awaitAnswer, findAskedBefore, getVerification, promiseUpdate, watchVerification } from '../read';
import { startVerification } from '../start';

/** The error code for each test word, and the event that such a refusal may trigger. */
const TEST_ERRORS: Record<TestError, { code: ErrorCode; event?: EmittedEventType }> = {
  'http-402': { code: 'insufficient_credits', event: 'credits.low' },
  'http-402-budget': { code: 'budget_exceeded', event: 'budget.exceeded' },
  'http-429': { code: 'rate_limited' },
  'http-503': { code: 'unavailable' },
};

type Post = Pick<ApiPost<unknown>, 'holder' | 'request' | 'receivedAt' | 'resourceId' | 'isResumed'>;

export interface OneToVerify {
  email: string;
  timeoutMs: number;
  policy?: PolicyName | undefined;
  maxAgeS?: number | undefined;
  metadata?: JsonValue | undefined;
  /** Continues a check of the same address by the same key that was not ready in time, if it is no older than this. */
  askedWithinMs?: number | undefined;
}

export async function verifyOne(post: Post, wanted: OneToVerify): Promise<Answered> {
  const { holder, request, receivedAt } = post;
  if (holder.mode === 'test') await refuseAsAsked(post, wanted.email);
  const found = await findStarted(post, wanted);
  const patience = { timeoutMs: Math.max(0, receivedAt + wanted.timeoutMs - Date.now()), signal: request.signal };
  const isOver = found !== null && found.status !== 'pending';
  const begin = found === null ? () => start(post, wanted) : undefined;
  const id = found?.id ?? post.resourceId;
  const waited = isOver ? { view: found, available: null } : await awaitAnswer(holder.scope, id, patience, begin);
  const view = await promiseUpdate(holder.scope, waited.view);
  return view === waited.view ? waited : { view, available: null };
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

/** With a test key, some addresses ask for an error, and for the event that accompanies it. */
async function refuseAsAsked({ holder, resourceId }: Post, email: string): Promise<void> {
  const error = testError(email);
  if (error === null) return;
  const { code, event } = TEST_ERRORS[error];
  if (event !== undefined) await tellTestEvent(holder.scope, event, resourceId);
  const { status } = ERRORS[code];
  const retry = status === 402 ? {} : { retryAfterS: 1 };
  throw new AppError(code, { detail: `A test key was used: the address asks for this ${status}.`, ...retry });
}

// Answers while a check is pending: where to ask again, and what is known so far.
export const toPendingAnswer = ({ id, input }: VerificationSummary): PendingAnswer => ({
  id,
  input,
  status: 'pending',
  poll_url: `${env().APP_URL}/v1/verifications/${id}`,
});

export const toProgressAnswer = (view: VerificationView): ProgressAnswer => ({
  ...toPendingAnswer(view),
  email: view.email,
  layers: view.layers,
  retry_at: view.retryAt,
  test: view.test,
  metadata: view.metadata,
  created_at: view.createdAt,
});

export interface Watched extends Pick<Followed<VerificationView>, 'untilSignedOut'> {
  scope: Scope;
  id: string;
  /** For a visitor's check: that visitor's key. */
  visitorKey?: string;
}

export async function verificationEvents(
  request: Request,
  { scope, id, visitorKey, untilSignedOut }: Watched,
): Promise<Response> {
  if (!isVerificationId(id)) throw new AppError('not_found');
  return followAsStream<VerificationView>(request, {
    of: { verification: id },
    watch: (watcher) => watchVerification(scope, id, { visitorKey, ...watcher }),
    tell: (view, stream) => {
      stream.send('verification', view);
      if (view.status !== 'pending') stream.finish();
    },
    untilSignedOut,
  });
}
