import { expect, it } from 'vitest';
import type { EngineAnswer } from '@/lib/verdict/answer';
import { fakePorts, subjectOf } from '@/worker/engine/fake-ports';
import { verifyAddress } from '@/worker/engine/pipeline';
import { answerLine } from './answer-line';

const plainly = (input: string, { email, verdict, mx, evidence, durationMs }: EngineAnswer): string => {
  const { status, reason, score, flags } = verdict;
  return JSON.stringify({ input, email, status, reason, score, flags, mx, evidence, duration_ms: durationMs });
};

it('is what JSON.stringify would write, for addresses that share their evidence and for each its own', async () => {
  const ports = fakePorts();
  const answers = [];
  for (const email of ['mary@example.com', 'john"\\@example.com', ' ünïcode@example.com ', 'mary@other.com', 'no address'])
    answers.push(await verifyAddress(subjectOf(email), ports));
  const [first, second] = answers;
  if (first === undefined || second === undefined) throw new Error('no answers');
  // What is shared by object, what is equal, and what one recipient was told.
  const own = first.evidence.map((item) => ({
    ...item,
    layer: 'smtp' as const,
    stage: 'rcpt' as const,
    text: 'said "no" to <one>\n',
  }));
  const mixed: EngineAnswer = { ...second, evidence: [...first.evidence, ...own] };
  for (const answer of [...answers, mixed, ...answers])
    expect(answerLine('its input\t"', answer)).toBe(plainly('its input\t"', answer));
  expect(answers.flatMap(({ evidence }) => evidence).length).toBeGreaterThan(5);
});
