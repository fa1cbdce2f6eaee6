import { expect, test } from 'vitest';
import { lowMark } from './ledger';

test.each([
  { why: 'what was chosen wins', facts: { lowBelow: 7, plan: 'business', lastPurchase: null }, mark: 7 },
  { why: 'never was chosen', facts: { lowBelow: 0, plan: 'business', lastPurchase: null }, mark: 0 },
  { why: 'a tenth of the plan’s month', facts: { lowBelow: null, plan: 'starter', lastPurchase: 100_000 }, mark: 500 },
  { why: 'Free: a tenth of the newest purchase', facts: { lowBelow: null, plan: 'free', lastPurchase: 2_000 }, mark: 200 },
  { why: 'Free without a purchase is left in peace', facts: { lowBelow: null, plan: 'free', lastPurchase: null }, mark: 0 },
  { why: 'a plan that is gone is Free', facts: { lowBelow: null, plan: 'gold', lastPurchase: null }, mark: 0 },
])('$why', ({ facts, mark }) => expect(lowMark(facts)).toBe(mark));
