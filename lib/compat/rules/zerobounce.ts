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

/** `2026-11-09` as `11/9/2026`. */
export const zeroBounceDay = (day: string): string => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}/${day.slice(0, 4)}`;

/** Their clients read the moment of an upload by a fixed pattern, to the second. */
export const zeroBounceMoment = (iso: string): string => `${iso.slice(0, 19)}Z`;

/** What they post to `return_url` (zerobounce.net/docs, Send File v2), with a moment like `10/20/2018 4:35:58 PM`. */
export const zeroBounceCallback = ({ id, name, file, createdAt }: ListView) => ({
  file_id: id,
  file_name: file.name ?? name,
  upload_date: `${zeroBounceDay(createdAt)} ${twelveHours(createdAt.slice(11, 19))}`,
});

function twelveHours(time: string): string {
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 || 12}${time.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** The columns that they put beside those of a file. */
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
