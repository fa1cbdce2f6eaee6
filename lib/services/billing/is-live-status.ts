// Whether a subscription runs, by Stripe's word for it: paid, or waiting for a payment that is late.

const LIVE = ['active', 'trialing', 'past_due', 'unpaid'];

export const isLiveStatus = (status: string | null | undefined): boolean => LIVE.some((word) => word === status);
