// How often somebody may try on the account pages, and what the attempts are counted by. Other limits are in
// lib/platform/limits.ts.

/**
 * Counted in this order: by client, by client and mail address together, and by mail address over all clients. The pair's limit
 * is well below the address's, so one client can't use that up. A browser that signed in to the account before has an allowance
 * of its own instead.
 */
export const ATTEMPT_LIMITS = {
  sign_in: {
    client: { points: 60, durationS: 900 },
    pair: { points: 10, durationS: 900 },
    email: { points: 100, durationS: 3_600 },
    device: { points: 10, durationS: 900 },
  },
  sign_up: {
    client: { points: 20, durationS: 3_600 },
    pair: { points: 4, durationS: 3_600 },
    email: { points: 12, durationS: 3_600 },
  },
  magic_link: {
    client: { points: 20, durationS: 3_600 },
    pair: { points: 4, durationS: 3_600 },
    email: { points: 12, durationS: 3_600 },
    device: { points: 5, durationS: 3_600 },
  },
  reset: {
    client: { points: 20, durationS: 3_600 },
    pair: { points: 4, durationS: 3_600 },
    email: { points: 12, durationS: 3_600 },
    device: { points: 5, durationS: 3_600 },
  },
  resend: {
    client: { points: 30, durationS: 3_600 },
    pair: { points: 4, durationS: 3_600 },
    email: { points: 12, durationS: 3_600 },
  },
  /** Pressing the button behind a mailed link. */
  mailed_link: { client: { points: 60, durationS: 900 } },
  /** Changes of an account that ask for its password; by the account's own address. */
  account_change: { client: { points: 60, durationS: 3_600 }, email: { points: 10, durationS: 900 } },
} as const satisfies Record<
  string,
  Partial<Record<'client' | 'pair' | 'email' | 'device', { points: number; durationS: number }>>
>;

/** How many accounts one browser is known to. */
export const ACCOUNTS_A_KNOWN_DEVICE = 10;
/** After its last sign-in; browsers keep no cookie longer. */
export const KNOWN_DEVICE_TTL_S = 400 * 24 * 3_600;
