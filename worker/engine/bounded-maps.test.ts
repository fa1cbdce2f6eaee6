import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentMap } from './bounded-maps';

it('returns what was set, until it is deleted', () => {
  const map = new RecentMap<string, number>(10);
  map.set('a', 1);
  map.set('a', 2);
  map.set('b', 3);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([2, 3, undefined]);
  map.delete('a');
  expect(map.get('a')).toBeUndefined();
});

it('forgets the least recently used entries and keeps the used ones', () => {
  const map = new RecentMap<number, number>(8);
  map.set(0, 0);
  for (let key = 1; key < 1_000; key++) {
    map.set(key, key);
    expect(map.get(0)).toBe(0);
  }
  expect(map.get(1)).toBeUndefined();
  expect([997, 998, 999].map((key) => map.get(key))).toEqual([997, 998, 999]);
});

it('never holds more than its bound, and only the last value of a key', () => {
  const steps = fc.array(fc.record({ does: fc.constantFrom('get', 'set', 'delete'), key: fc.nat(30) }), { maxLength: 300 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 2, max: 20 }), (all, bound) => {
      const map = new RecentMap<number, number>(bound);
      const last = new Map<number, number>();
      all.forEach(({ does, key }, index) => {
        if (does === 'set') {
          map.set(key, index);
          last.set(key, index);
        } else if (does === 'delete') {
          map.delete(key);
          last.delete(key);
        } else expect([undefined, last.get(key)]).toContain(map.get(key));
        expect(map.size).toBeLessThanOrEqual(bound);
      });
    }),
  );
});

it('an unused entry expires, and a used one does not', () => {
  let now = 0;
  const map = new RecentMap<string, string>(1_000, { after: { ms: 10, now: () => now } });
  map.set('used', 'a');
  map.set('unused', 'b');
  for (now = 1; now <= 9; now++) map.set(String(now), '');
  expect(map.get('unused')).toBe('b');
  for (; now < 40; now++) {
    expect(map.get('used')).toBe('a');
    map.set(String(now), '');
  }
  expect(map.get('unused')).toBeUndefined();
  expect(map.size).toBeLessThanOrEqual(2 * 10 + 2);
});

it('entries that have to stay outlive any number of others, up to a quarter of the capacity', () => {
  const map = new RecentMap<number, 'stays' | 'goes'>(20, { isToStay: (value) => value === 'stays' });
  for (let key = 0; key < 5; key++) map.set(key, 'stays');
  for (let key = 100; key < 1_000; key++) {
    map.set(key, 'goes');
    expect(map.size).toBeLessThanOrEqual(20);
  }
  expect([0, 1, 2, 3, 4].map((key) => map.get(key))).toEqual(Array.from({ length: 5 }, () => 'stays'));
  for (let key = 2_000; key < 3_000; key++) {
    map.set(key, 'stays');
    expect(map.size).toBeLessThanOrEqual(20);
  }
});
