// What a customer takes away of a list, in words: which rows, as which kind of file, under which name.
import { isEmptyFilter, type ListFilter } from './list-filter';
import { SEGMENTS, type ListState } from './list';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** By recommendation, everything, or the rows that hold no address. */
export const EXPORT_SEGMENTS = [...SEGMENTS, 'rejected'] as const;
export type ExportSegment = (typeof EXPORT_SEGMENTS)[number];

export interface ExportWish {
  segment: ExportSegment;
  filter: ListFilter;
  format: ExportFormat;
  /** Only for CSV: the mark that tells Excel that it is UTF-8. */
  bom: boolean;
}

/** The verdict's columns, after the file's own. */
export const VERDICT_COLUMNS = [
  'ev_status',
  'ev_reason',
  'ev_score',
  'ev_recommendation',
  'ev_did_you_mean',
  'ev_flags',
  'ev_provider',
  'ev_mx_host',
  'ev_checked_at',
  'ev_row',
  'ev_note',
] as const;
export type VerdictColumn = (typeof VERDICT_COLUMNS)[number];

/** After the file's own columns in the file of rejected rows. */
export const REJECTED_COLUMNS = ['ev_row', 'ev_problem'] as const;

/** States in which rows still get their verdict: what is taken away then is what is final so far. */
export const isUnderWay = (state: ListState): boolean => state === 'queued' || state === 'running' || state === 'paused';

const FILE_NAME_MAX_CHARS = 100;
// What Windows, macOS or Linux does not take in the name of a file, and every control character.
const NOT_IN_A_NAME = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff/\\:*?"<>|]+/gu;
const FILE_ENDING = /\.(?:csv|tsv|txt|xlsx|jsonl?)(?:\.gz)?$/i;

export function exportFileName(list: { name: string; state: ListState }, { segment, filter, format }: ExportWish): string {
  const name = list.name.replace(FILE_ENDING, '').replaceAll(NOT_IN_A_NAME, ' ').trim().slice(0, FILE_NAME_MAX_CHARS).trim();
  const parts = [
    name === '' || name.startsWith('.') ? `list ${name}`.trim() : name,
    segment === 'all' ? 'verified' : segment.replaceAll('_', '-'),
    ...(isEmptyFilter(filter) ? [] : ['filtered']),
    ...(segment !== 'rejected' && isUnderWay(list.state) ? ['so-far'] : []),
  ];
  return `${parts.join('-')}.${format}`;
}
