// GET /v1/credits: what can be spent now, what running work holds, and the plan.
import 'server-only';
import { isPlanId } from '@/lib/domain/plans';
import { getBalance } from '@/lib/services/ledger/get-balance';
import { answer, type ApiAnswer, type ApiCall } from './api-route';

export async function readCredits({ holder }: ApiCall): Promise<ApiAnswer> {
  const { available, held } = await getBalance(holder.scope);
  return answer(200, { available, held, plan: isPlanId(holder.plan) ? holder.plan : 'free' });
}
