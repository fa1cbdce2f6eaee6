// What is lost with an account, over all nouns, for the page with the button that deletes it.
import { getDeletionAt, listWorkspacesThatGo } from '@/lib/accounts/deletion';
import type { ClosingView, LossView } from '@/lib/accounts/rules/account';
import { PLANS } from '@/lib/accounts/rules/plans';
import { getPlan } from '@/lib/billing/overview';
import { getBalance } from '@/lib/credits/balance';
import { countBelongings } from './store/belongings';

export async function describeClosing(userId: string): Promise<ClosingView> {
  const workspaces = await listWorkspacesThatGo(userId);
  return { deletionAt: await getDeletionAt(userId), losses: await Promise.all(workspaces.map(describeLoss)) };
}

async function describeLoss({ workspaceId, name }: { workspaceId: string; name: string }): Promise<LossView> {
  const scope = { workspaceId };
  const [{ balance }, plan, { lists, keys }] = await Promise.all([getBalance(scope), getPlan(scope), countBelongings(scope)]);
  const isPaid = plan.state !== 'free' && plan.state !== 'elsewhere';
  return {
    workspaceId,
    name,
    credits: balance,
    plan: isPaid ? PLANS[plan.plan].name : null,
    paidUntil: isPaid && plan.state !== 'past_due' ? plan.periodEnd : null,
    lists,
    keys,
  };
}
