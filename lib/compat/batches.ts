// Lists and their rows in the format of other services: when asked for, and in callbacks. A callback's body is made for each attempt,
// because a link in it works only for minutes, and so that it says nothing of rows that were deleted meanwhile.
import { z } from 'zod';
import { getList } from '@/lib/lists/read';
import { numberOfId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import type { Callback, CallbackService, EmittedEventType } from '@/lib/webhooks/rules';
import type { ListView } from '@/lib/lists/rules/view';
import { COMPAT_INLINE_ROWS_MAX } from '@/lib/platform/limits';
import { zeroCounts } from '@/lib/verdict/verdict';
import { isSettled } from '@/lib/lists/rules/list';
import { zeroBounceCallback } from './rules/zerobounce';
import { downloadUrl, type JobRow, jobRows } from './rows';
import { emailableAnswer, KICKBOX_CODES, kickboxAnswer, kickboxJobStatus, NO_KICKBOX_REASONS } from './rules/kickbox';
import { countBy, unanswered } from './rules/outcome';
import { reacherAnswer } from './rules/reacher';

// The contents of a callback: which of our events a service reports, and the body in its format.

/** developers.neverbounce.com/reference/job-callbacks, without the events that correspond to nothing here (samples, reviews). */
const NEVERBOUNCE_EVENTS: ReadonlyMap<string, string> = new Map<EmittedEventType, string>([
  ['list.ready', 'job_parsing_finished'],
  ['list.progress', 'job_stats_updated'],
  ['list.completed', 'job_run_finished'],
  ['list.failed', 'job_failed'],
]);

const AT_THE_END = ['list.completed', 'list.failed'] as const;

export const CALLBACK_EVENTS: Readonly<Record<CallbackService, readonly EmittedEventType[]>> = {
  zerobounce: AT_THE_END,
  neverbounce: ['list.ready', 'list.progress', ...AT_THE_END],
  kickbox: AT_THE_END,
  emailable: AT_THE_END,
  // It is told of each row, which is no event of the list.
  reacher: [],
};

/** Null if there is nothing to report any more. */
export async function callbackBody(scope: Scope, callback: Callback, event: { type: string; data: unknown }): Promise<unknown> {
  const { listId, service } = callback;
  const found = await getList(scope, listId);
  if (!found.ok) return null;
  const list = found.value;
  switch (service) {
    case 'zerobounce':
      return zeroBounceCallback(list);
    case 'neverbounce':
      return { job_id: numberOfId(list.id), event: NEVERBOUNCE_EVENTS.get(event.type) };
    case 'kickbox':
      return kickboxBatch(scope, list);
    case 'emailable':
      return emailableBatch(scope, list);
    case 'reacher':
      return reacherPost(scope, list, { n: rowEventSchema.parse(event.data).row, extra: callback.extra });
  }
}

// A row of a list in the format of Reacher: on a page of results, and in the post for each address (`webhook.on_each_email`), which repeats
// what the client sent as `extra`.

const rowEventSchema = z.object({ row: z.int() });

async function reacherPost(scope: Scope, list: ListView, { n, extra }: { n: number; extra: string | null }) {
  if (list.status === 'expired') return null;
  for await (const row of jobRows(scope, list, { from: n - 1, take: 1 })) {
    // It is being asked again, and its new verdict will be reported.
    if (row.outcome === null && !isSettled(list.status)) return null;
    const given: unknown = extra === null ? null : JSON.parse(extra);
    return { result: reacherRow(list, row), extra: given };
  }
  return null;
}

export const reacherRow = ({ test }: ListView, { outcome, cells }: JobRow) =>
  reacherAnswer(outcome ?? unanswered(cells[0] ?? '', test));

// A list in the format of a Kickbox v2 batch: when asked for, and in callbacks
// (docs.kickbox.com/docs/batch-verification-api#the-batch-verification-callback).

export async function kickboxBatch(scope: Scope, list: ListView) {
  const status = kickboxJobStatus(list);
  const counts = kickboxCounts(list);
  const { processed, total } = list.progress;
  const hasRows = status === 'completed' && list.status !== 'expired';
  return {
    id: numberOfId(list.id),
    name: list.name,
    download_url: hasRows ? downloadUrl(scope, list, '/compat/kickbox/v2/downloads') : null,
    created_at: list.createdAt,
    status,
    ...(status === 'completed'
      ? { stats: { ...counts, sendex: await meanSendex(scope, list), addresses: list.quote?.rows ?? total } }
      : { progress: { ...counts, total, unprocessed: total - processed } }),
    error: list.failureDetail,
    duration: secondsOf(list),
  };
}

/** Null if reading the rows again for each poll would cost too much, or if no rows are left. */
async function meanSendex(scope: Scope, list: ListView): Promise<number | null> {
  if (list.status === 'expired' || (list.quote?.rows ?? 0) > COMPAT_INLINE_ROWS_MAX) return null;
  let [sum, rows] = [0, 0];
  for await (const { outcome } of jobRows(scope, list)) {
    if (outcome === null) continue;
    sum += kickboxAnswer(outcome).sendex;
    rows += 1;
  }
  return rows === 0 ? 0 : Math.round((sum / rows) * CENTS) / CENTS;
}

const CENTS = 100;

const kickboxCounts = (list: ListView) => countBy(list, (reason) => KICKBOX_CODES[reason][0], zeroCounts());

const secondsOf = ({ startedAt, finishedAt }: ListView): number =>
  startedAt === null || finishedAt === null ? 0 : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;

// A list in the format of an Emailable v1 batch: when asked for, and for the address that was given for its results (`url`: "a URL that
// will receive the batch results via HTTP POST", emailable.com/docs/api).

export async function emailableBatch(scope: Scope, list: ListView, { partial = false } = {}): Promise<object> {
  const isOver = isSettled(list.status);
  const total = list.quote?.rows ?? list.progress.total;
  const { processed } = list.progress;
  const rows = isOver || partial ? await emailableRows(scope, list) : {};
  if (!isOver) return { message: 'Your batch is being processed.', processed, total, ...rows };
  return { message: 'Batch verification completed', id: list.id, ...rows, ...emailableCounts(list) };
}

/** Inline if there are few, otherwise as a file. */
async function emailableRows(scope: Scope, list: ListView): Promise<object> {
  if ((list.quote?.rows ?? 0) > COMPAT_INLINE_ROWS_MAX) return { download_file: downloadUrl(scope, list, '/api/downloads') };
  const emails = [];
  for await (const { outcome, isDuplicate, cells } of jobRows(scope, list)) {
    if (outcome === null && !isSettled(list.status)) continue;
    const said = emailableAnswer(outcome ?? unanswered(cells[0] ?? '', list.test));
    emails.push(isDuplicate ? { ...said, state: 'duplicate' } : said);
  }
  return { emails };
}

/** For a finished batch: every row was processed, including duplicates. */
function emailableCounts(list: ListView) {
  const { progress, quote } = list;
  const counts = {
    ...kickboxCounts(list),
    duplicate: quote?.duplicates ?? 0,
    processed: quote?.rows ?? progress.total,
    total: quote?.rows ?? progress.total,
  };
  return { reason_counts: countBy(list, (reason) => KICKBOX_CODES[reason][1], NO_KICKBOX_REASONS), total_counts: counts };
}
