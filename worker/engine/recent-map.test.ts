import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentMap } from './recent-map';

it('gives back what was put in, until it is deleted', () => {
  const map = new RecentMap<string, number>(10);
  map.set('a', 1);
  map.set('a', 2);
  map.set('b', 3);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([2, 3, undefined]);
  map.delete('a');
  expect(map.get('a')).toBeUndefined();
});

it('forgets what was used longest ago and keeps what is used', () => {
  const map = new RecentMap<number, number>(8);
  map.set(0, 0);
  for (let key = 1; key < 1_000; key++) {
    map.set(key, key);
    expect(map.get(0)).toBe(0);
  }
  expect(map.get(1)).toBeUndefined();
  expect([997, 998, 999].map((key) => map.get(key))).toEqual([997, 998, 999]);
});

it('never holds more than its bound, nor another value than the last', () => {
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
