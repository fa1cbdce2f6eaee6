import { expect, it } from 'vitest';
import { newId } from '@/lib/ids';
import { listsPath, parseListsSearch } from './lists-search';

it('a search survives the way into the URL and back', () => {
  const search = { state: 'active', cursor: newId('list') } as const;
  const { searchParams } = new URL(listsPath(search), 'http://localhost');
  expect(parseListsSearch(Object.fromEntries(searchParams))).toEqual(search);
  expect(listsPath({})).toBe('/lists');
});

it('what is not understood is dropped', () => {
  const empty = { state: undefined, cursor: undefined };
  for (const params of [
    { state: 'lost' },
    { state: 'toString' },
    { state: ['active', 'ready'] },
    { cursor: 'x' },
    { cursor: newId('verification') },
  ])
    expect(parseListsSearch(params)).toEqual(empty);
});
