import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GREYLIST_DELAY_MAX_S, GREYLIST_DELAY_MIN_S } from '@/lib/platform/limits';
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
    ['Too many mails (mail bomb), try again in 1 hour(s) 25 minute(s)', 5_100],
    ['Greylisted, please retry in PT5M', 300],
    ['Erneuter Versuch nach 2 Stunden', 7_200],
    ['riprovare tra 10 minuti', 600],
    ['intente de nuevo en 5 minutos', 300],
    ['tente novamente dentro de 5 minutos', 300],
    ['spróbuj ponownie za 5 minut', 300],
    ['probeer het over 15 minuten opnieuw', 900],
    ['zkuste to za 10 minut', 600],
    ['5 dakika sonra tekrar deneyin', 300],
    ['5分後に再試行してください', 300],
    ['10分以上お待ちください', 600],
    ['5분 후에 다시 시도하십시오', 300],
    ['450 4.7.1 Greylisting in effect, please come back in 00:04:12 (see http://192.0.2.7/60)', 252],
  ])('of "%s" is %d s', (text, seconds) => {
    expect(parseRetryAfterS(text)).toBe(seconds);
  });

  it.each([
    ['no number', 'please try again later'],
    ['a limit, not a delay', 'exceeded 100 messages per hour'],
    ['a limit in the words of a period', 'no more than 10 messages in 60 seconds'],
    ['a limit of attempts', 'you made 20 attempts within 60 seconds'],
    ['a bare limit', 'more than 5 in 60 seconds'],
    ['a rate', 'at most 10 messages per 60 seconds, 192.0.2.60'],
    ['a size', 'message size exceeds 10 M'],
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

  it('is the one that was asked for, whatever other numbers the text has', () => {
    const aside = fc.constantFrom(
      'id 5f3a-9',
      '[192.0.2.60]',
      'limit 10 messages',
      'size 25 MB',
      'see http://mx5.example/60',
      '#4.7.1',
    );
    const asked = fc.constantFrom<[string, number]>(['second', 1], ['minute', 60], ['hour', 3_600]);
    fc.assert(
      fc.property(aside, aside, fc.integer({ min: 2, max: 5 }), asked, (before, after, count, [unit, seconds]) => {
        expect(parseRetryAfterS(`${before}. Please try again in ${String(count)} ${unit}s (${after})`)).toBe(count * seconds);
      }),
    );
  });

  it('is within the bounds for any text', () => {
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
