import { expect, it } from 'vitest';
import { findColumn } from './list';

const columns = ['name', ' E-mail', 'EMAIL', 'email', '7'].map((name) => ({ name }));

it.each([
  ['name', 0],
  ['E-mail ', 1],
  ['email', 3],
  ['Email', 2],
  [1, 0],
  ['5', 4],
  [5, 4],
  ['7', null],
  [0, null],
  ['0', null],
  ['phone', null],
])('%j is the column at %j', (asked, at) => expect(findColumn(columns, asked)).toBe(at));
