import { describe, expect, it, test } from 'vitest';
import { csvCell, csvLine, neutralise } from './csv';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  [' edge ', '" edge "'],
  ['', ''],
])('%j is written %j', (value, cell) => expect(csvCell(value)).toBe(cell));

describe('a text that a spreadsheet would take for a formula', () => {
  test.each([
    '=1+1',
    '=HYPERLINK("http://evil.example","x")',
    '+49 30',
    '+1+1',
    '-2+3+cmd|"/C calc"!A0',
    '-',
    '-a',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\n=1',
    '  =cmd|calc',
    '\u00a0=1',
    '\uFEFF=1',
    '\uFF1D1+1',
    '\uFF0B1',
    '\uFF0D1a',
    '\uFF20SUM(A1)',
    '-5\n=1',
    '+',
    '--5',
    '-5e',
  ])('%j gets an apostrophe before it', (text) => expect(neutralise(text)).toBe(`'${text}`));
});

describe('a text that is not a formula', () => {
  test.each(['-5', '+5', '-1,234.56', '-0.5e-3', '-5%', '+491701234567', 'a=1', '5-3', "'=1", '', '007', 'ann+tag@example.com'])(
    '%j stays as it is',
    (text) => expect(neutralise(text)).toBe(text),
  );
});

it('writes numbers as they are, null as an empty cell, and ends the line as RFC 4180 says', () => {
  expect(csvLine([-3, 0.5, null, true, '-3', '-x'])).toBe("-3,0.5,,true,-3,'-x\r\n");
});
