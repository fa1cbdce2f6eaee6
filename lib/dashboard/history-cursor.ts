// Where a page of the history starts, as an opaque string for URLs. Refuses any string that it could not have written.
import { z } from 'zod';
import { timeOfId } from '@/lib/platform/ids';
import { ADDRESS_INPUT_MAX_CHARS, CURSOR_MAX_CHARS, LIST_ROWS_MAX } from '@/lib/platform/limits';
import { readOpaque, writeOpaque } from '@/lib/platform/pages';
import type { HistoryPosition, StreamKind } from './store/history';

const KIND_OF_LETTER = { c: 'check', r: 'row', l: 'list' } as const satisfies Record<string, StreamKind>;
const LETTER_OF_KIND = { check: 'c', row: 'r', list: 'l' } as const satisfies Record<StreamKind, keyof typeof KIND_OF_LETTER>;

const ANY_ID = /^(ver|lst)_[0-9A-HJKMNP-TV-Z]{26}$/;
const CHECK_ID = /^ver_[0-9A-HJKMNP-TV-Z]{26}$/;
/** The latest time that an id can hold. */
const TIME_MAX = 2 ** 48 - 1;

const cursorSchema = z.tuple([
  z.enum(['c', 'r', 'l']),
  z.int().min(0).max(TIME_MAX),
  z.string().regex(ANY_ID),
  z.int().min(0).max(LIST_ROWS_MAX),
  z.string().max(ADDRESS_INPUT_MAX_CHARS),
]);

export function writeHistoryCursor({ kind, at, id, n, key }: HistoryPosition): string {
  return writeOpaque([LETTER_OF_KIND[kind], at, id, n, key]);
}

/**
 * Null for any string that `writeHistoryCursor` could not have written. The id of a check is accepted too: it is the cursor of a
 * history without lists, as the API returns it.
 */
export function readHistoryCursor(word: string): HistoryPosition | null {
  if (CHECK_ID.test(word)) return { kind: 'check', at: timeOfId(word), id: word, n: 0, key: '' };
  if (word.length > CURSOR_MAX_CHARS) return null;
  const parsed = cursorSchema.safeParse(readOpaque(word));
  if (!parsed.success) return null;
  const [letter, at, id, n, key] = parsed.data;
  return key.includes('\0') ? null : { kind: KIND_OF_LETTER[letter], at, id, n, key };
}
