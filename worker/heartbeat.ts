// What a worker reports through the database: that it is alive, and how its resolver is. Also frees the jobs of workers that are dead.
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { describeError } from '@/lib/platform/errors';
import type { Log } from '@/lib/platform/log';
import { deleteHeartbeats, freeJobsOfDeadWorkers, listHeartbeatsOfHost } from '@/lib/platform/workers';
import { resolverAdvice, resolverSentence, isTrouble, type ResolverHealth } from '@/lib/verdict/health';

export interface Beating {
  /** Resolves when no beat is in progress. */
  stop(): Promise<void>;
}

export interface BeatOptions {
  everyMs: number;
  beat: () => Promise<void>;
  log: Log;
}

/** Resolves after the first beat; throws if that one fails. */
export async function startHeartbeat({ everyMs, beat, log }: BeatOptions): Promise<Beating> {
  await beat();
  let underway = Promise.resolve();
  let isBeating = false;
  const timer = setInterval(() => {
    // At most one beat is in progress, even if the database is slow.
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

export interface Self {
  workerId: string;
  host: string;
  pid: number;
}

/**
 * Frees the jobs of workers that died without notice, and returns how many were freed. A dead process on this host is recognized at once by
 * its id, one elsewhere by its missing heartbeats.
 */
export async function freeDeadWorkers(self: Self): Promise<number> {
  const neighbors = await listHeartbeatsOfHost(self.host);
  // Two workers cannot share a process, so an entry with our own process id is from an earlier process with the same id.
  const dead = neighbors.filter(({ workerId, pid }) => workerId !== self.workerId && (pid === self.pid || !isAlive(pid)));
  const ids = dead.map(({ workerId }) => workerId);
  const freed = await freeJobsOfDeadWorkers(ids);
  if (ids.length > 0) await deleteHeartbeats(ids);
  return freed;
}

/**
 * The machine (or container) that a process id belongs to, so that a worker can see at once that an earlier one here is gone. Process
 * ids are only meaningful within one pid namespace: containers may share a host name but not a namespace.
 */
export function hostIdentity(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // This system has no such link, so the host name must do.
    return hostname();
  }
}

/** Whether a process with this id exists here. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

// Checks the DNS resolver regularly, and writes the result where the web and operators can read it. Guarantees: a worker's start never
// waits for it; only changes are logged; nothing is in progress once it has stopped.

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
