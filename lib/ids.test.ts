import { expect, test } from 'vitest';
import { newId } from './ids';

test('ids tell their kind and sort by age', () => {
  expect(newId('verification')).toMatch(/^ver_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(newId('verification', 1_000) < newId('verification', 2_000)).toBe(true);
});

test('two ids of the same moment differ', () => {
  expect(newId('user', 1)).not.toBe(newId('user', 1));
});
