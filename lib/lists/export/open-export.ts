// Opens an export: decides which rows it holds, and hands out its name, its type and its bytes as they are made. Nothing is
// read before the first byte is asked for. Refuses another workspace's list (missing), lists whose rows are deleted (gone), and
// lists that have no rows or no verdicts yet (conflict).
import { distinctNames } from '@/lib/platform/csv';
import { fail, ok, type Result } from '@/lib/platform/errors';
import type { Scope } from '@/lib/platform/scope';
import { getList, rowsDeleted } from '../read';
import {
  exportFileName,
  type ExportFormat,
  type ExportWish,
  isUnderWay,
  keptVerdictColumns,
  REJECTED_COLUMNS,
  VERDICT_COLUMNS,
} from '../rules/export';
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
  if (quote === null) return `The list is ${status}: there are no rows to take away.`;
  if (segment !== 'rejected' && status === 'ready') return 'The list was not started yet: there are no results to take away.';
  return null;
}

/** A list without columns of its own is a list of addresses. */
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
