// A row of a job as API v1 answers it: the verdict in the API's names, with the row's own cells by the names of their columns.
import 'server-only';
import type { ListColumn, ListResultRow } from '@/lib/domain/list-view';
import type { JobResultAnswer } from '@/lib/schemas/job-results-response';

export const toJobResultAnswer = (row: ListResultRow, columns: readonly ListColumn[]): JobResultAnswer => ({
  row: row.row,
  email: row.email,
  status: row.status,
  reason: row.reason,
  score: row.score,
  recommendation: row.recommendation,
  flags: row.flags,
  did_you_mean: row.didYouMean,
  mx: { host: row.mxHost, provider: row.provider, gateway: row.flags.security_gateway === true },
  checked_at: row.checkedAt,
  cached: row.cached,
  credits_charged: row.creditsCharged,
  columns: row.cells && Object.fromEntries(row.cells.map((cell, at) => [nameOf(columns, at), cell])),
});

/** A name that stands twice is told apart by its position, as is a column that the header does not name. */
function nameOf(columns: readonly ListColumn[], at: number): string {
  const name = columns[at]?.name ?? '';
  const isFirst = columns.findIndex((column) => column.name === name) === at;
  return name !== '' && isFirst ? name : `${name === '' ? 'column' : name} ${at + 1}`;
}
