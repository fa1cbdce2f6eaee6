import { expect, it, test } from 'vitest';
import { csvCell, csvLine } from './csv-cell';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  [' edge ', '" edge "'],
  ['', ''],
])('%j is written %j', (value, cell) => expect(csvCell(value)).toBe(cell));

test.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '\tx', '\rx', '  =cmd|calc', '\uFEFF=1'])(
  '%j can not become a formula',
  (value) => {
    expect(csvCell(value).replace(/^"/, '')).toMatch(/^'/);
  },
);

it('writes numbers as they are, nothing for null, and ends the line as RFC 4180 says', () => {
  expect(csvLine([-3, 0.5, null, true, '-3'])).toBe("-3,0.5,,true,'-3\r\n");
});
