// A workspace's lists, newest first, in cursor pages of a bounded size.
import { listListRecords } from '@/lib/data/lists';
import type { Scope } from '@/lib/data/scope';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/domain/limits';
import type { ListState } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { listToView } from './list-to-view';

export interface ListsFilter {
  states?: readonly ListState[] | undefined;
  /** Only lists of test keys, or only real ones. */
  test?: boolean | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

export interface ListsPage {
  items: ListView[];
  nextCursor: string | null;
}

export async function listLists(scope: Scope, filter: ListsFilter = {}): Promise<ListsPage> {
  const limit = Math.min(Math.max(1, Math.trunc(filter.limit ?? PAGE_SIZE_DEFAULT)), PAGE_SIZE_MAX);
  const records = await listListRecords(scope, { ...filter, take: limit + 1 });
  const items = records.slice(0, limit).map((record) => listToView(record));
  return { items, nextCursor: records.length > limit ? (items.at(-1)?.id ?? null) : null };
}
