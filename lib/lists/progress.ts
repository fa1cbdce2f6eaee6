// What webhooks hear of a list while it runs: `list.progress`, in the transaction that makes its rows final. Promises a bound however
// large or fast the list is: one event at each of its shares, and one in a span of time. Refuses to tell of a list that is paused.
import type { Tx } from '@/lib/platform/db/transaction';
import { LIST_PROGRESS_SHARES } from '@/lib/platform/limits';
import { siteLink } from '@/lib/platform/mail/compose';
import { type FinalStatus, reasonOfCode, statusOf } from '@/lib/verdict/verdict';
import { emitEvent, isHeard } from '@/lib/webhooks/emit';
import { toListProgressData } from '@/lib/webhooks/event-data';
import { progressEventKey } from './keys';
import { sumCharged } from './store/credits';
import { sumTallies } from './store/results';
import type { ListRun } from './store/run';

/** Call it with the list locked, as it was before `processed` of its rows were final. */
export async function tellProgress(list: ListRun, { processed, now }: { processed: number; now: number }, tx: Tx): Promise<void> {
  const scope = { workspaceId: list.workspaceId };
  if (list.status === 'paused' || shareOf(processed, list.unique) <= shareOf(list.processed, list.unique)) return;
  if (!(await isHeard(scope, { type: 'list.progress', listId: list.id }, tx))) return;
  const data = toListProgressData({
    listId: list.id,
    name: list.name,
    processed,
    total: list.unique,
    counts: await countVerdicts(list.id, tx),
    creditsCharged: await sumCharged(list.id, tx),
    url: siteLink(`/lists/${list.id}`),
  });
  const sourceKey = progressEventKey(list.id, list.run, now);
  await emitEvent(scope, { type: 'list.progress', sourceKey, data, test: list.test }, tx);
}

const shareOf = (processed: number, total: number): number => Math.floor((processed * LIST_PROGRESS_SHARES) / Math.max(1, total));

export async function countVerdicts(listId: string, tx: Tx): Promise<Record<FinalStatus, number>> {
  const counts: Record<FinalStatus, number> = { deliverable: 0, risky: 0, unknown: 0, undeliverable: 0 };
  for (const { reason, rows } of await sumTallies(listId, tx)) counts[statusOf(reasonOfCode(reason))] += rows;
  return counts;
}
