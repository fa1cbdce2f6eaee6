import { expect, it } from 'vitest';
import { relativeWords } from './relative-time';

const NOW = Date.parse('2026-11-30T12:00:00.000Z');
const DAY_S = 86_400;

it.each([
  [-5, 'just now'],
  [-119, '1 minute ago'],
  [-2 * DAY_S + 1, 'yesterday'],
  [45, 'in a moment'],
  [90 * DAY_S - 1, 'in 3 months'],
  [31 * DAY_S, 'next month'],
])('%i seconds from now: %s', (seconds, words) => {
  expect(relativeWords(new Date(NOW + seconds * 1_000).toISOString(), NOW)).toBe(words);
});
