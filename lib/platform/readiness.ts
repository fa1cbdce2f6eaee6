// Whether this installation can do its work, for load balancers and for start.
import { findReadiness } from './workers';

export interface ReadinessReport {
  ready: boolean;
  checks: { database: boolean; queue: boolean; worker: boolean };
}

const READY_HEARD_WITHIN_S = 15;
const READY_TIMEOUT_MS = 3_000;

/**
 * Ready means that the database answers, the queue exists and a worker is alive. Never throws and never hangs: a database that does not
 * answer in time counts as away.
 */
export async function checkReadiness(): Promise<ReadinessReport> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((done) => (timer = setTimeout(() => done(null), READY_TIMEOUT_MS)));
  const found = await Promise.race([findReadiness(READY_HEARD_WITHIN_S).catch(() => null), tooLate]);
  clearTimeout(timer);
  const checks = { database: found !== null, queue: found?.queue ?? false, worker: found?.worker ?? false };
  return { ready: checks.database && checks.queue && checks.worker, checks };
}
