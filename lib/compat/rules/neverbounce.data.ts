// NeverBounce v4.2: a result and the flags for each of our reasons.
import type { FlagName, Reason } from '@/lib/verdict/verdict';

export type NeverBounceResult = 'valid' | 'invalid' | 'disposable' | 'catchall' | 'unknown';

export type NeverBounceFlag =
  | 'has_dns'
  | 'has_dns_mx'
  | 'bad_syntax'
  | 'free_email_host'
  | 'role_account'
  | 'disposable_email'
  | 'international_host'
  | 'spelling_mistake'
  | 'bad_dns'
  | 'temporary_dns_error'
  | 'connect_fails'
  | 'accepts_all'
  | 'contains_alias'
  | 'contains_subdomain'
  | 'smtp_connectable';

const DNS = ['has_dns', 'has_dns_mx'] as const;
const REACHED = [...DNS, 'smtp_connectable'] as const;

export const NEVERBOUNCE_CODES: Readonly<Record<Reason, { result: NeverBounceResult; flags: readonly NeverBounceFlag[] }>> = {
  mailbox_exists: { result: 'valid', flags: REACHED },
  catch_all: { result: 'catchall', flags: [...REACHED, 'accepts_all'] },
  disposable: { result: 'disposable', flags: [...DNS, 'disposable_email'] },
  role_account: { result: 'valid', flags: [...REACHED, 'role_account'] },
  mailbox_full: { result: 'invalid', flags: REACHED },
  typo_domain: { result: 'invalid', flags: ['spelling_mistake'] },
  blocklisted: { result: 'invalid', flags: [] },
  mailbox_not_found: { result: 'invalid', flags: REACHED },
  mailbox_disabled: { result: 'invalid', flags: REACHED },
  syntax_invalid: { result: 'invalid', flags: ['bad_syntax'] },
  provider_syntax: { result: 'invalid', flags: ['bad_syntax'] },
  domain_not_found: { result: 'invalid', flags: ['bad_dns'] },
  no_mx: { result: 'invalid', flags: ['has_dns'] },
  null_mx: { result: 'invalid', flags: DNS },
  mx_unroutable: { result: 'invalid', flags: ['bad_dns'] },
  greylisted: { result: 'unknown', flags: REACHED },
  rate_limited: { result: 'unknown', flags: DNS },
  probe_blocked: { result: 'unknown', flags: REACHED },
  provider_unverifiable: { result: 'unknown', flags: DNS },
  connect_failed: { result: 'unknown', flags: [...DNS, 'connect_fails'] },
  no_response: { result: 'unknown', flags: [...DNS, 'connect_fails'] },
  disconnected: { result: 'unknown', flags: REACHED },
  timeout: { result: 'unknown', flags: [] },
  temporary_failure: { result: 'unknown', flags: REACHED },
  dns_temporary_error: { result: 'unknown', flags: ['temporary_dns_error'] },
  smtp_protocol_error: { result: 'unknown', flags: DNS },
  ambiguous_reply: { result: 'unknown', flags: REACHED },
  internal_error: { result: 'unknown', flags: [] },
};

/** Flags of ours that are flags of theirs, whatever the result. */
export const NEVERBOUNCE_FLAGS: Readonly<Partial<Record<FlagName, NeverBounceFlag>>> = {
  catch_all: 'accepts_all',
  disposable: 'disposable_email',
  role: 'role_account',
  free: 'free_email_host',
  tagged: 'contains_alias',
  idn: 'international_host',
};
