// What a customer exports from a list: which rows, which columns, in which file format, under which name. Windows, macOS and
// Linux all accept the file name.
import { isUnderWay, type ListStatus, SEGMENTS } from './list';
import { isEmptyFilter, type ListFilter } from './view';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** By recommendation, everything, or the rows that hold no address. */
export const EXPORT_SEGMENTS = [...SEGMENTS, 'rejected'] as const;
export type ExportSegment = (typeof EXPORT_SEGMENTS)[number];

/**
 * Columns that are exported or left out together: the file's own, the verdict, and everything else that is known about an
 * address.
 */
export const EXPORT_COLUMN_SETS = ['own', 'verdict', 'details'] as const;
export type ExportColumnSet = (typeof EXPORT_COLUMN_SETS)[number];

export interface ExportWish {
  segment: ExportSegment;
  filter: ListFilter;
  /** All sets if left out. The file of rejected rows has different columns. */
  columns?: readonly ExportColumnSet[] | undefined;
  format: ExportFormat;
  /** Only for CSV: writes the byte order mark that tells Excel that the file is UTF-8. */
  bom: boolean;
}

/** The verdict's columns, after the file's own. */
export const VERDICT_COLUMNS = [
  'ev_status',
  'ev_reason',
  'ev_score',
  'ev_grade',
  'ev_recommendation',
  'ev_did_you_mean',
  'ev_grade_basis',
  'ev_flags',
  'ev_provider',
  'ev_mx_host',
  'ev_checked_at',
  // The address as it was verified; its cell may hold other addresses too.
  'ev_email',
  'ev_row',
  'ev_note',
] as const;
export type VerdictColumn = (typeof VERDICT_COLUMNS)[number];

const OF_THE_VERDICT: ReadonlySet<VerdictColumn> = new Set([
  'ev_status',
  'ev_reason',
  'ev_score',
  'ev_grade',
  'ev_recommendation',
  'ev_did_you_mean',
  'ev_email',
]);

/**
 * The requested columns after the file's own, as indexes. Without the file's own columns the address comes first, because nothing
 * else identifies the row.
 */
export function keptVerdictColumns(sets: readonly ExportColumnSet[] = EXPORT_COLUMN_SETS): readonly number[] {
  const isKept = (column: VerdictColumn): boolean => sets.includes(OF_THE_VERDICT.has(column) ? 'verdict' : 'details');
  const email = VERDICT_COLUMNS.indexOf('ev_email');
  const kept = VERDICT_COLUMNS.flatMap((column, at) => (isKept(column) ? [at] : []));
  return sets.includes('own') ? kept : [email, ...kept.filter((at) => at !== email)];
}

/** After the file's own columns in the file of rejected rows. */
export const REJECTED_COLUMNS = ['ev_row', 'ev_problem'] as const;

const FILE_NAME_MAX_CHARS = 100;
// What Windows, macOS or Linux does not accept in a file name, and every control character.
const NOT_IN_A_NAME = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\:*?"<>|]+/gu;
const FILE_ENDING = /\.(?:csv|tsv|txt|xlsx|jsonl?)(?:\.gz)?$/i;

export function exportFileName(list: { name: string; status: ListStatus }, { segment, filter, format }: ExportWish): string {
  const name = list.name.replace(FILE_ENDING, '').replaceAll(NOT_IN_A_NAME, ' ').trim().slice(0, FILE_NAME_MAX_CHARS).trim();
  const parts = [
    name === '' || name.startsWith('.') ? `list ${name}`.trim() : name,
    segment === 'all' ? 'verified' : segment.replaceAll('_', '-'),
    ...(isEmptyFilter(filter) ? [] : ['filtered']),
    ...(segment !== 'rejected' && isUnderWay(list.status) ? ['so-far'] : []),
  ];
  return `${parts.join('-')}.${format}`;
}
