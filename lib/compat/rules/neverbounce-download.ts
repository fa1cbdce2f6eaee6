// What a client of NeverBounce wants of a job's results: which rows, and which columns beside its own, with its words for yes and no
// (developers.neverbounce.com/reference/jobs-download).
import { parse } from 'tldts';
import type { CsvValue } from '@/lib/platform/csv';
import { neverBounceFlags } from './neverbounce';
import { NEVERBOUNCE_CODES, type NeverBounceFlag, type NeverBounceResult } from './neverbounce.data';
import { type Outcome, partsOf } from './outcome';

/** Whether a field was asked for; undefined: it was not named. */
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

/** Those that are asked for; where none is, all but those that are named as not wanted. */
export function segmentOf(asked: Asked, duplicates: Segment['duplicates']): Segment {
  const wanted = NEVERBOUNCE_KINDS.filter(([field]) => asked(field) === true);
  const rest = NEVERBOUNCE_KINDS.filter(([field]) => asked(field) !== false);
  const named = asked('include_duplicates');
  return {
    results: new Set((wanted.length > 0 ? wanted : rest).map(([, result]) => result)),
    duplicates: asked('only_duplicates') === true ? 'only' : named === undefined ? duplicates : named ? 'with' : 'without',
    isBadSyntaxOnly: asked('only_bad_syntax') === true,
  };
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

/** `email_status` unless it is named as not wanted, and what else is asked for. */
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
