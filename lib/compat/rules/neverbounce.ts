// An address and a list in NeverBounce v4.2's words: a result and flags for each of our reasons, and the contents of a download of a job's
// results.
import { parse } from 'tldts';
import type { ListStatus } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { FLAG_NAMES, type FlagName, type Reason } from '@/lib/verdict/verdict';
import type { CsvValue } from '@/lib/platform/csv';
import { countBy, type Outcome, partsOf, shareDone } from './outcome';

export function neverBounceFlags({ email, reason, flags }: Outcome): NeverBounceFlag[] {
  const ours = FLAG_NAMES.flatMap((name) => (flags[name] === true ? (NEVERBOUNCE_FLAGS[name] ?? []) : []));
  const below: NeverBounceFlag[] = parse(partsOf(email.trim()).domain).subdomain ? ['contains_subdomain'] : [];
  return [...new Set([...NEVERBOUNCE_CODES[reason].flags, ...ours, ...below])];
}

export const neverBounceVerification = (outcome: Outcome, withAddress: boolean) => ({
  result: NEVERBOUNCE_CODES[outcome.reason].result,
  flags: neverBounceFlags(outcome),
  suggested_correction: outcome.didYouMean ?? '',
  ...(withAddress && { address_info: addressInfo(outcome.email) }),
});

function addressInfo(email: string) {
  const { local, domain } = partsOf(email.trim());
  const plus = local.indexOf('+');
  const name = parse(domain);
  return {
    original_email: email,
    normalized_email: `${local}@${domain}`,
    addr: plus === -1 ? local : local.slice(0, plus),
    alias: plus === -1 ? '' : local.slice(plus + 1),
    host: domain,
    fqdn: domain,
    domain: name.domainWithoutSuffix ?? '',
    subdomain: name.subdomain ?? '',
    tld: name.publicSuffix ?? '',
  };
}

const JOB_STATUS: Readonly<Record<ListStatus, string>> = {
  uploading: 'uploading',
  parsing: 'parsing',
  ready: 'waiting',
  queued: 'queued',
  running: 'running',
  paused: 'running',
  completed: 'complete',
  cancelled: 'complete',
  failed: 'failed',
  expired: 'complete',
};

export const neverBounceJobStatus = (status: ListStatus): string => JOB_STATUS[status];

const NO_RESULTS: Readonly<Record<NeverBounceResult, number>> = { valid: 0, invalid: 0, disposable: 0, catchall: 0, unknown: 0 };

const PERCENT = 100;

export function neverBounceJob(list: ListView, id: number) {
  const { quote, progress } = list;
  const counts = countBy(list, (reason) => NEVERBOUNCE_CODES[reason].result, NO_RESULTS);
  const known = progress.processed - counts.unknown;
  return {
    id,
    job_status: neverBounceJobStatus(list.status),
    filename: list.file.name ?? list.name,
    created_at: momentOf(list.createdAt),
    started_at: list.startedAt && momentOf(list.startedAt),
    finished_at: list.finishedAt && momentOf(list.finishedAt),
    total: {
      records: quote?.rows ?? 0,
      billable: quote === null ? 0 : quote.unique - quote.syntaxInvalid,
      processed: progress.processed,
      ...counts,
      duplicates: quote?.duplicates ?? 0,
      bad_syntax: quote?.syntaxInvalid ?? 0,
    },
    bounce_estimate: known === 0 ? 0 : round((counts.invalid / known) * PERCENT),
    percent_complete: round(shareDone(list) * PERCENT),
    failure_reason: list.failureDetail,
  };
}

const round = (share: number): number => Math.round(share * 100) / 100;

/** `2026-11-29 07:40:00`, UTC. */
const momentOf = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

type NeverBounceResult = 'valid' | 'invalid' | 'disposable' | 'catchall' | 'unknown';

type NeverBounceFlag =
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

/** Our flags that are also NeverBounce flags, whatever the result. */
const NEVERBOUNCE_FLAGS: Readonly<Partial<Record<FlagName, NeverBounceFlag>>> = {
  catch_all: 'accepts_all',
  disposable: 'disposable_email',
  role: 'role_account',
  free: 'free_email_host',
  tagged: 'contains_alias',
  idn: 'international_host',
};

// What a NeverBounce client can ask of a job's results: which rows, and which columns beside its own, with its words for yes and no
// (developers.neverbounce.com/reference/jobs-download).

/** Whether a field was asked for; undefined if it was not given. */
export type Asked = (name: string) => boolean | undefined;

export const NEVERBOUNCE_KINDS: readonly (readonly [field: string, result: NeverBounceResult])[] = [
  ['valids', 'valid'],
  ['invalids', 'invalid'],
  ['disposables', 'disposable'],
  ['catchalls', 'catchall'],
  ['unknowns', 'unknown'],
];

export interface Segment {
  results: ReadonlySet<NeverBounceResult>;
  duplicates: 'with' | 'without' | 'only';
  isBadSyntaxOnly: boolean;
}

/** The kinds that are asked for. If none is, all except those that are excluded. */
export function segmentOf(asked: Asked, duplicates: Segment['duplicates']): Segment {
  const wanted = NEVERBOUNCE_KINDS.filter(([field]) => asked(field) === true);
  const rest = NEVERBOUNCE_KINDS.filter(([field]) => asked(field) !== false);
  return {
    results: new Set((wanted.length > 0 ? wanted : rest).map(([, result]) => result)),
    duplicates: duplicatesOf(asked) ?? duplicates,
    isBadSyntaxOnly: asked('only_bad_syntax') === true,
  };
}

function duplicatesOf(asked: Asked): Segment['duplicates'] | null {
  if (asked('only_duplicates') === true) return 'only';
  const isIncluded = asked('include_duplicates');
  if (isIncluded === undefined) return null;
  return isIncluded ? 'with' : 'without';
}

export const isEverything = ({ results, duplicates, isBadSyntaxOnly }: Segment): boolean =>
  results.size === NEVERBOUNCE_KINDS.length && duplicates === 'with' && !isBadSyntaxOnly;

export function isWanted({ results, duplicates, isBadSyntaxOnly }: Segment, { reason }: Outcome, isDuplicate: boolean): boolean {
  const { result, flags } = NEVERBOUNCE_CODES[reason];
  if (duplicates !== 'with' && isDuplicate !== (duplicates === 'only')) return false;
  return results.has(result) && (!isBadSyntaxOnly || flags.includes('bad_syntax'));
}

const RESULT_NUMBERS: Readonly<Record<NeverBounceResult, number>> = {
  valid: 0,
  invalid: 1,
  disposable: 2,
  catchall: 3,
  unknown: 4,
};

const YES_NO: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  BIN_1_0: ['1', '0'],
  BIN_Y_N: ['Y', 'N'],
  BIN_y_n: ['y', 'n'],
  BIN_yes_no: ['yes', 'no'],
  BIN_Yes_No: ['Yes', 'No'],
  BIN_true_false: ['true', 'false'],
};
const LINE_ENDS: Readonly<Record<string, string>> = { LINEFEED_0A: '\n', LINEFEED_0D0A: '\r\n', LINEFEED_0D: '\r' };

const FLAG_COLUMNS: ReadonlyMap<string, NeverBounceFlag> = new Map([
  ['bad_syntax', 'bad_syntax'],
  ['free_email_host', 'free_email_host'],
  ['role_account', 'role_account'],
  ['has_dns_info', 'has_dns'],
  ['has_mail_server', 'has_dns_mx'],
  ['mail_server_reachable', 'smtp_connectable'],
]);

const TEXT_COLUMNS: Readonly<Record<string, (outcome: Outcome) => CsvValue>> = {
  addr: ({ email }) => partsOf(email.trim()).local.replace(/\+.*$/, ''),
  alias: ({ email }) => /\+(.*)$/.exec(partsOf(email.trim()).local)?.[1] ?? '',
  host: ({ email }) => partsOf(email.trim()).domain,
  subdomain: (outcome) => nameOf(outcome).subdomain ?? '',
  domain: (outcome) => nameOf(outcome).domainWithoutSuffix ?? '',
  tld: (outcome) => nameOf(outcome).publicSuffix ?? '',
  fqdn: ({ email }) => partsOf(email.trim()).domain,
  network: ({ provider }) => provider ?? '',
  email_status_int: ({ reason }) => RESULT_NUMBERS[NEVERBOUNCE_CODES[reason].result],
  email_status: ({ reason }) => NEVERBOUNCE_CODES[reason].result,
};

const nameOf = ({ email }: Outcome) => parse(partsOf(email.trim()).domain);

/** In the order of their documentation. */
const COLUMNS = [
  ...['bad_syntax', 'free_email_host', 'role_account', 'addr', 'alias', 'host', 'subdomain', 'domain', 'tld', 'fqdn', 'network'],
  ...['has_dns_info', 'has_mail_server', 'mail_server_reachable', 'email_status_int', 'email_status'],
];

export interface Appended {
  columns: readonly string[];
  cells: (outcome: Outcome) => CsvValue[];
  lineEnd: string;
}

/** `email_status` unless it is excluded, and whatever else is asked for. */
export function appendedBy(asked: Asked, { yesNo, lineFeed }: { yesNo: string; lineFeed: string }): Appended {
  const columns = COLUMNS.filter((name) => asked(name) ?? name === 'email_status');
  const [yes, no] = YES_NO[yesNo] ?? ['1', '0'];
  const cellOf = (outcome: Outcome, name: string): CsvValue => {
    const flag = FLAG_COLUMNS.get(name);
    if (flag !== undefined) return neverBounceFlags(outcome).includes(flag) ? yes : no;
    return TEXT_COLUMNS[name]?.(outcome) ?? '';
  };
  return {
    columns,
    cells: (outcome) => columns.map((name) => cellOf(outcome, name)),
    lineEnd: LINE_ENDS[lineFeed] ?? '\r\n',
  };
}
