import { expect, test } from 'vitest';
import { retentionChoices } from './retention';

const NOW = Date.parse('2026-11-26T10:00:00Z');
const list = {
  state: 'completed',
  createdAt: '2026-11-01T10:00:00Z',
  finishedAt: '2026-11-20T10:00:00Z',
  retentionDays: 30,
} as const;

test.each([
  { name: 'six days after the end', given: list, choices: [7, 14, 30, 60, 90] },
  { name: 'never started, counted from its creation', given: { ...list, finishedAt: null }, choices: [30, 60, 90] },
  { name: 'at work: nothing is over', given: { ...list, state: 'running' as const }, choices: [1, 3, 7, 14, 30, 60, 90] },
  { name: 'what is set now is always there', given: { ...list, retentionDays: 10 }, choices: [7, 10, 14, 30, 60, 90] },
])('$name: $choices', ({ given, choices }) => expect(retentionChoices(given, NOW)).toEqual(choices));
