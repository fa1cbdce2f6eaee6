// The plans of a workspace: what each costs and allows. Prices are in US cents, credits are whole answers, and `verifyingCalls` are the
// API calls that do more than read. `keeps` is what a workspace may store at once: lists, their rows, and their bytes (counted as in
// lib/lists/rules/storage.ts). A list that is never started is deleted after `unstartedListDays`. For `freeAnswersADay` see
// lib/credits/rules/free.ts. How plans are bought and paid is in lib/billing/rules/offers.ts.

const MB = 1024 * 1024;
const GB = 1024 * MB;

export const PLANS = {
  free: {
    name: 'Free',
    monthlyPriceCents: 0,
    yearlyPriceCents: 0,
    creditsAMonth: 100,
    verifyingCalls: { aSecond: 2, burst: 20 },
    keeps: { lists: 10, rows: 100_000, bytes: 50 * MB },
    unstartedListDays: 7,
    freeAnswersADay: 2_000,
  },
  starter: {
    name: 'Starter',
    monthlyPriceCents: 1_500,
    yearlyPriceCents: 14_400,
    creditsAMonth: 5_000,
    verifyingCalls: { aSecond: 10, burst: 100 },
    keeps: { lists: 50, rows: 1_000_000, bytes: 500 * MB },
    unstartedListDays: 30,
    freeAnswersADay: 50_000,
  },
  professional: {
    name: 'Professional',
    monthlyPriceCents: 9_900,
    yearlyPriceCents: 95_040,
    creditsAMonth: 50_000,
    verifyingCalls: { aSecond: 50, burst: 500 },
    keeps: { lists: 200, rows: 10_000_000, bytes: 5 * GB },
    unstartedListDays: 30,
    freeAnswersADay: 500_000,
  },
  business: {
    name: 'Business',
    monthlyPriceCents: 29_900,
    yearlyPriceCents: 287_040,
    creditsAMonth: 250_000,
    verifyingCalls: { aSecond: 200, burst: 2_000 },
    keeps: { lists: 1_000, rows: 50_000_000, bytes: 25 * GB },
    unstartedListDays: 30,
    freeAnswersADay: 2_500_000,
  },
} as const;

export type PlanId = keyof typeof PLANS;
/** From the smallest to the largest. */
export const PAID_PLANS = ['starter', 'professional', 'business'] as const satisfies readonly PlanId[];
export type PaidPlanId = (typeof PAID_PLANS)[number];

export const isPlanId = (word: string): word is PlanId => Object.hasOwn(PLANS, word);
export const isPaidPlanId = (word: string): word is PaidPlanId => PAID_PLANS.some((id) => id === word);

/** The plan behind a stored word. An unknown word means the Free plan, never more. */
export const planOf = (word: string) => PLANS[isPlanId(word) ? word : 'free'];
