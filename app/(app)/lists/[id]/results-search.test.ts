import { expect, it } from 'vitest';
import { parseResultsSearch, resultsSearch } from './results-search';

it('the filter comes back from the URL as it was written', () => {
  const search = {
    status: 'risky',
    reason: 'catch_all',
    grade: 'likely',
    provider: 'google',
    q: '@example.com',
    cursor: 'WyJuIl0',
    row: 7,
  } as const;
  expect(parseResultsSearch(Object.fromEntries(new URLSearchParams(resultsSearch(search))))).toEqual(search);
});

it('parameters that are not understood are dropped', () => {
  const search = parseResultsSearch({
    status: 'valid',
    reason: ['a', 'b'],
    grade: 'sure',
    provider: "'",
    q: '  ',
    cursor: '',
    row: '-1',
  });
  expect(resultsSearch(search)).toBe('');
});
