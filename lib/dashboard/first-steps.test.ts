import { expect, it } from 'vitest';
import { needsFirstSteps } from './rules';
import { FIRST_STEPS_DAYS } from '@/lib/platform/limits';

const now = new Date('2026-11-28T10:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const none = { hasVerified: false, hasList: false, hasKey: false };

it('reminds of first steps until all are done, or enough was done for long enough', () => {
  expect(needsFirstSteps(none, { createdAt: daysAgo(0), now })).toBe(true);
  expect(needsFirstSteps({ ...none, hasVerified: true }, { createdAt: daysAgo(FIRST_STEPS_DAYS - 1), now })).toBe(true);
  expect(needsFirstSteps({ ...none, hasVerified: true }, { createdAt: daysAgo(FIRST_STEPS_DAYS), now })).toBe(false);
  expect(needsFirstSteps({ hasVerified: true, hasList: true, hasKey: true }, { createdAt: now, now })).toBe(false);
});

it('never stops reminding if nothing was ever verified', () => {
  expect(needsFirstSteps({ ...none, hasKey: true, hasList: true }, { createdAt: daysAgo(400), now })).toBe(true);
});
