// The workers of this installation: those alive, and those that went silent without ending in order. For operators: the caller
// has made sure of that.
import { listWorkerRows, type WorkerRow } from '@/lib/data/operator-workers';
import type { WorkersView, WorkerView } from '@/lib/domain/operator-view';

const WORKERS_MAX = 500;

export async function listWorkers(): Promise<WorkersView> {
  const rows = await listWorkerRows(WORKERS_MAX);
  return {
    alive: rows.filter(({ isAlive }) => isAlive).map(toView),
    silent: rows.filter(({ isAlive }) => !isAlive).map(toView),
  };
}

const toView = ({ workerId, host, pid, startedAt, beatAt, silentS, jobs }: WorkerRow): WorkerView => ({
  workerId,
  host,
  pid,
  startedAt: startedAt.toISOString(),
  beatAt: beatAt.toISOString(),
  silentS,
  jobs,
});
