import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { ResolverHealth, ResolverState } from '@/lib/verdict/health';
import { log } from '@/lib/platform/log';
import { startResolverReports } from './heartbeat';

const healthOf = (state: ResolverState): ResolverHealth => ({ state, isChosen: false, detail: null });

describe('reports about the resolver', () => {
  it('are written each time, logged when something changes, and survive an unavailable database', async () => {
    const states: ResolverState[] = ['denies_known', 'denies_known', 'healthy'];
    const logger = log('test');
    const [warn, info] = [vi.spyOn(logger, 'warn'), vi.spyOn(logger, 'info')];
    const written: string[] = [];
    let isAway = true;
    const reports = startResolverReports({
      check: () => Promise.resolve(healthOf(states.shift() ?? 'healthy')),
      write: ({ state }) => {
        if (isAway) {
          isAway = false;
          return Promise.reject(new Error('the database is away'));
        }
        written.push(state);
        return Promise.resolve();
      },
      everyMs: 1,
      log: logger,
    });
    await expect.poll(() => written).toContain('healthy');
    await reports.stop();
    const told = warn.mock.calls.map((call) => String(call.at(-1)));
    expect(told.filter((words) => words.includes('big mail providers'))).toHaveLength(1);
    expect(told.filter((words) => words.includes('could not be reported'))).toHaveLength(1);
    expect(info.mock.calls.map((call) => call.at(-1))).toEqual(['the DNS resolver tells the truth again']);
  });

  it('do not start again once stopped, even in the middle of a check', async () => {
    let finish: (health: ResolverHealth) => void = () => undefined;
    const check = vi.fn(() => new Promise<ResolverHealth>((done) => (finish = done)));
    const write = vi.fn(() => Promise.resolve());
    const reports = startResolverReports({ check, write, everyMs: 1, log: log('test') });
    const stopped = reports.stop();
    finish(healthOf('silent'));
    await stopped;
    await sleep(20);
    expect(write).not.toHaveBeenCalled();
    expect(check).toHaveBeenCalledTimes(1);
  });
});
