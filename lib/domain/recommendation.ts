// What to do with an address: the workspace's policy turns a verdict into a recommendation. Presets are data; an entry
// for a reason overrides the entry for its status.
import type { FinalStatus, Reason } from './verdict';
import { statusOf } from './verdict';

export const RECOMMENDATIONS = ['send', 'review', 'do_not_send', 'retry'] as const;
export type Recommendation = (typeof RECOMMENDATIONS)[number];

interface Policy {
  byStatus: Record<FinalStatus, Recommendation>;
  byReason: Partial<Record<Reason, Recommendation>>;
}

const SIGNUP: Policy = {
  byStatus: { deliverable: 'send', risky: 'review', unknown: 'send', undeliverable: 'do_not_send' },
  byReason: { accept_all: 'send', disposable: 'do_not_send', blocklisted: 'do_not_send' },
};

export const POLICIES = {
  signup: SIGNUP,
  transactional: { ...SIGNUP, byReason: { ...SIGNUP.byReason, role_account: 'send' } },
  newsletter: {
    byStatus: { deliverable: 'send', risky: 'do_not_send', unknown: 'retry', undeliverable: 'do_not_send' },
    byReason: { accept_all: 'review', role_account: 'review' },
  },
  cold: {
    byStatus: { deliverable: 'send', risky: 'review', unknown: 'review', undeliverable: 'do_not_send' },
    byReason: { disposable: 'do_not_send', typo_domain: 'do_not_send', blocklisted: 'do_not_send' },
  },
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof POLICIES;
export const POLICY_NAMES = ['signup', 'transactional', 'newsletter', 'cold'] as const satisfies readonly PolicyName[];
export const DEFAULT_POLICY: PolicyName = 'newsletter';

export const isPolicyName = (word: string): word is PolicyName => Object.hasOwn(POLICIES, word);

/** The recommendation for a final reason under a policy. A null reason (nothing was decided) reads as unknown. */
export function recommend(reason: Reason | null, policyName: PolicyName): Recommendation {
  const policy: Policy = POLICIES[policyName];
  if (reason === null) return policy.byStatus.unknown;
  return policy.byReason[reason] ?? policy.byStatus[statusOf(reason)];
}
