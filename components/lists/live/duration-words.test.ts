import { expect, it } from 'vitest';
import { durationWords } from './duration-words';

it.each([
  [0, 'less than a minute'],
  [59, 'less than a minute'],
  [60, 'about 1 minute'],
  [61, 'about 2 minutes'],
  [3_599, 'about 60 minutes'],
  [3_600, 'about 1 h'],
  [5_400, 'about 1 h 30 min'],
])('%d seconds are %s', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});
