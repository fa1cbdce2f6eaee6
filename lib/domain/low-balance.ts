// Below how many credits a workspace is warned.
import { LOW_BALANCE_SHARE } from './limits';
import { planOf } from './plans';

export interface LowMarkFacts {
  /** What the workspace chose; 0 is never, null leaves it to the default. */
  lowBelow: number | null;
  plan: string;
  /** Credits of the newest purchase; null without one. */
  lastPurchase: number | null;
}

/**
 * Chosen, or a tenth of what the plan brings a month. On the Free plan, a tenth of the newest purchase, and nothing where nothing was
 * ever bought: whoever tries us out wants no mail about the last ten of a hundred free credits.
 */
export const lowMark = ({ lowBelow, plan, lastPurchase }: LowMarkFacts): number => lowBelow ?? defaultLowMark(plan, lastPurchase);

function defaultLowMark(plan: string, lastPurchase: number | null): number {
  const { monthlyPriceCents, creditsAMonth } = planOf(plan);
  return Math.floor((monthlyPriceCents > 0 ? creditsAMonth : (lastPurchase ?? 0)) * LOW_BALANCE_SHARE);
}
