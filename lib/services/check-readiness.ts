// Whether this installation can do its work: the database answers, the queue is there, a worker lives. Never throws and
// never hangs: a database that does not answer in time is one that is not there.
import { findReadiness } from '@/lib/data/heartbeats';

export interface ReadinessReport {
  ready: boolean;
  checks: { database: boolean; queue: boolean; worker: boolean };
}

const HEARD_WITHIN_S = 15;
const TIMEOUT_MS = 3_000;

export async function checkReadiness(): Promise<ReadinessReport> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((done) => (timer = setTimeout(() => done(null), TIMEOUT_MS)));
  const found = await Promise.race([findReadiness(HEARD_WITHIN_S).catch(() => null), tooLate]);
  clearTimeout(timer);
  const checks = { database: found !== null, queue: found?.queue ?? false, worker: found?.worker ?? false };
  return { ready: checks.database && checks.queue && checks.worker, checks };
}
