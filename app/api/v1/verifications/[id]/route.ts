// A test key reads the answers to test keys, a live key the real ones. Everything else answers "not found".
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { AppError } from '@/lib/platform/errors';
import { toVerificationAnswer } from '@/lib/verdict/verification';
import { getVerification as operation } from '@/lib/verifications/operations';
import { isVerificationId } from '@/lib/verifications/api';
import { getVerification } from '@/lib/verifications/read';
import { toProgressAnswer } from '@/lib/verifications/web/verify-one';

async function readVerification({ holder, param }: ApiCall): Promise<ApiAnswer> {
  const id = param('id');
  if (!isVerificationId(id)) throw new AppError('not_found');
  const found = await getVerification(holder.scope, id);
  if (!found.ok) throw found.error;
  const view = found.value;
  if (view.test !== (holder.mode === 'test')) throw new AppError('not_found');
  return answer(200, view.status === 'pending' ? toProgressAnswer(view) : toVerificationAnswer(view, view.status));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, readVerification));
