import { expect, it } from 'vitest';
import { ordinal } from './ordinal';
import { percent } from './percent';

it.each([
  [0, '0%'],
  [0.0001, '<1%'],
  [0.125, '13%'],
  [0.9999, '>99%'],
  [1, '100%'],
])('a share of %d is never rounded to nothing or everything: %s', (share, words) => {
  expect(percent(share)).toBe(words);
});

it.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [12, '12th'],
  [23, '23rd'],
])('%d is the %s', (number, words) => {
  expect(ordinal(number)).toBe(words);
});
