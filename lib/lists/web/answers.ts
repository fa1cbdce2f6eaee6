// A list and its rows as API v1 answers them. A list is a list there, without what only our pages need; a row has the verdict in
// the API's names, and its own cells by the names of their columns.
import 'server-only';
import { env } from '@/lib/platform/env';
import type { ListAnswer, ListRowAnswer } from '../api';
import type { ListColumn, ListProgress, ListQuote, ListResultRow, ListView } from '../rules/view';

export const toListAnswer = (view: ListView): ListAnswer => ({
  id: view.id,
  name: view.name,
  source: view.source,
  test: view.test,
  status: view.status,
  pause_reason: view.pauseReason,
  failure: view.failure === null ? null : { code: view.failure, detail: view.failureDetail ?? '' },
  policy: view.policy,
  file: {
    name: view.file.name,
    format: view.file.format,
    size_bytes: view.file.sizeBytes,
    received_bytes: view.file.receivedBytes,
    parsed_bytes: view.file.parsedBytes,
    encoding: view.file.encoding,
    has_header: view.hasHeader,
    columns: view.columns.map(({ name }) => name),
    email_column: view.emailColumn,
  },
  quote: view.quote && toQuote(view.quote),
  mode: view.startMode,
  credit_cap: view.creditCap,
  progress: toProgress(view.progress),
  metadata: view.metadata,
  retention_days: view.retentionDays,
  created_at: view.createdAt,
  started_at: view.startedAt,
  finished_at: view.finishedAt,
  expires_at: view.expiresAt,
  poll_url: `${env().APP_URL}/v1/lists/${view.id}`,
});

const toQuote = (quote: ListQuote): ListAnswer['quote'] => ({
  rows: quote.rows,
  unique: quote.unique,
  duplicates: quote.duplicates,
  syntax_invalid: quote.syntaxInvalid,
  rejected: quote.rejected,
  several_addresses: quote.severalAddresses,
  known_recent: quote.knownRecent,
  max_credits: quote.maxCredits,
});

const toProgress = (progress: ListProgress): ListAnswer['progress'] => ({
  processed: progress.processed,
  total: progress.total,
  rate: progress.rateASecond,
  eta_s: progress.etaS,
  counts: progress.counts,
  counts_by_reason: progress.countsByReason,
  counts_by_grade: progress.countsByGrade,
  retrying: progress.retrying,
  retrying_next_at: progress.retryingNextAt,
  retrying_until: progress.retryingUntil,
  credits: progress.credits,
});

type ListOfRow = Pick<ListView, 'columns' | 'emailColumn'>;

export const toListRowAnswer = (row: ListResultRow, { columns, emailColumn }: ListOfRow): ListRowAnswer => ({
  row: row.row,
  input: row.cells && (row.cells[emailColumn ?? 0] ?? row.email),
  email: row.email,
  status: row.status,
  reason: row.reason,
  retry_at: row.waiting?.retryAt ?? null,
  score: row.score,
  grade: row.grade,
  grade_basis: [...row.gradeBasis],
  recommendation: row.recommendation,
  flags: row.flags,
  did_you_mean: row.didYouMean,
  mx: { host: row.mxHost, provider: row.provider, gateway: row.flags.security_gateway === true },
  checked_at: row.checkedAt,
  cached: row.cached,
  credits_charged: row.creditsCharged,
  columns: row.cells && Object.fromEntries(row.cells.map((cell, at) => [nameOf(columns, at), cell])),
});

/** A repeated name is told apart by its position, and so is a column that the header does not name. */
function nameOf(columns: readonly ListColumn[], at: number): string {
  const name = columns[at]?.name ?? '';
  const isFirst = columns.findIndex((column) => column.name === name) === at;
  return name !== '' && isFirst ? name : `${name === '' ? 'column' : name} ${at + 1}`;
}
