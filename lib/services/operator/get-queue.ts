// The queue by task: what runs, waits, is due later and has failed for good. For operators: the caller has made sure of that.
import { countJobsByTask } from '@/lib/data/operator-queue';
import type { TaskQueueView } from '@/lib/domain/operator-view';

export async function getQueue(): Promise<TaskQueueView[]> {
  const rows = await countJobsByTask();
  return rows.map(({ waitingSince, nextAt, ...row }) => ({
    ...row,
    waitingSince: waitingSince?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
  }));
}
