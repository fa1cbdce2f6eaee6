import { describe, expect, it } from 'vitest';
import { historySearch, parseHistorySearch } from './api';

describe('the filters in the URL', () => {
  it('come back as they were written', () => {
    const search = parseHistorySearch({
      status: 'risky',
      reason: 'catch_all',
      source: 'list',
      key: 'key_01ABC',
      from: '2026-10-01',
      to: '2026-10-31',
      q: '@example.com',
      cursor: `ver_${'0'.repeat(26)}`,
    });
    const params = Object.fromEntries(new URLSearchParams(historySearch(search)));
    expect(parseHistorySearch(params)).toEqual(search);
  });

  it('are dropped if they are not understood', () => {
    const search = parseHistorySearch({
      status: 'valid',
      reason: ['a', 'b'],
      source: 'landing',
      q: '   ',
      cursor: "' OR 1=1",
      key: 'x',
      from: '2026-13-01',
      to: 'y',
    });
    expect(historySearch(search)).toBe('');
  });

  it('do not filter when the form sends them empty', () => {
    expect(historySearch(parseHistorySearch({ status: '', reason: '', source: '', q: '' }))).toBe('');
  });
});
