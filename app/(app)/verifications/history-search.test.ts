import { describe, expect, it } from 'vitest';
import { historySearch, parseHistorySearch } from './history-search';

describe('the filters in the URL', () => {
  it('come back as they were written', () => {
    const search = parseHistorySearch({
      status: 'risky',
      reason: 'accept_all',
      source: 'api',
      q: '@example.com',
      cursor: `ver_${'0'.repeat(26)}`,
    });
    const params = Object.fromEntries(new URLSearchParams(historySearch(search)));
    expect(parseHistorySearch(params)).toEqual(search);
  });

  it('are dropped where they are not understood', () => {
    const search = parseHistorySearch({ status: 'valid', reason: ['a', 'b'], source: 'landing', q: '   ', cursor: "' OR 1=1" });
    expect(historySearch(search)).toBe('');
  });

  it('are no filter when the form sends them empty', () => {
    expect(historySearch(parseHistorySearch({ status: '', reason: '', source: '', q: '' }))).toBe('');
  });
});
