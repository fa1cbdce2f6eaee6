import { describe, expect, it } from 'vitest';
import { asBeginning, toAddressSearch, toExactSearch } from './rules';

describe('what is typed into the history’s search', () => {
  it.each([
    ['jane@example.com', { kind: 'exact', spellings: ['jane@example.com'], canonical: 'jane@example.com' }],
    [
      ' J.Doe+news@GoogleMail.com ',
      {
        kind: 'exact',
        spellings: ['j.doe+news@googlemail.com', 'jdoe@gmail.com'],
        canonical: 'jdoe@gmail.com',
      },
    ],
    ['@Example.com', { kind: 'domain', ascii: 'example.com', unicode: 'example.com' }],
    ['@münchen.example', { kind: 'domain', ascii: 'xn--mnchen-3ya.example', unicode: 'münchen.example' }],
    ['jane', { kind: 'beginning', beginning: 'jane' }],
    ['jane@exam', { kind: 'beginning', beginning: 'jane@exam' }],
    ['jane@example.co*', { kind: 'beginning', beginning: 'jane@example.co' }],
    ['@', { kind: 'beginning', beginning: '@' }],
    ['  ', null],
    ['*', null],
  ])('%j', (text, search) => {
    expect(toAddressSearch(text)).toEqual(search);
  });

  it('is the beginning of an address if it ends with a star', () => {
    expect(toAddressSearch(asBeginning('jane@example.co'))).toEqual({ kind: 'beginning', beginning: 'jane@example.co' });
  });

  it('is searched for as is if it has to be an address and is not one', () => {
    expect(toExactSearch('Jane@@x')).toEqual({ kind: 'exact', spellings: ['jane@@x'], canonical: 'Jane@@x' });
  });
});
