// GET /v1/verifications and GET /v1/verifications/{id}. A test key reads the answers of test keys, a live key the real ones;
// everything else reads as missing.
import 'server-only';
import { toSummaryAnswer, toVerificationAnswer } from '@/lib/domain/verification-answer';
import { AppError } from '@/lib/errors';
import { isVerificationId, listQuerySchema } from '@/lib/schemas/verification-request';
import { getVerification } from '@/lib/services/get-verification';
import { listVerifications } from '@/lib/services/list-verifications';
import { answer, type ApiAnswer, type ApiCall } from './api-route';
import { parseQuery } from './parse-input';
import { toProgressAnswer } from './pending-answer';

export async function readVerification({ holder, param }: ApiCall): Promise<ApiAnswer> {
  const id = param('id');
  if (!isVerificationId(id)) throw new AppError('not_found');
  const found = await getVerification(holder.scope, id);
  if (!found.ok) throw found.error;
  const view = found.value;
  if (view.test !== (holder.mode === 'test')) throw new AppError('not_found');
  return answer(200, view.status === 'pending' ? toProgressAnswer(view) : toVerificationAnswer(view, view.status));
}

export async function readVerifications({ holder, request }: ApiCall): Promise<ApiAnswer> {
  const query = parseQuery(listQuerySchema, request.url);
  const page = await listVerifications(holder.scope, { ...query, test: holder.mode === 'test' });
  return answer(200, { data: page.items.map(toSummaryAnswer), next_cursor: page.nextCursor });
}
