// Plans: what each costs and allows. Prices are US cents, credits are whole answers, rates are API requests a second.

export const PLANS = {
  free: { name: 'Free', monthlyPriceCents: 0, creditsAMonth: 100, apiRequestsASecond: 2 },
  starter: { name: 'Starter', monthlyPriceCents: 1_500, creditsAMonth: 5_000, apiRequestsASecond: 10 },
  professional: { name: 'Professional', monthlyPriceCents: 9_900, creditsAMonth: 50_000, apiRequestsASecond: 50 },
  business: { name: 'Business', monthlyPriceCents: 29_900, creditsAMonth: 250_000, apiRequestsASecond: 200 },
} as const;

export type PlanId = keyof typeof PLANS;

export const isPlanId = (word: string): word is PlanId => Object.hasOwn(PLANS, word);

/** The plan behind a stored word; an unknown word is the Free plan, never more. */
export const planOf = (word: string) => PLANS[isPlanId(word) ? word : 'free'];
