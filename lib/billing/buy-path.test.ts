import { describe, expect, it } from 'vitest';
import { checkoutPath, intervalOf, offerInWords, signUpPath } from './rules/billing';
import { OFFERS } from './rules/offers';

const wordsOf = (path: string) => {
  const query = new URL(path, 'http://base.invalid').searchParams;
  return { plan: query.get('plan'), interval: query.get('interval'), pack: query.get('pack') };
};

describe('an offer in an address', () => {
  it('comes back as it was', () => {
    for (const offer of OFFERS) {
      expect(offerInWords(wordsOf(signUpPath(offer)))).toEqual(offer);
      expect(offerInWords(wordsOf(checkoutPath(offer)))).toEqual(offer);
    }
  });

  it.each([
    { plan: 'free', interval: 'month', pack: null },
    { plan: 'toString', interval: null, pack: null },
    { plan: null, interval: null, pack: '3k' },
    { plan: 'starter', interval: 'month', pack: '__proto__' },
    { plan: null, interval: null, pack: null },
  ])('is none when it is %o', (words) => expect(offerInWords(words)).toBeNull());

  it.each([
    [null, 'month'],
    ['week', 'month'],
    ['year', 'year'],
  ])('%s is paid by the %s', (word, interval) => expect(intervalOf(word)).toBe(interval));
});
