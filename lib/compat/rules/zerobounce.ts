// An address and a list in the words of ZeroBounce v2.
import type { ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { isStuck, type Outcome, partsOf } from './outcome';
import { ZEROBOUNCE_CODES, ZEROBOUNCE_TEST_NAMES, type ZeroBounceCodes } from './zerobounce.data';

const TEST_DOMAIN = 'example.com';

export function zeroBounceCodes({ email, reason, flags, test }: Outcome): ZeroBounceCodes {
  const { local, domain } = partsOf(email.trim());
  const asked = test && domain === TEST_DOMAIN ? ZEROBOUNCE_TEST_NAMES.get(local.toLowerCase()) : undefined;
  if (asked !== undefined) return asked;
  if (reason === 'catch_all' && flags.role === true) return ['do_not_mail', 'role_based_catch_all'];
  if (reason === 'mailbox_exists' && flags.tagged === true) return ['valid', 'alias_address'];
  return ZEROBOUNCE_CODES[reason];
}

/** What is not known here (names, places, the age of a domain) is null, as theirs is where they don't know. */
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
    // A text, as theirs is.
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

/** `2026-11-29` as `11/29/2026`. */
export const zeroBounceDay = (day: string): string => `${day.slice(5, 7)}/${day.slice(8, 10)}/${day.slice(0, 4)}`;
