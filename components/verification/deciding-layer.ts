// The layer, out of seven, that a verdict rests on. It is shown unfolded; the others are the way to it.
import type { LayerName, LayerReport } from '@/lib/verdict/evidence';
import type { Reason } from '@/lib/verdict/verdict';

/**
 * Reasons that only one layer can give. Other reasons, such as a timeout or a refusal of us, can come from any layer that asks a server.
 */
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

/** Null if no layer decided: the customer's own blocklist did, or the work has not ended. */
export function decidingLayer(reason: Reason | null, layers: readonly LayerReport[]): LayerName | null {
  if (reason === null || reason === 'blocklisted') return null;
  const named = BY_REASON[reason];
  if (named !== undefined) return layers.some(({ name }) => name === named) ? named : null;
  const doubtful = reason === 'typo_domain' ? 'warning' : 'unknown';
  return layers.find(({ status }) => status === doubtful)?.name ?? null;
}
