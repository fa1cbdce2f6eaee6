// Opens an export: decides which rows it holds, and returns its name, its type and its bytes as they are produced. Nothing is
// read before the first byte is requested. Refuses another workspace's list (missing), lists whose rows are deleted (gone), and
// lists that have no rows or no verdicts yet (conflict).
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { authSecret } from '@/lib/platform/env';
import { distinctNames } from '@/lib/platform/csv';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { DOWNLOAD_LINK_TTL_S } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { getList, rowsDeleted } from '../read';
import { linkPayloadSchema } from './requests';
import {
  exportFileName,
  type ExportFormat,
  type ExportWish,
  keptVerdictColumns,
  REJECTED_COLUMNS,
  VERDICT_COLUMNS,
} from '../rules/export';
import { isUnderWay } from '../rules/list';
import { codesOfFilter, isEmptyFilter, type ListView, storedProvider, toRowSearch } from '../rules/view';
import type { WhichRows } from '../store/rows';
import { encodeCsv, encodeJsonl, encodeXlsx, type TextEncoding } from './encode';
import { type ExportedRow, readRows, toExportedRow, toRejectedRow } from './rows';

export interface OpenedExport {
  fileName: string;
  contentType: string;
  bytes: AsyncGenerator<Uint8Array, void>;
}

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/x-ndjson; charset=utf-8',
};

export async function openExport(scope: Scope, listId: string, wish: ExportWish): Promise<Result<OpenedExport>> {
  const found = await getList(scope, listId);
  if (!found.ok) return found;
  const list = found.value;
  if (list.status === 'expired') return rowsDeleted(list);
  const refusal = refuse(list, wish);
  if (refusal !== null) return fail('list_status_conflict', { detail: refusal });
  return ok({
    fileName: exportFileName(list, wish),
    contentType: CONTENT_TYPES[wish.format],
    bytes: encode(wish, namesOf(list, wish), batchesOf(scope, list, wish)),
  });
}

function refuse({ status, quote }: ListView, { segment }: ExportWish): string | null {
  if (quote === null) return `The list is ${status}: there are no rows to download.`;
  if (segment !== 'rejected' && status === 'ready') return 'The list has not been started: there are no results to download.';
  return null;
}

/** A list without columns is a plain list of addresses. */
const ownNames = ({ columns }: ListView): string[] => (columns.length === 0 ? ['email'] : columns.map(({ name }) => name));

function namesOf(list: ListView, { segment, columns }: ExportWish): string[] {
  const own = ownNames(list);
  if (segment === 'rejected') return [...own, ...distinctNames(REJECTED_COLUMNS, own)];
  const kept = keptVerdictColumns(columns).flatMap((at) => VERDICT_COLUMNS[at] ?? []);
  return hasOwn(columns) ? [...own, ...distinctNames(kept, own)] : kept;
}

const hasOwn = (columns: ExportWish['columns']): boolean => columns?.includes('own') ?? true;

async function* batchesOf(scope: Scope, list: ListView, wish: ExportWish): AsyncGenerator<ExportedRow[], void> {
  const reader = { columns: ownNames(list).length, policy: list.policy };
  const rows = readRows(scope, { listId: list.id, rows: list.quote?.rows ?? 0, which: whichRows(list, wish) });
  const keep = columnsKeeper(wish.columns);
  for await (const batch of rows)
    yield batch.map((row) =>
      wish.segment === 'rejected' ? toRejectedRow(row, reader.columns) : keep(toExportedRow(row, reader)),
    );
}

function columnsKeeper(columns: ExportWish['columns']): (row: ExportedRow) => ExportedRow {
  if (columns === undefined) return (row) => row;
  const kept = keptVerdictColumns(columns);
  const keepsOwn = hasOwn(columns);
  return ({ own, added, more }) => ({
    own: keepsOwn ? own : [],
    added: kept.map((at) => added[at] ?? null),
    more: keepsOwn ? more : [],
  });
}

function whichRows(list: ListView, { segment, filter }: ExportWish): WhichRows {
  if (segment === 'rejected') return { kind: 'rejected' };
  if (segment === 'all' && isEmptyFilter(filter)) return { kind: isUnderWay(list.status) ? 'final' : 'every' };
  const search = filter.q === undefined ? null : toRowSearch(filter.q);
  return {
    kind: 'matching',
    matching: {
      reasons: codesOfFilter(filter, segment, list.policy),
      provider: filter.provider === undefined ? null : storedProvider(filter.provider),
      domain: search?.kind === 'domain' ? search.domain : null,
      beginning: search?.kind === 'beginning' ? search.beginning : null,
    },
  };
}

function encode(
  { format, bom }: ExportWish,
  names: readonly string[],
  batches: AsyncGenerator<ExportedRow[], void>,
): AsyncGenerator<Uint8Array, void> {
  if (format === 'xlsx') return encodeXlsx(names, batches);
  return encodeText(format === 'csv' ? encodeCsv({ names, bom }) : encodeJsonl({ names }), batches);
}

async function* encodeText({ head, row }: TextEncoding, batches: AsyncIterable<ExportedRow[]>): AsyncGenerator<Uint8Array, void> {
  if (head !== '') yield Buffer.from(head);
  for await (const batch of batches) {
    let text = '';
    for (const one of batch) text += row(one);
    yield Buffer.from(text);
  }
}

// Links to an export that work for some minutes without a session or a key, for the browser that was given one; changing any
// character makes the link invalid. A link contains what it opens (list, workspace, rows, file format, expiry), signed with
// HMAC-SHA-256 under its own key, derived from AUTH_SECRET. Links that are forged or signed with an older secret read as missing,
// expired ones as gone.

export interface DownloadLink {
  scope: Scope;
  listId: string;
  wish: ExportWish;
}

const PURPOSE = 'email-verifier download link 1';
const TOKEN = /^([\w-]{1,2000})\.([\w-]{43})$/;
const KEY_BYTES = 32;

/** The token of a link. Whether the list can be exported is checked when the link is followed. */
export function signDownload({ scope, listId, wish }: DownloadLink, now = Date.now()): string {
  const until = Math.floor(now / 1_000) + DOWNLOAD_LINK_TTL_S;
  const body = Buffer.from(JSON.stringify({ list: listId, workspace: scope.workspaceId, until, wish })).toString('base64url');
  return `${body}.${signatureOf(body)}`;
}

export function readDownload(token: string, now = Date.now()): Result<DownloadLink> {
  const [, body = '', signature = ''] = TOKEN.exec(token) ?? [];
  // Compared as text, because base64 has several spellings of the same bytes.
  const given = Buffer.from(signature);
  const right = Buffer.from(signatureOf(body));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return fail('not_found');
  const parsed = linkPayloadSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (!parsed.success) return fail('not_found');
  const { list, workspace, until, wish } = parsed.data;
  if (until * 1_000 <= now) return fail('gone', { detail: 'This link has expired. Get a new one on the list’s page.' });
  return ok({ scope: { workspaceId: workspace }, listId: list, wish });
}

function signatureOf(body: string): string {
  const key = Buffer.from(hkdfSync('sha256', authSecret(), '', PURPOSE, KEY_BYTES));
  return createHmac('sha256', key).update(body).digest('base64url');
}
