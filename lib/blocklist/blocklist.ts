// A workspace's own blocklist: added to, read in pages, taken from, and asked before a check begins. Any member may change it, and other
// workspaces neither see nor feel it. Refuses more lines or entries than fit, and then adds none of them.
import { csvLine } from '@/lib/platform/csv';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import {
  BLOCKLIST_ENTRIES_A_WORKSPACE,
  BLOCKLIST_EXPORT_ENTRIES,
  BLOCKLIST_PAGE_ENTRIES,
  BLOCKLIST_PASTE_MAX_CHARS,
  BLOCKLIST_PASTE_MAX_LINES,
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { type Page, readOpaque, writeOpaque } from '@/lib/platform/pages';
import type { Scope } from '@/lib/platform/scope';
import { z } from 'zod';
import { type AddedLines, type BlocklistEntryView, entriesNaming, linesOf, readEntry, readLines, toEntryView } from './rules';
import { countEntries, deleteEntry, type EntryRow, findEntries, insertEntries, listEntryRows } from './store';

export { hasEntries as hasBlocklist, hasEntryColumn } from './store';

/** Adds the good lines and returns the bad ones. */
export async function addLines(scope: Scope, text: string): Promise<Result<AddedLines>> {
  if (text.length > BLOCKLIST_PASTE_MAX_CHARS || linesOf(text).length > BLOCKLIST_PASTE_MAX_LINES) {
    return refuse(`Paste at most ${formatCount(BLOCKLIST_PASTE_MAX_LINES)} lines at a time.`);
  }
  const { entries, bad } = readLines(text);
  if (entries.length === 0) return bad.length === 0 ? refuse('Enter an address or a domain.') : ok({ added: 0, known: 0, bad });
  const inserted = await inTransaction((tx) => insertEntries(scope, { entries, max: BLOCKLIST_ENTRIES_A_WORKSPACE }, tx));
  if (inserted.added === null) {
    return refuse(
      `A blocklist can have ${formatCount(BLOCKLIST_ENTRIES_A_WORKSPACE)} entries. Yours has room for ${formatCount(inserted.room)} more, so nothing was added.`,
    );
  }
  return ok({ added: inserted.added, known: entries.length - inserted.added, bad });
}

const refuse = (problem: string): Result<never> => fail('invalid_request', { fields: { lines: problem } });

export const removeEntry = (scope: Scope, entry: string): Promise<void> => deleteEntry(scope, entry);

export const countBlocklist = (scope: Scope): Promise<number> => countEntries(scope);

interface BlocklistQuery {
  /** An entry in any spelling, or part of one. */
  q?: string;
  /** A cursor of an earlier page. Any other text means the first page. */
  cursor?: string | null;
}

export async function listBlocklist(scope: Scope, { q = '', cursor = null }: BlocklistQuery): Promise<Page<BlocklistEntryView>> {
  const after = cursor === null ? null : readCursor(cursor);
  const rows = await listEntryRows(scope, { containing: toSearch(q), after, take: BLOCKLIST_PAGE_ENTRIES + 1 });
  const shown = rows.slice(0, BLOCKLIST_PAGE_ENTRIES);
  const last = shown.at(-1);
  const hasMore = rows.length > shown.length && last !== undefined;
  return { items: shown.map(toEntryView), nextCursor: hasMore ? writeOpaque([last.createdAt, last.entry]) : null };
}

/** The form in which entries are stored, if the text is a whole address or domain. */
function toSearch(q: string): string {
  const text = q.trim();
  const read = readEntry(text);
  return read.ok ? read.entry : text.toLowerCase();
}

const cursorSchema = z
  .tuple([z.iso.datetime(), z.string()])
  .transform(([at, entry]): EntryRow => ({ createdAt: new Date(at), entry }));

const readCursor = (cursor: string): EntryRow | null => cursorSchema.safeParse(readOpaque(cursor)).data ?? null;

/** The whole blocklist as CSV, the newest entries first. */
export async function* exportBlocklist(scope: Scope): AsyncGenerator<string> {
  yield csvLine(['entry', 'added_at']);
  for (let after: EntryRow | null = null; ;) {
    const rows: EntryRow[] = await listEntryRows(scope, { containing: '', after, take: BLOCKLIST_EXPORT_ENTRIES });
    if (rows.length > 0) yield rows.map(({ entry, createdAt }) => csvLine([entry, createdAt.toISOString()])).join('');
    if (rows.length < BLOCKLIST_EXPORT_ENTRIES) return;
    after = rows.at(-1) ?? null;
  }
}

/** The entry that names this address; null if none does. */
export async function findBlocking(scope: Scope, email: string, tx?: Tx): Promise<string | null> {
  const among = entriesNaming(email);
  if (among.length === 0) return null;
  return firstOf(among, new Set(await findEntries(scope, among, tx)));
}

/** The same for many addresses in one look-up: for each blocked address, the entry that names it. */
export async function findAllBlocking(scope: Scope, emails: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const naming = new Map(emails.map((email) => [email, entriesNaming(email)]));
  const among = [...new Set([...naming.values()].flat())];
  const found = new Set(among.length === 0 ? [] : await findEntries(scope, among));
  const blocking = new Map<string, string>();
  for (const [email, entries] of naming) {
    const entry = firstOf(entries, found);
    if (entry !== null) blocking.set(email, entry);
  }
  return blocking;
}

const firstOf = (entries: readonly string[], found: ReadonlySet<string>): string | null =>
  entries.find((entry) => found.has(entry)) ?? null;
