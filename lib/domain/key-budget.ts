// The monthly budget of an API key: whole credits, at least one; null is no budget.
import { KEY_BUDGET_MAX } from './limits';

export const isKeyBudget = (budget: number | null): boolean =>
  budget === null || (Number.isSafeInteger(budget) && budget >= 1 && budget <= KEY_BUDGET_MAX);

export const KEY_BUDGET_PROBLEM = `Use a whole number from 1 to ${KEY_BUDGET_MAX.toLocaleString('en')}, or leave it empty.`;
