import { expect, test, vi } from 'vitest';
import { idsOfNumber, newId, numberOfId } from './ids';

test('ids tell their kind and sort by age', () => {
  expect(newId('verification')).toMatch(/^ver_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(newId('verification', 1_000) < newId('verification', 2_000)).toBe(true);
});

test('two ids of the same moment differ', () => {
  expect(newId('user', 1)).not.toBe(newId('user', 1));
});

test('ids of one process sort in the order they were made, also when the clock goes back', () => {
  const made = Array.from({ length: 2_000 }, () => newId('creditEntry'));
  vi.useFakeTimers({ now: Date.now() - 60_000, toFake: ['Date'] });
  made.push(newId('creditEntry'));
  vi.useRealTimers();
  made.push(newId('creditEntry'));
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test('the number of an id is exact in a double, and leads back to it', () => {
  for (let n = 0; n < 100; n++) {
    const id = newId('list');
    const number = numberOfId(id);
    expect(Number.isSafeInteger(number)).toBe(true);
    const { beginning, behind } = idsOfNumber('list', number);
    expect(id.startsWith(beginning) && id < behind && behind.length === id.length).toBe(true);
  }
});
