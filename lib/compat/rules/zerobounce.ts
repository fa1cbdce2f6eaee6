// An address and a list in ZeroBounce v2's words: a status and a sub-status for each of our reasons, and its test addresses with the
// answers it gives them.
import type { ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import type { Reason } from '@/lib/verdict/verdict';
import { isStuck, type Outcome, partsOf } from './outcome';

const TEST_DOMAIN = 'example.com';

export function zeroBounceCodes({ email, reason, flags, test }: Outcome): ZeroBounceCodes {
  const { local, domain } = partsOf(email.trim());
  const asked = test && domain === TEST_DOMAIN ? ZEROBOUNCE_TEST_NAMES.get(local.toLowerCase()) : undefined;
  if (asked !== undefined) return asked;
  if (reason === 'catch_all' && flags.role === true) return ['do_not_mail', 'role_based_catch_all'];
  if (reason === 'mailbox_exists' && flags.tagged === true) return ['valid', 'alias_address'];
  return ZEROBOUNCE_CODES[reason];
}

/** Values that are not known here (names, places, the age of a domain) are null, as in ZeroBounce's answers if they don't know. */
export function zeroBounceAnswer(outcome: Outcome, processedAt: Date) {
  const [status, subStatus] = zeroBounceCodes(outcome);
  const { local, domain } = partsOf(outcome.email.trim());
  const isTestFree = outcome.test && domain === TEST_DOMAIN && local === 'free_email';
  return {
    address: outcome.email,
    status,
    sub_status: subStatus,
    free_email: isTestFree || outcome.flags.free === true,
    did_you_mean: outcome.didYouMean,
    account: local,
    domain,
    domain_age_days: null,
    active_in_days: null,
    smtp_provider: outcome.provider,
    // A string, as in their answers.
    mx_found: String(outcome.mxHost !== null),
    mx_record: outcome.mxHost,
    catchall_domain: outcome.flags.catch_all,
    firstname: null,
    lastname: null,
    gender: null,
    country: null,
    region: null,
    city: null,
    zipcode: null,
    processed_at: processedAt.toISOString().replace('T', ' ').replace('Z', ''),
  };
}

const FILE_STATUS: Readonly<Record<ListStatus, string>> = {
  uploading: 'Queued',
  parsing: 'Queued',
  ready: 'Queued',
  queued: 'Queued',
  running: 'Processing',
  paused: 'Processing',
  completed: 'Complete',
  cancelled: 'Complete',
  failed: 'Failed',
  expired: 'Deleted',
};

export const zeroBounceFileStatus = (list: ListView): string => (isStuck(list) ? 'Failed' : FILE_STATUS[list.status]);

/** `2026-11-09` as `11/9/2026`. */
export const zeroBounceDay = (day: string): string => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}/${day.slice(0, 4)}`;

/** Their clients read the time of an upload by a fixed pattern, to the second. */
export const zeroBounceMoment = (iso: string): string => `${iso.slice(0, 19)}Z`;

/** The body they post to `return_url` (zerobounce.net/docs, Send File v2), with a time like `10/20/2018 4:35:58 PM`. */
export const zeroBounceCallback = ({ id, name, file, createdAt }: ListView) => ({
  file_id: id,
  file_name: file.name ?? name,
  upload_date: `${zeroBounceDay(createdAt)} ${twelveHours(createdAt.slice(11, 19))}`,
});

function twelveHours(time: string): string {
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 || 12}${time.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** The columns that they add to those of a file. */
export const ZEROBOUNCE_COLUMNS = [
  'ZB Status',
  'ZB Sub Status',
  'ZB Account',
  'ZB Domain',
  'ZB First Name',
  'ZB Last Name',
  'ZB Gender',
  'ZB Free Email',
  'ZB MX Found',
  'ZB MX Record',
  'ZB SMTP Provider',
  'ZB Did You Mean',
] as const;

export function zeroBounceCells(outcome: Outcome): readonly (string | null)[] {
  const said = zeroBounceAnswer(outcome, new Date());
  const free = said.free_email ? 'True' : 'False';
  const unknownHere = [null, null, null];
  return [
    ...[said.status, said.sub_status, said.account, said.domain, ...unknownHere, free],
    ...[said.mx_found, said.mx_record, said.smtp_provider, said.did_you_mean],
  ];
}

export const ZEROBOUNCE_STATUSES = ['valid', 'invalid', 'catch-all', 'spamtrap', 'abuse', 'do_not_mail', 'unknown'] as const;
export type ZeroBounceStatus = (typeof ZEROBOUNCE_STATUSES)[number];

/** Without the empty sub-status. */
export const ZEROBOUNCE_SUB_STATUSES = [
  'alias_address',
  'leading_period_removed',
  'alternate',
  'gold',
  'accept_all',
  'role_based_accept_all',
  'allowed',
  'does_not_accept_mail',
  'failed_syntax_check',
  'possible_typo',
  'mailbox_not_found',
  'no_dns_entries',
  'mailbox_quota_exceeded',
  'unroutable_ip_address',
  'role_based',
  'disposable',
  'role_based_catch_all',
  'mx_forward',
  'global_suppression',
  'possible_trap',
  'toxic',
  'blocked',
  'antispam_system',
  'exception_occurred',
  'failed_smtp_connection',
  'forcible_disconnect',
  'greylisted',
  'mail_server_did_not_respond',
  'mail_server_temporary_error',
  'timeout_exceeded',
] as const;
export type ZeroBounceSubStatus = (typeof ZEROBOUNCE_SUB_STATUSES)[number] | '';

type ZeroBounceCodes = readonly [ZeroBounceStatus, ZeroBounceSubStatus];

export const ZEROBOUNCE_CODES: Readonly<Record<Reason, ZeroBounceCodes>> = {
  mailbox_exists: ['valid', ''],
  catch_all: ['catch-all', ''],
  disposable: ['do_not_mail', 'disposable'],
  role_account: ['do_not_mail', 'role_based'],
  mailbox_full: ['invalid', 'mailbox_quota_exceeded'],
  typo_domain: ['invalid', 'possible_typo'],
  blocklisted: ['do_not_mail', 'blocked'],
  mailbox_not_found: ['invalid', 'mailbox_not_found'],
  mailbox_disabled: ['invalid', 'mailbox_not_found'],
  syntax_invalid: ['invalid', 'failed_syntax_check'],
  provider_syntax: ['invalid', 'failed_syntax_check'],
  domain_not_found: ['invalid', 'no_dns_entries'],
  no_mx: ['invalid', 'no_dns_entries'],
  null_mx: ['invalid', 'does_not_accept_mail'],
  mx_unroutable: ['invalid', 'unroutable_ip_address'],
  greylisted: ['unknown', 'greylisted'],
  rate_limited: ['unknown', 'mail_server_temporary_error'],
  probe_blocked: ['unknown', 'antispam_system'],
  provider_unverifiable: ['unknown', 'antispam_system'],
  connect_failed: ['unknown', 'failed_smtp_connection'],
  no_response: ['unknown', 'mail_server_did_not_respond'],
  disconnected: ['unknown', 'forcible_disconnect'],
  timeout: ['unknown', 'timeout_exceeded'],
  temporary_failure: ['unknown', 'mail_server_temporary_error'],
  dns_temporary_error: ['unknown', 'exception_occurred'],
  smtp_protocol_error: ['unknown', 'exception_occurred'],
  ambiguous_reply: ['unknown', 'exception_occurred'],
  internal_error: ['unknown', 'exception_occurred'],
};

/** The names at example.com. */
export const ZEROBOUNCE_TEST_NAMES: ReadonlyMap<string, ZeroBounceCodes> = new Map<string, ZeroBounceCodes>([
  ['valid', ['valid', '']],
  ['free_email', ['valid', '']],
  ['leading_period_removed', ['valid', 'leading_period_removed']],
  ['gold', ['valid', 'gold']],
  ['invalid', ['invalid', 'mailbox_not_found']],
  ['does_not_accept_mail', ['invalid', 'does_not_accept_mail']],
  ['failed_syntax_check', ['invalid', 'failed_syntax_check']],
  ['mailbox_quota_exceeded', ['invalid', 'mailbox_quota_exceeded']],
  ['mailbox_not_found', ['invalid', 'mailbox_not_found']],
  ['no_dns_entries', ['invalid', 'no_dns_entries']],
  ['possible_typo', ['invalid', 'possible_typo']],
  ['unroutable_ip_address', ['invalid', 'unroutable_ip_address']],
  ['catch_all', ['catch-all', '']],
  ['spamtrap', ['spamtrap', '']],
  ['abuse', ['abuse', '']],
  ['donotmail', ['do_not_mail', 'role_based']],
  ['disposable', ['do_not_mail', 'disposable']],
  ['toxic', ['do_not_mail', 'toxic']],
  ['global_suppression', ['do_not_mail', 'global_suppression']],
  ['possible_trap', ['do_not_mail', 'possible_trap']],
  ['role_based', ['do_not_mail', 'role_based']],
  ['role_based_catch_all', ['do_not_mail', 'role_based_catch_all']],
  ['unknown', ['unknown', 'mail_server_temporary_error']],
  ['antispam_system', ['unknown', 'antispam_system']],
  ['exception_occurred', ['unknown', 'exception_occurred']],
  ['failed_smtp_connection', ['unknown', 'failed_smtp_connection']],
  ['forcible_disconnect', ['unknown', 'forcible_disconnect']],
  ['greylisted', ['unknown', 'greylisted']],
  ['mail_server_did_not_respond', ['unknown', 'mail_server_did_not_respond']],
  ['mail_server_temporary_error', ['unknown', 'mail_server_temporary_error']],
  ['timeout_exceeded', ['unknown', 'timeout_exceeded']],
]);
