// Pages of rows in a fixed order. One row more than a page holds is read, which tells whether another page follows. The cursor from which
// it continues is the last item's id or, if it takes more to find the place, an opaque string.
import { z } from 'zod';
import { parseJson } from './json';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from './limits';

// The fields of a page in the API.

export const CURSOR_MEANING = 'Where to continue: the `next_cursor` of the page before. Leave it out for the first page.';

export const limitField = z.coerce
  .number()
  .int()
  .min(1)
  .max(PAGE_SIZE_MAX)
  .default(PAGE_SIZE_DEFAULT)
  .describe(`The most items on the page: 1 to ${PAGE_SIZE_MAX}, or ${PAGE_SIZE_DEFAULT} if left out.`);

export const nextCursorField = z.string().nullable().describe('Send it as `cursor` to get the next page. Null on the last page.');

/** The number of items on a page, whatever was asked for. */
export const pageSize = (asked = PAGE_SIZE_DEFAULT, max = PAGE_SIZE_MAX): number => Math.min(Math.max(1, Math.trunc(asked)), max);

export interface Page<Item> {
  items: Item[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** `rows` are those of the page and, if there is one, the row after it. */
export function toPage<Row, Item extends { id: string }>(
  rows: readonly Row[],
  size: number,
  toItem: (row: Row) => Item,
): Page<Item> {
  const items = rows.slice(0, size).map((row) => toItem(row));
  return { items, nextCursor: rows.length > size ? (items.at(-1)?.id ?? null) : null };
}

export const writeOpaque = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Null for a string that `writeOpaque` could not have written. */
export const readOpaque = (word: string): unknown => parseJson(Buffer.from(word, 'base64url').toString());

const BATCH_SIZE = 500;

export interface Batch {
  /** The id of the row before the batch. */
  afterId: string;
  take: number;
}

/** Every row of a query that is read in batches, in the order of ids: memory stays flat however many there are. */
export async function* eachRow<Row>(
  read: (batch: Batch) => Promise<Row[]>,
  idOf: (row: Row) => string,
  take = BATCH_SIZE,
): AsyncGenerator<Row, void> {
  for (let afterId = ''; ;) {
    const rows = await read({ afterId, take });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < take) return;
    afterId = idOf(last);
  }
}

/** The same for a query that returns ids. */
export const eachId = (read: (batch: Batch) => Promise<string[]>, take = BATCH_SIZE): AsyncGenerator<string, void> =>
  eachRow(read, (id) => id, take);
