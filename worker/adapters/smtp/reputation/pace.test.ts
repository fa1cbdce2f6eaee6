import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace, type Place } from './pace';

const SLOW_AFTER_MS = 3_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Bench {
  pace: Pace;
  /** Why each session was given up, by name. */
  givenUp: Map<string, string>;
  /** A place whose host keeps us waiting, or answers all the time. */
  hold: (name: string, isMute: boolean) => Promise<Place>;
}

function bench(sessionsInAll: number, makeRoom: () => void = () => undefined): Bench {
  const pace = new Pace({ clock: { now: () => Date.now() }, sessionsInAll, slowAfterMs: SLOW_AFTER_MS, makeRoom });
  const givenUp = new Map<string, string>();
  const hold = async (name: string, isMute: boolean): Promise<Place> => {
    const place = await enter(pace);
    const since = Date.now();
    place.session = {
      waitingFor: { stage: 'connect', since },
      isOpen: true,
      get heardAt() {
        return isMute ? since : Date.now();
      },
      giveUp: (why) => {
        givenUp.set(name, why);
        place.giveBack();
      },
    };
    return place;
  };
  return { pace, givenUp, hold };
}

async function enter(pace: Pace, deadline = 90_000): Promise<Place> {
  const place = await pace.enter({ gate: null, deadline, isWanted: () => true });
  if (place === null) throw new Error('no place');
  return place;
}

describe('the places of a process', () => {
  it('are limited in number, and whoever has the least time is next', async () => {
    const { pace } = bench(2);
    const held = [await enter(pace), await enter(pace)];
    const order: string[] = [];
    const wait = (name: string, deadline: number) => enter(pace, deadline).then(() => order.push(name));
    const waits = Promise.all([wait('list', 90_000), wait('single', 15_000)]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(order).toEqual([]);
    for (const place of held) place.giveBack();
    await waits;
    expect(order).toEqual(['single', 'list']);
  });

  it('a place that is given back twice is one place', async () => {
    const { pace } = bench(1);
    const place = await enter(pace);
    place.giveBack();
    place.giveBack();
    await enter(pace);
    const next = vi.fn();
    void enter(pace).then(next);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(next).not.toHaveBeenCalled();
  });

  it('idle sessions give way before any others', async () => {
    const idle: Place[] = [];
    const { pace, hold, givenUp } = bench(4, () => idle.shift()?.giveBack());
    for (const name of ['a', 'b', 'c']) await hold(name, true);
    idle.push(await enter(pace));
    await vi.advanceTimersByTimeAsync(2 * SLOW_AFTER_MS);
    await enter(pace);
    expect(givenUp.size).toBe(0);
  });

  it('slow hosts keep a quarter of them once others wait: those that keep us waiting longest go first', async () => {
    const { pace, hold, givenUp } = bench(8);
    for (const name of ['t1', 't2', 't3', 't4', 't5']) {
      await hold(name, true);
      await vi.advanceTimersByTimeAsync(100);
    }
    for (const name of ['g1', 'g2', 'g3']) await hold(name, false);
    await vi.advanceTimersByTimeAsync(10 * SLOW_AFTER_MS);
    expect(givenUp.size).toBe(0);
    const admitted = vi.fn();
    for (let n = 0; n < 9; n++) void enter(pace).then(admitted);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([...givenUp.keys()]).toEqual(['t1', 't2', 't3']);
    expect(givenUp.get('t1')).toContain('let us wait');
    expect(admitted).toHaveBeenCalledTimes(3);
  });
});
