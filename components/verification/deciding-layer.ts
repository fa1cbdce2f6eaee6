// Which of the seven layers a verdict rests on: the one that is shown open, with the others as the way to it.
import type { LayerName, LayerReport } from '@/lib/verdict/evidence';
import type { Reason } from '@/lib/verdict/verdict';

/** Reasons that only one layer can give. What time or a refusal of us left open may be any layer that asks somebody. */
const BY_REASON: Partial<Record<Reason, LayerName>> = {
  mailbox_exists: 'smtp',
  mailbox_not_found: 'smtp',
  mailbox_disabled: 'smtp',
  mailbox_full: 'smtp',
  catch_all: 'catch_all',
  disposable: 'disposable',
  role_account: 'role',
  syntax_invalid: 'syntax',
  provider_syntax: 'syntax',
  domain_not_found: 'domain',
  no_mx: 'mx',
  null_mx: 'mx',
  mx_unroutable: 'mx',
};

/** Null where no layer did: the customer's own blocklist, or work that has not ended. */
export function decidingLayer(reason: Reason | null, layers: readonly LayerReport[]): LayerName | null {
  if (reason === null || reason === 'blocklisted') return null;
  const named = BY_REASON[reason];
  if (named !== undefined) return layers.some(({ name }) => name === named) ? named : null;
  const doubtful = reason === 'typo_domain' ? 'warning' : 'unknown';
  return layers.find(({ status }) => status === doubtful)?.name ?? null;
}
