import { expect, it } from 'vitest';
import type { EngineAnswer } from '@/lib/verdict/answer';
import type { Evidence } from '@/lib/verdict/evidence';
import { unaskedAnswer } from '@/lib/verdict/answer';
import { lineOf } from './answer-line';

const GIVEN: EngineAnswer = unaskedAnswer({
  email: 'ann@example.com',
  reason: 'timeout',
  text: 'There was "no" time.\n',
  rule: 'ours',
  now: Date.UTC(2026, 0, 2),
  layers: [],
});
const [item] = GIVEN.evidence;
if (item === undefined) throw new Error('an answer without evidence');
const remembered: Evidence = { ...item, remembered: true };

it('is the JSON of the answer, also where evidence comes again', () => {
  const answer = { ...GIVEN, evidence: [remembered, item, { ...remembered, text: 'another' }] };
  for (const input of [' ann@example.com', 'ann@example.com"']) {
    const line = lineOf(input, answer);
    const { email, verdict, mx, evidence, durationMs } = answer;
    const { status, reason, score, flags } = verdict;
    const fields = { input, email, status, reason, score, grade: null, grade_basis: [], flags, mx };
    expect(line).toBe(JSON.stringify({ ...fields, evidence, duration_ms: durationMs }));
  }
});

it('has an empty list where there is no evidence', () => {
  expect(JSON.parse(lineOf('a', { ...GIVEN, evidence: [] }))).toMatchObject({ input: 'a', evidence: [] });
});
