import { describe, expect, test } from 'vitest';
import { isPermanent, parseBounceCode } from './feedback';

test.each([
  [550, { reply: 550, enhanced: null }],
  ['550', { reply: 550, enhanced: null }],
  [' 5.1.1 ', { reply: null, enhanced: '5.1.1' }],
  ['550 5.1.1', { reply: 550, enhanced: '5.1.1' }],
  ['550-5.1.1', { reply: 550, enhanced: '5.1.1' }],
  ['550 #5.1.10', { reply: 550, enhanced: '5.1.10' }],
  ['550 no such user', { reply: 550, enhanced: null }],
  ['550 5.1.1 <a@example.com>: unknown', { reply: 550, enhanced: '5.1.1' }],
])('%j is read', (given, code) => expect(parseBounceCode(given)).toEqual(code));

test.each(['', '   ', 'unknown user', '55', '5500', 600, 199, 550.5, '5.1', '6.1.1', 'bye 550', '550.5'])(
  '%j is not a code',
  (given) => expect(parseBounceCode(given)).toBeNull(),
);

describe('is permanent', () => {
  const read = (given: string | number) => parseBounceCode(given) ?? { reply: null, enhanced: null };
  test.each([500, 599, '5.0.0', '550 5.1.1'])('%j', (given) => expect(isPermanent(read(given))).toBe(true));
  test.each([499, 250, '4.2.2', '450 5.1.1', '550 4.7.1'])('not %j', (given) => expect(isPermanent(read(given))).toBe(false));
});
