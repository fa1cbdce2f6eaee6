import { expect, it } from 'vitest';
import { findColumn } from './list';

const names = ['name', ' E-mail', 'EMAIL', 'email', '77', 'PHONE', ' phone ', 'row 1', '1 row', 'x1', '1x'];
const columns = names.map((name) => ({ name }));

it.each([
  ['name', 0],
  ['E-mail ', 1],
  ['email', 3],
  ['Email', 2],
  [1, 0],
  ['5', 4],
  [5, 4],
  ['77', null],
  [0, null],
  ['0', null],
  ['fax', null],
  // Spaces around a name are ignored, but the exact spelling still wins.
  [' email', 3],
  ['phone', 6],
  ['e-MAIL', 1],
  // Only text of a few digits is a number.
  [' 10 ', 9],
  ['12', null],
  ['row 1', 7],
  ['1 row', 8],
  ['x1', 9],
  ['1x', 10],
  [12, null],
  [1_234_567, null],
])('%j is the column at %j', (asked, at) => expect(findColumn(columns, asked)).toBe(at));
