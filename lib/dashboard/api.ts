// The history's filters as they appear in the URL of its page and its file, and a verification as pages of the API list it: a single
// check, or a row of a list. A filter that is not understood is dropped, so a mistyped link shows more instead of an error. A cursor is an
// opaque string for URLs, and any that was not written here is refused.
import { z } from 'zod';
import { isDay } from '@/lib/credits/rules/usage';
import { timeOfId } from '@/lib/platform/ids';
import { ADDRESS_INPUT_MAX_CHARS, CURSOR_MAX_CHARS, LIST_ROWS_MAX, SEARCH_MAX_CHARS } from '@/lib/platform/limits';
import { nextCursorField, readOpaque, writeOpaque } from '@/lib/platform/pages';
import { isReason, isStatus, type Reason, type Status } from '@/lib/verdict/verdict';
import { toSummaryAnswer } from '@/lib/verdict/verification';
import { verificationSummarySchema } from '@/lib/verdict/verification-schema';
import { NO_BODY, type Operation } from '@/lib/accounts/operation';
import { listQuerySchema } from '@/lib/verifications/api';
import { EXAMPLE_SUMMARY, EXAMPLE_VERIFICATION_ID } from '@/lib/verifications/operations';
import { HISTORY_SOURCES, type HistoryCheck, type HistoryRow, type HistorySource, isHistorySource } from './rules';
import type { HistoryPosition, StreamKind } from './store/history';

export interface HistorySearch {
  /** An address, the beginning of one, or `@` and a domain. */
  q?: string | undefined;
  status?: Status | undefined;
  reason?: Reason | undefined;
  source?: HistorySource | undefined;
  /** Id of an API key. */
  key?: string | undefined;
  /** `YYYY-MM-DD`, UTC, both inclusive. */
  from?: string | undefined;
  to?: string | undefined;
  cursor?: string | undefined;
}

const KEY_ID = /^key_[0-9A-Za-z_]{1,40}$/;
const CURSOR = /^[\w-]+$/;
const SEARCH_PARAMS = ['q', 'status', 'reason', 'source', 'key', 'from', 'to', 'cursor'] as const;

/** One item of a page: a single check, or a row of a list, whose `id` names list and row. */
export const listedVerificationSchema = verificationSummarySchema
  .extend({
    source: z.enum(HISTORY_SOURCES).describe('Where it comes from: a check in the app or by the API, or a row of a list.'),
    list: z
      .strictObject({
        id: z.string().describe('The id of the list.'),
        name: z.string().describe('The list’s name.'),
        row: z.int().describe('The number of the row in it, from 1.'),
      })
      .nullable()
      .describe('The list that it is a row of. Null for a single check.'),
    api_key_id: z.string().nullable().describe('The key that asked. Null if none did.'),
  })
  .meta({ id: 'ListedVerification' });

export function parseHistorySearch(params: Record<string, string | string[] | undefined>): HistorySearch {
  const one = (name: keyof HistorySearch): string => {
    const value = params[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const given = (name: keyof HistorySearch, isGood: (word: string) => boolean): string | undefined =>
    one(name) !== '' && isGood(one(name)) ? one(name) : undefined;
  const [status, reason, source, q] = [one('status'), one('reason'), one('source'), one('q').slice(0, SEARCH_MAX_CHARS)];
  return {
    q: q === '' ? undefined : q,
    status: isStatus(status) ? status : undefined,
    reason: isReason(reason) ? reason : undefined,
    source: isHistorySource(source) ? source : undefined,
    key: given('key', (word) => KEY_ID.test(word)),
    from: given('from', isDay),
    to: given('to', isDay),
    cursor: given('cursor', (word) => word.length <= CURSOR_MAX_CHARS && CURSOR.test(word)),
  };
}

/** The query string of a search, including the question mark; empty without filters. */
export function historySearch(search: HistorySearch): string {
  const params = new URLSearchParams();
  for (const name of SEARCH_PARAMS) {
    const value = search[name];
    if (value !== undefined) params.set(name, value);
  }
  return params.size === 0 ? '' : `?${params.toString()}`;
}

/** A listed verification with its source. */
export function toListedAnswer(item: HistoryCheck | HistoryRow) {
  return {
    ...toSummaryAnswer(item.summary),
    source: item.kind === 'row' ? 'list' : item.summary.source,
    list: item.kind === 'row' ? item.list : null,
    api_key_id: item.key?.id ?? null,
  };
}

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

// The API v1 call that lists checks and rows of lists together.

export const listVerifications = {
  id: 'listVerifications',
  method: 'GET',
  path: '/v1/verifications',
  tag: 'Verify',
  summary: 'List verifications',
  description: 'Single checks, newest first. With `email`, every answer about that address, from checks and lists.',
  scope: 'verifications:read',
  query: listQuerySchema,
  queryExample: { email: 'ann@example.com', limit: 25 },
  body: NO_BODY,
  answers: {
    200: {
      description: 'A page of verifications.',
      schema: z.strictObject({
        data: z
          .array(listedVerificationSchema)
          .describe('The verifications. A page may be short, or empty, before the last one.'),
        next_cursor: nextCursorField,
      }),
      example: {
        data: [{ ...EXAMPLE_SUMMARY, source: 'api', list: null, api_key_id: 'key_01KB7W2D6M3E8T5Y9R1V4H0QXA' }],
        next_cursor: EXAMPLE_VERIFICATION_ID,
      },
    },
  },
} satisfies Operation;

export const DASHBOARD_OPERATIONS: readonly Operation[] = [listVerifications];
