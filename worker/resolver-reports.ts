// Looks at the DNS resolver now and then, and reports what it found where web and operators can read it. Promises that the start of a
// worker never waits for it, that only a change is logged, and that nothing is under way any more when it has stopped.
import { resolverAdvice, resolverSentence, isTrouble, type ResolverHealth } from '@/lib/verdict/resolver-health';
import { describeError } from '@/lib/platform/errors';
import type { Log } from '@/lib/platform/log';

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
