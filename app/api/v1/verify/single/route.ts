// Starts a check and waits for its answer while the client is connected, up to the client's timeout. The work goes on after the wait ends,
// and a request that is resumed after a crash never starts a second check.
import { apiPost, type ApiPost } from '@/lib/accounts/web/api-post';
import { answer, type ApiAnswer, apiCalls } from '@/lib/accounts/web/api-route';
import { getBalance } from '@/lib/credits/balance';
import type { PublicAnswer } from '@/lib/verdict/verification-schema';
import { toVerificationAnswer, type VerificationView } from '@/lib/verdict/verification';
import type { SingleRequest } from '@/lib/verifications/api';
import { verifySingle as operation } from '@/lib/verifications/operations';
import { toPendingAnswer, verifyOne } from '@/lib/verifications/web/verify-one';

async function verifySingle(post: ApiPost<SingleRequest>): Promise<ApiAnswer> {
  const { holder, body } = post;
  const { email, timeout_ms: timeoutMs, policy, max_age_s: maxAgeS, metadata } = body;
  const { view, available: known } = await verifyOne(post, { email, timeoutMs, policy, maxAgeS, metadata });
  if (holder.mode === 'pub') return answer(view.status === 'pending' ? 202 : 200, toPublicAnswer(view));
  const available = known ?? (await getBalance(holder.scope)).available;
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

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiPost(operation, verifySingle));
