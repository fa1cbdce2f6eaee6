import { expect, it } from 'vitest';
import { operatorPath, parseOperatorSearch } from './operator-search';

it('a search comes back from the URL as it was written', () => {
  const search = { identity: 'mx1.example.org 192.0.2.1', provider: 'big & small', state: 'resting', cursor: 'WyJ' } as const;
  const params = Object.fromEntries(new URL(operatorPath(search), 'http://localhost').searchParams);
  expect(parseOperatorSearch(params)).toEqual(search);
});

it('a parameter that is empty, repeated or not understood is no filter', () => {
  const search = parseOperatorSearch({ identity: ' ', provider: ['a', 'b'], state: 'asleep', cursor: '\0' });
  expect(operatorPath(search)).toBe('/operator');
});

it('an overlong text is cut', () => {
  expect(parseOperatorSearch({ provider: 'x'.repeat(10_000) }).provider?.length).toBeLessThan(1_000);
});
