import { expect, test, vi } from 'vitest';
import { newId, numberOfId } from './ids';

test('ids show their kind and sort by age', () => {
  expect(newId('verification')).toMatch(/^ver_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(newId('verification', 1_000) < newId('verification', 2_000)).toBe(true);
});

test('two ids made at the same moment differ', () => {
  expect(newId('user', 1)).not.toBe(newId('user', 1));
});

test('ids of one process sort in the order they were made, even when the clock goes back', () => {
  const made = Array.from({ length: 2_000 }, () => newId('creditEntry'));
  vi.useFakeTimers({ now: Date.now() - 60_000, toFake: ['Date'] });
  made.push(newId('creditEntry'));
  vi.useRealTimers();
  made.push(newId('creditEntry'));
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test('an id always has the same number, which fits into a signed 32-bit integer', () => {
  const ids = Array.from({ length: 200 }, () => newId('list'));
  for (const id of ids) {
    const number = numberOfId(id);
    expect(number).toBe(numberOfId(id));
    expect(Number.isInteger(number) && number >= 0 && number < 2 ** 31).toBe(true);
  }
  expect(new Set(ids.map(numberOfId)).size).toBe(ids.length);
});
