// A list as Emailable v1 tells of a batch: when it is asked, and to the address that was named for its results (`url`: "a URL that will
// receive the batch results via HTTP POST", emailable.com/docs/api).
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { COMPAT_INLINE_ROWS_MAX } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { isReason } from '@/lib/verdict/verdict';
import { downloadUrl, jobRows } from './rows';
import { emailableAnswer } from './rules/kickbox';
import { KICKBOX_CODES } from './rules/kickbox.data';
import { unanswered } from './rules/outcome';

export async function emailableBatch(scope: Scope, list: ListView, { partial = false } = {}): Promise<object> {
  const isOver = isSettled(list.status);
  const total = list.quote?.rows ?? list.progress.total;
  const { processed } = list.progress;
  const rows = isOver || partial ? await rowsOf(scope, list) : {};
  if (!isOver) return { message: 'Your batch is being processed.', processed, total, ...rows };
  return { message: 'Batch verification completed', id: list.id, ...rows, ...countsOf(list) };
}

/** Inline if they are few, else as a file. */
async function rowsOf(scope: Scope, list: ListView): Promise<object> {
  if ((list.quote?.rows ?? 0) > COMPAT_INLINE_ROWS_MAX) return { download_file: downloadUrl(scope, list, '/api/downloads') };
  const emails = [];
  for await (const { outcome, isDuplicate, cells } of jobRows(scope, list)) {
    if (outcome === null && !isSettled(list.status)) continue;
    const said = emailableAnswer(outcome ?? unanswered(cells[0] ?? '', list.test));
    emails.push(isDuplicate ? { ...said, state: 'duplicate' } : said);
  }
  return { emails };
}

/** Of a batch that is over: every row was processed, duplicates too. */
function countsOf({ progress, quote }: ListView) {
  const total = { deliverable: 0, undeliverable: 0, risky: 0, unknown: 0 };
  const reasons: Record<string, number> = Object.fromEntries(Object.values(KICKBOX_CODES).map(([, reason]) => [reason, 0]));
  for (const [word, rows = 0] of Object.entries(progress.countsByReason)) {
    if (!isReason(word)) continue;
    const [state, reason] = KICKBOX_CODES[word];
    total[state] += rows;
    reasons[reason] = (reasons[reason] ?? 0) + rows;
  }
  const counts = {
    ...total,
    duplicate: quote?.duplicates ?? 0,
    processed: quote?.rows ?? progress.total,
    total: quote?.rows ?? progress.total,
  };
  return { reason_counts: reasons, total_counts: counts };
}
