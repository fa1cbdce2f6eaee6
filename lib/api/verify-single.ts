// POST /v1/verify/single: starts the check and waits for its answer as long as the client allows, or stays. Promises that the
// work goes on when the wait ends, and that a request which is resumed after a crash never starts a second check.
import 'server-only';
import { testHttpStatus } from '@/lib/domain/test-answer';
import type { VerificationView } from '@/lib/domain/verification-view';
import { toVerificationAnswer } from '@/lib/domain/verification-answer';
import { AppError, type ErrorCode } from '@/lib/errors';
import type { SingleRequest } from '@/lib/schemas/verification-request';
import { awaitVerification } from '@/lib/services/await-verification';
import { getVerification } from '@/lib/services/get-verification';
import { promiseUpdate } from '@/lib/services/promise-update';
import { getBalance } from '@/lib/services/ledger/get-balance';
import { startVerification } from '@/lib/services/start-verification';
import type { ApiPost } from './api-post';
import { answer, type ApiAnswer } from './api-route';
import { toPendingAnswer } from './pending-answer';

const TEST_ERRORS: Record<402 | 429 | 503, ErrorCode> = { 402: 'insufficient_credits', 429: 'rate_limited', 503: 'unavailable' };

export async function verifySingle(post: ApiPost<SingleRequest>): Promise<ApiAnswer> {
  const { holder, body, request, receivedAt } = post;
  if (holder.mode === 'test') refuseAsAsked(body.email);
  const started = (post.isResumed ? await findStarted(post) : null) ?? (await start(post));
  const patience = { timeoutMs: Math.max(0, receivedAt + body.timeout_ms - Date.now()), signal: request.signal };
  const waited = started.status === 'pending' ? await awaitVerification(holder.scope, started.id, patience) : started;
  const view = await promiseUpdate(holder.scope, waited);
  const { available } = await getBalance(holder.scope);
  const headers = { 'X-Credits-Charged': String(view.creditsCharged), 'X-Credits-Remaining': String(available) };
  if (view.status === 'pending') return answer(202, toPendingAnswer(view), headers);
  return answer(200, toVerificationAnswer(view, view.status), headers);
}

async function findStarted({ holder, resourceId }: ApiPost<SingleRequest>): Promise<VerificationView | null> {
  const found = await getVerification(holder.scope, resourceId);
  return found.ok ? found.value : null;
}

async function start({ holder, body, resourceId }: ApiPost<SingleRequest>): Promise<VerificationView> {
  const started = await startVerification(holder.scope, {
    id: resourceId,
    email: body.email,
    source: 'api',
    apiKeyId: holder.keyId,
    policy: body.policy,
    maxAgeS: body.max_age_s,
    metadata: body.metadata,
    test: holder.mode === 'test',
  });
  if (!started.ok) throw started.error;
  return started.value;
}

function refuseAsAsked(email: string): void {
  const status = testHttpStatus(email);
  if (status === null) return;
  const retry = status === 402 ? {} : { retryAfterS: 1 };
  throw new AppError(TEST_ERRORS[status], { detail: `A test key was used: the address asks for this ${status}.`, ...retry });
}
