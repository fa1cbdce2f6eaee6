// Takes up the work of workers that died without a word. A dead process on this host is known at once by its id; one
// elsewhere by its missing heartbeats.
import { deleteHeartbeats, freeJobsOfDeadWorkers, listHeartbeatsOfHost } from '@/lib/data/heartbeats';
import { isAlive } from './host-identity';

export interface Self {
  workerId: string;
  host: string;
  pid: number;
}

/** Number of jobs that were freed. */
export async function freeDeadWorkers(self: Self): Promise<number> {
  const neighbours = await listHeartbeatsOfHost(self.host);
  // Two workers can't share a process: an entry with our own id is of an earlier process with the same number.
  const dead = neighbours.filter(({ workerId, pid }) => workerId !== self.workerId && (pid === self.pid || !isAlive(pid)));
  const ids = dead.map(({ workerId }) => workerId);
  const freed = await freeJobsOfDeadWorkers(ids);
  if (ids.length > 0) await deleteHeartbeats(ids);
  return freed;
}
