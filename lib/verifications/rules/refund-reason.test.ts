import { expect, test } from 'vitest';
import { FEEDBACK_REFUND_DAYS } from '@/lib/platform/limits';
import { refundAllowance, refusalOf, type BounceFacts } from './feedback';

const NOW = new Date('2026-11-26T12:00:00Z');
const age = (ms: number) => new Date(NOW.getTime() - ms);
const LIMIT_MS = FEEDBACK_REFUND_DAYS * 86_400_000;
const bounce = (more: Partial<BounceFacts> = {}): BounceFacts => ({
  outcome: 'hard_bounce',
  code: { reply: 550, enhanced: null },
  status: 'deliverable',
  checkedAt: age(0),
  credits: 1,
  ...more,
});

test.each([
  [{}, null],
  [{ checkedAt: age(LIMIT_MS) }, null],
  [{ checkedAt: age(LIMIT_MS + 1) }, 'too_old'],
  [{ outcome: 'delivered' }, 'not_a_hard_bounce'],
  [{ outcome: 'soft_bounce' }, 'not_a_hard_bounce'],
  [{ outcome: 'complaint' }, 'not_a_hard_bounce'],
  [{ status: 'risky' }, 'not_deliverable'],
  [{ code: null }, 'no_smtp_code'],
  [{ code: { reply: 450, enhanced: null } }, 'not_permanent'],
  [{ credits: 0 }, 'not_charged'],
] as const)('%j: %s', (more, reason) => expect(refusalOf(bounce(more), NOW)).toBe(reason));

test('an allowance is a share, rounded down, with a minimum', () => {
  const rule = { share: 0.05, atLeast: 5 };
  expect([0, 99, 100, 119, 120, 1_000].map((charged) => refundAllowance(rule, charged))).toEqual([5, 5, 5, 5, 6, 50]);
});
