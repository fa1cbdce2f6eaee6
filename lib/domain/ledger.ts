// The words of the ledger: what an entry is, what caused it, and which grants are spent first.

export const ENTRY_KINDS = ['grant', 'capture', 'expire', 'refund'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const isEntryKind = (word: string): word is EntryKind => ENTRY_KINDS.some((kind) => kind === word);

/**
 * What moved the credits. A capture and a refund name the verification or the list that was answered; `refund` is money that
 * went back to the buyer.
 */
export const CAUSE_TYPES = ['verification', 'list', 'grant', 'purchase', 'plan', 'expiry', 'refund', 'adjustment'] as const;
export type CauseType = (typeof CAUSE_TYPES)[number];

export interface Cause {
  type: CauseType;
  /** Of the verification, the list, the grant …; null where there is nothing to point at. */
  id: string | null;
}

export const toCauseType = (word: string): CauseType => CAUSE_TYPES.find((type) => type === word) ?? 'adjustment';

/** Of grants that end at the same moment, or never, the lower is spent first: what was paid for lasts longest. */
export const GRANT_PRIORITY = { plan: 0, gift: 10, refund: 20, purchase: 30 } as const;

/** By the kind of a grant. A kind that is not here is a gift. */
const OF_KIND: Readonly<Record<string, { priority: number; causeType: CauseType }>> = {
  monthly: { priority: GRANT_PRIORITY.plan, causeType: 'plan' },
  plan: { priority: GRANT_PRIORITY.plan, causeType: 'plan' },
  purchase: { priority: GRANT_PRIORITY.purchase, causeType: 'purchase' },
  pack: { priority: GRANT_PRIORITY.purchase, causeType: 'purchase' },
};

export const grantDefaults = (kind: string): { priority: number; causeType: CauseType } =>
  Object.hasOwn(OF_KIND, kind) && OF_KIND[kind] ? OF_KIND[kind] : { priority: GRANT_PRIORITY.gift, causeType: 'grant' };
