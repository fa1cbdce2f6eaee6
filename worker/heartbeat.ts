// What a worker tells the others of itself through the database: that it lives, with the jobs of those that do not freed, and
// how its resolver is.
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { describeError } from '@/lib/platform/errors';
import type { Log } from '@/lib/platform/log';
import { deleteHeartbeats, freeJobsOfDeadWorkers, listHeartbeatsOfHost } from '@/lib/platform/workers';
import { resolverAdvice, resolverSentence, isTrouble, type ResolverHealth } from '@/lib/verdict/resolver-health';

export interface Beating {
  /** Resolves when no beat is under way any more. */
  stop(): Promise<void>;
}

export interface BeatOptions {
  everyMs: number;
  beat: () => Promise<void>;
  log: Log;
}

/** The first beat is done when this resolves; it throws when that one fails. */
export async function startHeartbeat({ everyMs, beat, log }: BeatOptions): Promise<Beating> {
  await beat();
  let underway = Promise.resolve();
  let isBeating = false;
  const timer = setInterval(() => {
    // A slow database gets one beat at a time.
    if (isBeating) return;
    isBeating = true;
    underway = beat()
      .catch((error: unknown) => log.warn({ error: describeError(error) }, 'a heartbeat failed'))
      .finally(() => (isBeating = false));
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return underway;
    },
  };
}

/**
 * Takes over the work of workers that died without notice. A dead process on this host is recognized right away by its id; one
 * elsewhere by its missing heartbeats.
 */
export interface Self {
  workerId: string;
  host: string;
  pid: number;
}

/** Number of jobs that were freed. */
export async function freeDeadWorkers(self: Self): Promise<number> {
  const neighbors = await listHeartbeatsOfHost(self.host);
  // Two workers can't share a process: an entry with our own id is of an earlier process with the same number.
  const dead = neighbors.filter(({ workerId, pid }) => workerId !== self.workerId && (pid === self.pid || !isAlive(pid)));
  const ids = dead.map(({ workerId }) => workerId);
  const freed = await freeJobsOfDeadWorkers(ids);
  if (ids.length > 0) await deleteHeartbeats(ids);
  return freed;
}

/**
 * Which machine (or container) a process id belongs to, so that a worker can see right away that an earlier one here is gone.
 * Process ids mean something only within one pid namespace: containers may share a host name and not a namespace.
 */
export function hostIdentity(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // No such thing on this system: the host name is all there is.
    return hostname();
  }
}

/** Whether a process with this id exists here. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

// Looks at the DNS resolver now and then, and reports what it found where web and operators can read it. Promises that the start of a
// worker never waits for it, that only a change is logged, and that nothing is under way any more when it has stopped.

export interface ReportOptions {
  check: () => Promise<ResolverHealth>;
  write: (health: ResolverHealth) => Promise<void>;
  everyMs: number;
  log: Log;
}

export interface Reporting {
  stop(): Promise<void>;
}

export function startResolverReports({ check, write, everyMs, log }: ReportOptions): Reporting {
  let told = 'healthy';
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const report = async (): Promise<void> => {
    try {
      const health = await check();
      if (health.state !== told) tell(health, log);
      told = health.state;
      if (!isStopped) await write(health);
    } catch (error) {
      log.warn({ error: describeError(error) }, 'the state of the DNS resolver could not be reported');
    }
    if (!isStopped) timer = setTimeout(go, everyMs);
  };
  let underWay = Promise.resolve();
  const go = (): void => {
    underWay = report();
  };
  go();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      return underWay;
    },
  };
}

function tell(health: ResolverHealth, log: Log): void {
  if (isTrouble(health)) log.warn({ resolver: health.state }, `${resolverSentence(health)} ${resolverAdvice(health)}`);
  else log.info('the DNS resolver tells the truth again');
}
