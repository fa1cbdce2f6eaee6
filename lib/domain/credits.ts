// Which answers cost a credit and which are free: data, printed on the pricing page and served by the API.
import type { Reason } from './verdict';

export const CHARGED_REASONS = [
  'mailbox_exists',
  'mailbox_not_found',
  'mailbox_disabled',
  'mailbox_full',
  'disposable',
  'role_account',
  'typo_domain',
] as const satisfies readonly Reason[];

/** Credits one answer costs: 1 for a charged reason, 0 for every other. A null reason decided nothing and is free. */
export function creditsFor(reason: Reason | null): 0 | 1 {
  return CHARGED_REASONS.some((charged) => charged === reason) ? 1 : 0;
}
