// A list as API v1 answers it: the job of product.md's names, without what only our pages need.
import 'server-only';
import type { ListProgress, ListQuote, ListView } from '@/lib/domain/list-view';
import { env } from '@/lib/env';
import type { JobAnswer } from '@/lib/schemas/job-response';

export const toJobAnswer = (view: ListView): JobAnswer => ({
  id: view.id,
  name: view.name,
  source: view.source,
  test: view.test,
  state: view.state,
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
  poll_url: `${env().APP_URL}/v1/jobs/${view.id}`,
});

const toQuote = (quote: ListQuote): JobAnswer['quote'] => ({
  rows: quote.rows,
  unique: quote.unique,
  duplicates: quote.duplicates,
  syntax_invalid: quote.syntaxInvalid,
  rejected: quote.rejected,
  known_recent: quote.knownRecent,
  max_credits: quote.maxCredits,
});

const toProgress = (progress: ListProgress): JobAnswer['progress'] => ({
  processed: progress.processed,
  total: progress.total,
  rate: progress.rateASecond,
  eta_s: progress.etaS,
  counts: progress.counts,
  counts_by_reason: progress.countsByReason,
  retrying: progress.retrying,
  retrying_next_at: progress.retryingNextAt,
  retrying_until: progress.retryingUntil,
  credits: progress.credits,
});
