// A list as Kickbox v2 tells of a batch: when it is asked, and when it calls back
// (docs.kickbox.com/docs/batch-verification-api#the-batch-verification-callback).
import type { ListView } from '@/lib/lists/rules/view';
import { numberOfId } from '@/lib/platform/ids';
import { COMPAT_INLINE_ROWS_MAX } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { isReason } from '@/lib/verdict/verdict';
import { downloadUrl, jobRows } from './rows';
import { kickboxAnswer, kickboxJobStatus } from './rules/kickbox';
import { KICKBOX_CODES } from './rules/kickbox.data';

export async function kickboxBatch(scope: Scope, list: ListView) {
  const status = kickboxJobStatus(list);
  const counts = countsOf(list);
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

/** Null where reading the rows once more for each poll would cost too much, or none are left. */
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

function countsOf({ progress }: ListView) {
  const counts = { deliverable: 0, undeliverable: 0, risky: 0, unknown: 0 };
  for (const [reason, rows = 0] of Object.entries(progress.countsByReason)) {
    if (isReason(reason)) counts[KICKBOX_CODES[reason][0]] += rows;
  }
  return counts;
}

const secondsOf = ({ startedAt, finishedAt }: ListView): number =>
  startedAt === null || finishedAt === null ? 0 : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
