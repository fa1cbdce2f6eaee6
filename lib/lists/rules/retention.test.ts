import { expect, test } from 'vitest';
import { expiryOf, retentionChoices } from './storage';

const NOW = Date.parse('2026-11-26T10:00:00Z');
const list = {
  test: false,
  status: 'completed',
  createdAt: '2026-11-01T10:00:00Z',
  finishedAt: '2026-11-20T10:00:00Z',
  retentionDays: 30,
  unstartedDays: 7,
} as const;

test.each([
  { name: 'six days after the end', given: list, choices: [7, 14, 30, 60, 90] },
  { name: 'never started, counted from its creation', given: { ...list, finishedAt: null }, choices: [30, 60, 90] },
  { name: 'at work: nothing is over', given: { ...list, status: 'running' as const }, choices: [1, 3, 7, 14, 30, 60, 90] },
  { name: 'of a test key', given: { ...list, test: true, retentionDays: 1 }, choices: [1] },
  { name: 'what is set now is always there', given: { ...list, retentionDays: 10 }, choices: [7, 10, 14, 30, 60, 90] },
])('$name: $choices', ({ given, choices }) => expect(retentionChoices(given, NOW)).toEqual(choices));

test('a list that is not started is kept for the days that its plan gives such lists, or for fewer if its own retention is shorter', () => {
  const ready = { ...list, status: 'ready' as const, finishedAt: null };
  const inDays = (days: number) => Date.parse(ready.createdAt) + days * 86_400_000;
  expect([expiryOf(ready), expiryOf({ ...ready, retentionDays: 3 })]).toEqual([inDays(7), inDays(3)]);
});
