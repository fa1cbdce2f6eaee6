import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GREYLIST_DELAY_MAX_S, GREYLIST_DELAY_MIN_S } from '@/lib/domain/limits';
import { parseRetryAfterS } from './retry-after';

describe('the delay a reply asks for', () => {
  it.each([
    ['Greylisted, please try again in 5 minutes', 300],
    ['Please wait 300 seconds', 300],
    ['come back in 00:05:00', 300],
    ['greylisted for 60 s', 60],
    ['try again in 1 hour', 3_600],
    ['in 1 hour', 3_600],
    ['Deferred for 4m30s', 270],
    ['retry in 3 hours and 5 minutes', 11_100],
    ['We will accept this mail from you in 42 seconds', 42],
    ['try again in five minutes', 300],
    ['Retry-After: 120', 120],
    ['10 minutes later', 600],
    ['Bitte in 5 Minuten erneut versuchen', 300],
    ['réessayez dans 10 minutes', 600],
    ['попробуйте через 5 минут', 300],
    ['请在5分钟后重试', 300],
    ['try again in 5 minutes (retry after 300 seconds)', 300],
  ])('of "%s" is %d s', (text, seconds) => {
    expect(parseRetryAfterS(text)).toBe(seconds);
  });

  it.each([
    ['no number', 'please try again later'],
    ['a limit, not a delay', 'exceeded 100 messages per hour'],
    ['a clock time', 'received at 10:32:11'],
    ['a date', 'please retry after 2026-11-23 10:32:11'],
    ['two different delays', 'wait 5 minutes or retry in 10 minutes'],
    ['a number without a unit', 'try again in 5'],
    ['a delay over the bound', 'try again in 86400 seconds'],
    ['nothing to wait for', 'try again in 0 seconds'],
    ['an id', 'id 5s-300m'],
    ['a uptime', 'up for 3 hours'],
    ['an empty text', ''],
  ])('is not known from %s', (_, text) => {
    expect(parseRetryAfterS(text)).toBeNull();
  });

  it('lies within the bounds for any text', () => {
    const words = fc.array(
      fc.constantFrom(
        'try',
        'again',
        'in',
        '5',
        '99999',
        '00:99:00',
        '01:00:00',
        'minutes',
        'h',
        's',
        'wait',
        'and',
        'greylisted',
        'for',
        '-',
        '(',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          words.map((all) => all.join(' ')),
        ),
        (text) => {
          const delay = parseRetryAfterS(text);
          expect(
            delay === null || (delay >= GREYLIST_DELAY_MIN_S && delay <= GREYLIST_DELAY_MAX_S && Number.isInteger(delay)),
          ).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
