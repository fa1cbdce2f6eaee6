// What other services call each of our reasons, as their public documentation named it when it was read. A reason without its words does
// not compile. Several reasons can share a word of theirs; where they have none, the nearest is given.
import type { Reason } from '@/lib/verdict/verdict';

interface OtherWords {
  /** status/sub_status */
  zerobounce: string;
  /** result, and flags behind it */
  neverbounce: string;
  /** result/reason; Emailable uses the same words as state/reason */
  kickbox: string;
  /** is_reachable, and the field that tells */
  reacher: string;
}

export const OTHER_WORDS: Record<Reason, OtherWords> = {
  mailbox_exists: { zerobounce: 'valid', neverbounce: 'valid', kickbox: 'deliverable/accepted_email', reacher: 'safe' },
  catch_all: {
    zerobounce: 'catch-all',
    neverbounce: 'catchall',
    kickbox: 'risky/low_deliverability',
    reacher: 'risky (is_catch_all)',
  },
  disposable: {
    zerobounce: 'do_not_mail/disposable',
    neverbounce: 'disposable',
    kickbox: 'risky/low_quality (disposable)',
    reacher: 'risky (is_disposable)',
  },
  role_account: {
    zerobounce: 'do_not_mail/role_based',
    neverbounce: 'valid (role_account)',
    kickbox: 'risky/low_quality (role)',
    reacher: 'risky (is_role_account)',
  },
  mailbox_full: {
    zerobounce: 'invalid/mailbox_quota_exceeded',
    neverbounce: 'invalid',
    kickbox: 'risky/low_deliverability',
    reacher: 'risky (has_full_inbox)',
  },
  typo_domain: {
    zerobounce: 'invalid/possible_typo',
    neverbounce: 'invalid (spelling_mistake)',
    kickbox: 'undeliverable/invalid_domain',
    reacher: 'invalid',
  },
  blocklisted: { zerobounce: 'do_not_mail', neverbounce: 'invalid', kickbox: 'risky/low_quality', reacher: 'risky' },
  mailbox_not_found: {
    zerobounce: 'invalid/mailbox_not_found',
    neverbounce: 'invalid',
    kickbox: 'undeliverable/rejected_email',
    reacher: 'invalid (is_deliverable)',
  },
  mailbox_disabled: {
    zerobounce: 'invalid/mailbox_not_found',
    neverbounce: 'invalid',
    kickbox: 'undeliverable/rejected_email',
    reacher: 'invalid (is_disabled)',
  },
  syntax_invalid: {
    zerobounce: 'invalid/failed_syntax_check',
    neverbounce: 'invalid (bad_syntax)',
    kickbox: 'undeliverable/invalid_email',
    reacher: 'invalid (is_valid_syntax)',
  },
  provider_syntax: {
    zerobounce: 'invalid/failed_syntax_check',
    neverbounce: 'invalid (bad_syntax)',
    kickbox: 'undeliverable/invalid_email',
    reacher: 'invalid',
  },
  domain_not_found: {
    zerobounce: 'invalid/no_dns_entries',
    neverbounce: 'invalid (bad_dns)',
    kickbox: 'undeliverable/invalid_domain',
    reacher: 'invalid (accepts_mail)',
  },
  no_mx: {
    zerobounce: 'invalid/no_dns_entries',
    neverbounce: 'invalid (has_dns)',
    kickbox: 'undeliverable/invalid_domain',
    reacher: 'invalid',
  },
  null_mx: {
    zerobounce: 'invalid/does_not_accept_mail',
    neverbounce: 'invalid (has_dns_mx)',
    kickbox: 'undeliverable/invalid_domain',
    reacher: 'invalid',
  },
  mx_unroutable: {
    zerobounce: 'invalid/unroutable_ip_address',
    neverbounce: 'invalid (bad_dns)',
    kickbox: 'undeliverable/invalid_domain',
    reacher: 'invalid',
  },
  greylisted: {
    zerobounce: 'unknown/greylisted',
    neverbounce: 'unknown',
    kickbox: 'unknown/unavailable_smtp',
    reacher: 'unknown',
  },
  rate_limited: {
    zerobounce: 'unknown/antispam_system',
    neverbounce: 'unknown',
    kickbox: 'unknown/unavailable_smtp',
    reacher: 'unknown',
  },
  probe_blocked: {
    zerobounce: 'unknown/antispam_system',
    neverbounce: 'unknown',
    kickbox: 'unknown/unavailable_smtp',
    reacher: 'unknown',
  },
  provider_unverifiable: {
    zerobounce: 'unknown/antispam_system',
    neverbounce: 'unknown',
    kickbox: 'unknown/unavailable_smtp',
    reacher: 'unknown',
  },
  connect_failed: {
    zerobounce: 'unknown/failed_smtp_connection',
    neverbounce: 'unknown (connect_fails)',
    kickbox: 'unknown/no_connect',
    reacher: 'unknown (can_connect_smtp)',
  },
  no_response: {
    zerobounce: 'unknown/mail_server_did_not_respond',
    neverbounce: 'unknown (connect_fails)',
    kickbox: 'unknown/no_connect',
    reacher: 'unknown',
  },
  disconnected: {
    zerobounce: 'unknown/forcible_disconnect',
    neverbounce: 'unknown',
    kickbox: 'unknown/unavailable_smtp',
    reacher: 'unknown',
  },
  timeout: { zerobounce: 'unknown/timeout_exceeded', neverbounce: 'unknown', kickbox: 'unknown/timeout', reacher: 'unknown' },
  temporary_failure: {
    zerobounce: 'unknown/mail_server_temporary_error',
    neverbounce: 'unknown',
    kickbox: 'unknown/unavailable_smtp',
    reacher: 'unknown',
  },
  dns_temporary_error: {
    zerobounce: 'unknown/exception_occurred',
    neverbounce: 'unknown (temporary_dns_error)',
    kickbox: 'unknown/timeout',
    reacher: 'unknown',
  },
  smtp_protocol_error: {
    zerobounce: 'unknown/exception_occurred',
    neverbounce: 'unknown',
    kickbox: 'undeliverable/invalid_smtp',
    reacher: 'unknown',
  },
  ambiguous_reply: {
    zerobounce: 'unknown/exception_occurred',
    neverbounce: 'unknown',
    kickbox: 'unknown/unavailable_smtp',
    reacher: 'unknown',
  },
  internal_error: {
    zerobounce: 'unknown/exception_occurred',
    neverbounce: 'unknown',
    kickbox: 'unknown/unexpected_error',
    reacher: 'unknown',
  },
};

export type Vocabulary = keyof OtherWords;
