// Kickbox v2, and Emailable v1, which has the same eleven reasons: a result and a reason for each of ours. Also the names that Kickbox's
// test keys answer to.
import type { Reason } from '@/lib/verdict/verdict';

export type KickboxResult = 'deliverable' | 'undeliverable' | 'risky' | 'unknown';
export type KickboxReason =
  | 'accepted_email'
  | 'invalid_email'
  | 'invalid_domain'
  | 'rejected_email'
  | 'invalid_smtp'
  | 'low_quality'
  | 'low_deliverability'
  | 'no_connect'
  | 'timeout'
  | 'unavailable_smtp'
  | 'unexpected_error';
export type KickboxCodes = readonly [KickboxResult, KickboxReason];

export const KICKBOX_CODES: Readonly<Record<Reason, KickboxCodes>> = {
  mailbox_exists: ['deliverable', 'accepted_email'],
  catch_all: ['risky', 'low_deliverability'],
  disposable: ['risky', 'low_quality'],
  role_account: ['risky', 'low_quality'],
  mailbox_full: ['risky', 'low_deliverability'],
  typo_domain: ['undeliverable', 'invalid_domain'],
  blocklisted: ['risky', 'low_quality'],
  mailbox_not_found: ['undeliverable', 'rejected_email'],
  mailbox_disabled: ['undeliverable', 'rejected_email'],
  syntax_invalid: ['undeliverable', 'invalid_email'],
  provider_syntax: ['undeliverable', 'invalid_email'],
  domain_not_found: ['undeliverable', 'invalid_domain'],
  no_mx: ['undeliverable', 'invalid_domain'],
  null_mx: ['undeliverable', 'invalid_domain'],
  mx_unroutable: ['undeliverable', 'invalid_domain'],
  greylisted: ['unknown', 'unavailable_smtp'],
  rate_limited: ['unknown', 'unavailable_smtp'],
  probe_blocked: ['unknown', 'unavailable_smtp'],
  provider_unverifiable: ['unknown', 'unavailable_smtp'],
  connect_failed: ['unknown', 'no_connect'],
  no_response: ['unknown', 'no_connect'],
  disconnected: ['unknown', 'unavailable_smtp'],
  timeout: ['unknown', 'timeout'],
  temporary_failure: ['unknown', 'unavailable_smtp'],
  dns_temporary_error: ['unknown', 'timeout'],
  // Theirs is undeliverable, ours unknown; who leaves them expects their word.
  smtp_protocol_error: ['undeliverable', 'invalid_smtp'],
  ambiguous_reply: ['unknown', 'unexpected_error'],
  internal_error: ['unknown', 'unexpected_error'],
};

/** As the local part or its +tag. `insufficient-balance` asks for a refusal. */
export const KICKBOX_TEST_NAMES: ReadonlyMap<string, KickboxCodes> = new Map<string, KickboxCodes>([
  ['deliverable', ['deliverable', 'accepted_email']],
  ['did-you-mean', ['deliverable', 'accepted_email']],
  ['rejected-email', ['undeliverable', 'rejected_email']],
  ['invalid-domain', ['undeliverable', 'invalid_domain']],
  ['invalid-email', ['undeliverable', 'invalid_email']],
  ['invalid-smtp', ['undeliverable', 'invalid_smtp']],
  ['low-quality', ['risky', 'low_quality']],
  ['low-deliverability', ['risky', 'low_deliverability']],
  ['accept-all', ['risky', 'low_deliverability']],
  ['role', ['risky', 'low_quality']],
  ['disposable', ['risky', 'low_quality']],
  ['timeout', ['unknown', 'timeout']],
  ['unexpected-error', ['unknown', 'unexpected_error']],
  ['no-connect', ['unknown', 'no_connect']],
  ['unavailable-smtp', ['unknown', 'unavailable_smtp']],
]);

export const KICKBOX_TEST_NO_BALANCE = 'insufficient-balance';
