import { expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { listsPath, parseListsSearch } from './lists-search';

it('a search survives the round trip through the URL', () => {
  const search = { status: 'active', cursor: newId('list') } as const;
  const { searchParams } = new URL(listsPath(search), 'http://localhost');
  expect(parseListsSearch(Object.fromEntries(searchParams))).toEqual(search);
  expect(listsPath({})).toBe('/lists');
});

it('parameters that are not understood are dropped', () => {
  const empty = { status: undefined, cursor: undefined };
  for (const params of [
    { status: 'lost' },
    { status: 'toString' },
    { status: ['active', 'ready'] },
    { cursor: 'x' },
    { cursor: newId('verification') },
  ])
    expect(parseListsSearch(params)).toEqual(empty);
});
