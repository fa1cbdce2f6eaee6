import { expect, it } from 'vitest';
import { shownColumns } from './shown-columns';

it('shows all of a few columns, and the first few of many', () => {
  expect(shownColumns(3, 1)).toEqual([0, 1, 2]);
  expect(shownColumns(1_000, 2)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('always shows the chosen one', () => {
  expect(shownColumns(1_000, 999)).toEqual([0, 1, 2, 3, 4, 5, 6, 999]);
  expect(shownColumns(9, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
});

it('a choice that does not exist adds nothing', () => expect(shownColumns(2, 5)).toEqual([0, 1]));
