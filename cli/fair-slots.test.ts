import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FairSlots, type SlotLimits } from './fair-slots';

const LIMITS: SlotLimits = {
  slots: 10,
  slotsAtFirst: 4,
  slotsADomain: 4,
  slowAfterMs: 2_000,
  slowMax: 20,
  queueMax: 1_000,
  gatherMs: 20,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Slots whose work ends when a test says so; `started` lists all that began, in order. */
function desk(limits: Partial<SlotLimits> = {}) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const slots = new FairSlots<string>({ ...LIMITS, ...limits }, (item) => {
    started.push(item);
    return new Promise((resolve) => ends.set(item, resolve));
  });
  const add = (domain: string, count: number, from = 0): void => {
    for (let index = from; index < from + count; index++) void slots.add(domain, `${domain}${String(index)}`);
  };
  const end = async (...items: string[]): Promise<void> => {
    for (const item of items) ends.get(item)?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  const underWayOf = (domain: string): number => started.filter((item) => item.startsWith(domain)).length;
  return { slots, started, add, end, underWayOf };
}

describe('a shuffled list', () => {
  it('is started domain by domain, so that a mail host is asked much over few connections', async () => {
    const { slots, started } = desk({ slots: 6, slotsADomain: 3 });
    for (let turn = 0; turn < 3; turn++) for (const domain of ['a', 'b', 'c']) void slots.add(domain, `${domain}${String(turn)}`);
    expect(started).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(started).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2']);
  });

  it('continues with the current domain as slots come free one by one', async () => {
    const { add, end, started } = desk({ slots: 4, slotsADomain: 4 });
    add('a', 4);
    add('b', 2);
    add('c', 2);
    await vi.advanceTimersByTimeAsync(20);
    await end('a0');
    await end('a1');
    await end('a2');
    expect(started.slice(4)).toEqual(['b0', 'b1', 'c0']);
  });
});

describe('one domain of many', () => {
  it('leaves slots to waiting domains, and takes more when none wait', async () => {
    const { add, end, underWayOf } = desk({ slots: 7, slotsAtFirst: 2, slotsADomain: 4 });
    for (const domain of ['a', 'b', 'c']) add(domain, 5);
    await vi.advanceTimersByTimeAsync(20);
    expect(['a', 'b', 'c'].map(underWayOf)).toEqual([3, 2, 2]);
    await end('b0', 'b1', 'c0', 'c1');
    expect(['a', 'b', 'c'].map(underWayOf)).toEqual([3, 4, 4]);
  });

  it('gets its full share when it is alone', async () => {
    const { add, underWayOf } = desk({ slots: 7, slotsAtFirst: 2, slotsADomain: 4 });
    add('a', 5);
    await vi.advanceTimersByTimeAsync(20);
    expect(underWayOf('a')).toBe(4);
  });
});

describe('a slow domain', () => {
  it('never has more than its share of the slots', async () => {
    const { add, underWayOf } = desk();
    add('tarpit', 50);
    add('a', 2);
    await vi.advanceTimersByTimeAsync(20);
    expect([underWayOf('tarpit'), underWayOf('a')]).toEqual([4, 2]);
  });

  it('gives its slots back once its addresses are late, and its other addresses take none', async () => {
    const { add, underWayOf } = desk({ slots: 4, slotsADomain: 4 });
    add('tarpit', 4);
    add('a', 4);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(underWayOf('a')).toBe(0);
    await vi.advanceTimersByTimeAsync(300);
    expect(underWayOf('a')).toBe(4);
  });

  it('starts its other addresses outside the slots while one is late, and inside again afterwards', async () => {
    const { add, end, underWayOf } = desk({ slots: 4, slotsADomain: 4 });
    add('tarpit', 3);
    await vi.advanceTimersByTimeAsync(2_300);
    add('a', 4);
    add('tarpit', 2, 3);
    await vi.advanceTimersByTimeAsync(20);
    expect([underWayOf('tarpit'), underWayOf('a')]).toEqual([4, 4]);
    await end('tarpit0', 'tarpit1', 'tarpit2', 'tarpit3');
    expect(underWayOf('tarpit')).toBe(5);
  });

  it('keeps its slots if too many are late already, so that the work under way is bounded', async () => {
    const { add, started } = desk({ slots: 4, slotsADomain: 2, slowMax: 6 });
    for (let domain = 0; domain < 20; domain++) add(`d${String(domain)}.`, 2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(started).toHaveLength(4 + 6);
  });
});

describe('reading', () => {
  it('stops while too much waits, and goes on when there is room', async () => {
    const { slots, end } = desk({ slots: 2, slotsADomain: 2, queueMax: 3 });
    expect(slots.add('a', 'a0')).toBeNull();
    expect(slots.add('a', 'a1')).toBeNull();
    let goesOn = false;
    const wait = slots.add('a', 'a2');
    expect(wait).not.toBeNull();
    void wait?.then(() => (goesOn = true));
    expect(goesOn).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    await end('a0');
    expect(goesOn).toBe(true);
  });
});

it('starts each address once, within every bound, and is idle when all have ended', async () => {
  const lists = fc.array(fc.record({ domain: fc.integer({ min: 0, max: 6 }), takesMs: fc.constantFrom(0, 5, 500, 3_000) }), {
    minLength: 1,
    maxLength: 120,
  });
  await fc.assert(
    fc.asyncProperty(lists, async (list) => {
      const started = new Set<number>();
      const underWay = { all: 0, most: 0, byDomain: new Map<number, number>() };
      const slots = new FairSlots<number>({ ...LIMITS, queueMax: 10 }, async (index) => {
        const { domain, takesMs } = list[index] ?? { domain: 0, takesMs: 0 };
        expect(started.has(index)).toBe(false);
        started.add(index);
        underWay.most = Math.max(underWay.most, (underWay.all += 1));
        const ofDomain = (underWay.byDomain.get(domain) ?? 0) + 1;
        expect(ofDomain).toBeLessThanOrEqual(LIMITS.slotsADomain);
        underWay.byDomain.set(domain, ofDomain);
        await new Promise((resolve) => setTimeout(resolve, takesMs));
        underWay.all -= 1;
        underWay.byDomain.set(domain, (underWay.byDomain.get(domain) ?? 0) - 1);
      });
      const read = (async () => {
        for (const [index, { domain }] of list.entries()) await slots.add(String(domain), index);
        await slots.whenIdle();
      })();
      await vi.advanceTimersByTimeAsync(200_000);
      await read;
      expect(started.size).toBe(list.length);
      expect(underWay.most).toBeLessThanOrEqual(LIMITS.slots + LIMITS.slowMax);
      expect(vi.getTimerCount()).toBe(0);
    }),
    { numRuns: 60 },
  );
});
