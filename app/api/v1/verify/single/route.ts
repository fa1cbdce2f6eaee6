// Starts a check, and waits for its answer as long as the client allows, or stays connected. Promises that the work goes on
// when the wait ends, and that a request which is resumed after a crash never starts a second check.
import { apiPost, type ApiPost } from '@/lib/accounts/web/api-post';
import { answer, type ApiAnswer, apiCalls } from '@/lib/accounts/web/api-route';
import { getBalance } from '@/lib/credits/balance';
import { AppError, type ErrorCode, ERRORS } from '@/lib/platform/errors';
import { testError, type TestError } from '@/lib/verdict/test-answer';
import type { PublicAnswer } from '@/lib/verdict/verification-schema';
import { toVerificationAnswer, type VerificationView } from '@/lib/verdict/verification';
import type { SingleRequest } from '@/lib/verifications/api';
import { verifySingle as operation } from '@/lib/verifications/operations';
import { toPendingAnswer } from '@/lib/verifications/web/api';
import { verifyOne } from '@/lib/verifications/web/verify-one';
import type { EmittedEventType } from '@/lib/webhooks/rules';
import { tellTestEvent } from '@/lib/webhooks/test-event';

/** What each stands for, and the event that such a refusal may come with. */
const TEST_ERRORS: Record<TestError, { code: ErrorCode; event?: EmittedEventType }> = {
  'http-402': { code: 'insufficient_credits', event: 'credits.low' },
  'http-402-budget': { code: 'budget_exceeded', event: 'budget.exceeded' },
  'http-429': { code: 'rate_limited' },
  'http-503': { code: 'unavailable' },
};

async function verifySingle(post: ApiPost<SingleRequest>): Promise<ApiAnswer> {
  const { holder, body } = post;
  const { email, timeout_ms: timeoutMs, policy, max_age_s: maxAgeS, metadata } = body;
  if (holder.mode === 'test') await refuseAsAsked(post);
  const view = await verifyOne(post, { email, timeoutMs, policy, maxAgeS, metadata });
  if (holder.mode === 'pub') return answer(view.status === 'pending' ? 202 : 200, toPublicAnswer(view));
  const { available } = await getBalance(holder.scope);
  const headers = { 'X-Credits-Charged': String(view.creditsCharged), 'X-Credits-Remaining': String(available) };
  if (view.status === 'pending') return answer(202, toPendingAnswer(view), headers);
  return answer(200, toVerificationAnswer(view, view.status), headers);
}

const toPublicAnswer = ({ status, reason, didYouMean, recommendation }: VerificationView): PublicAnswer => ({
  status,
  reason,
  did_you_mean: didYouMean,
  recommendation,
});

/** With a test key, some addresses ask for an error, and for the event that comes with it. */
async function refuseAsAsked({ holder, body, resourceId }: ApiPost<SingleRequest>): Promise<void> {
  const error = testError(body.email);
  if (error === null) return;
  const { code, event } = TEST_ERRORS[error];
  if (event !== undefined) await tellTestEvent(holder.scope, event, resourceId);
  const { status } = ERRORS[code];
  const retry = status === 402 ? {} : { retryAfterS: 1 };
  throw new AppError(code, { detail: `A test key was used: the address asks for this ${status}.`, ...retry });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiPost(operation, verifySingle));
