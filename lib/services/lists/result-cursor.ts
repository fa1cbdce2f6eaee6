// Where a page of results goes on, as an opaque word for URLs: which way, and from which row. Reads null out of every word that it
// could not have written itself.
import { z } from 'zod';
import type { ResultPosition } from '@/lib/data/list-pages';
import { ADDRESS_INPUT_MAX_CHARS, LIST_ROWS_MAX } from '@/lib/domain/limits';

export interface ResultCursor {
  direction: 'next' | 'previous';
  /** Null: the last page. */
  from: ResultPosition | null;
}

const WAY = { next: 'n', previous: 'p' } as const;

const schema = z.union([
  z.tuple([z.literal(WAY.previous)]),
  z.tuple([z.enum(WAY), z.int().min(0).max(LIST_ROWS_MAX), z.string().max(ADDRESS_INPUT_MAX_CHARS)]),
]);

export const LAST_PAGE: ResultCursor = { direction: 'previous', from: null };

export function writeCursor({ direction, from }: ResultCursor): string {
  const parts = from === null ? [WAY[direction]] : [WAY[direction], from.n, from.key];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Null for a word that is no cursor. */
export function readCursor(word: string): ResultCursor | null {
  const parsed = schema.safeParse(parse(word));
  if (!parsed.success) return null;
  const [way, n, key] = parsed.data;
  const direction = way === WAY.next ? 'next' : 'previous';
  return { direction, from: n === undefined || key === undefined ? null : { n, key } };
}

function parse(word: string): unknown {
  try {
    return JSON.parse(Buffer.from(word, 'base64url').toString());
  } catch {
    return null;
  }
}
