import { expect, it, test } from 'vitest';
import { isDecidedBySyntax, isFreeButAsked, nextUtcMidnight, secondsToUtcMidnight } from './free';
import { REASONS, REASONS_BY_STATUS } from '@/lib/verdict/verdict';

it('counts every free answer for which somebody was asked, and no other', () => {
  expect(REASONS.filter(isFreeButAsked).toSorted()).toEqual(
    ['catch_all', 'domain_not_found', 'no_mx', 'null_mx', 'mx_unroutable', ...REASONS_BY_STATUS.unknown].toSorted(),
  );
});

test.each([
  ['nonsense', true],
  ['a b@example.com', true],
  ['x..y@gmail.com', true],
  ['someone@gmail.com', false],
  ['someone@example.com', false],
])('%s is decided by syntax: %s', (email, expected) => expect(isDecidedBySyntax(email)).toBe(expected));

it('starts over at midnight, UTC', () => {
  const late = new Date('2026-12-31T23:59:59.500Z');
  expect(nextUtcMidnight(late).toISOString()).toBe('2027-01-01T00:00:00.000Z');
  expect([secondsToUtcMidnight(late), secondsToUtcMidnight(new Date('2026-12-31T00:00:00Z'))]).toEqual([1, 86_400]);
});
