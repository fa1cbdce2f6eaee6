// Opens an export: decides which rows it holds and hands out its name, its type and its bytes as they are made. Refuses what is another's
// (missing), lists whose rows are deleted (gone), and lists that have no rows or no verdicts yet (conflict). Nothing is read before the
// first byte is asked for.
import type { WhichRows } from '@/lib/data/list-export';
import type { Scope } from '@/lib/data/scope';
import {
  exportFileName,
  isUnderWay,
  REJECTED_COLUMNS,
  VERDICT_COLUMNS,
  type ExportFormat,
  type ExportWish,
} from '@/lib/domain/export';
import { distinctNames } from '@/lib/domain/distinct-names';
import { isEmptyFilter, reasonsOfFilter, reasonsOfSegment, storedProvider, toRowSearch } from '@/lib/domain/list-filter';
import type { ListView } from '@/lib/domain/list-view';
import { codeOfReason } from '@/lib/domain/reason-codes';
import { fail, ok, type Result } from '@/lib/errors';
import { getList } from '../get-list';
import { rowsDeleted } from '../rows-deleted';
import { encodeCsv } from './encode-csv';
import { encodeJsonl } from './encode-jsonl';
import { encodeXlsx } from './encode-xlsx';
import { toExportedRow, toRejectedRow, type ExportedRow } from './exported-row';
import { readRows } from './read-rows';
import type { TextEncoding } from './text-encoding';

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
  if (list.state === 'expired') return rowsDeleted(list);
  const refusal = refuse(list, wish);
  if (refusal !== null) return fail('job_state_conflict', { detail: refusal });
  return ok({
    fileName: exportFileName(list, wish),
    contentType: CONTENT_TYPES[wish.format],
    bytes: encode(wish, namesOf(list, wish), batchesOf(scope, list, wish)),
  });
}

function refuse({ state, quote }: ListView, { segment }: ExportWish): string | null {
  if (quote === null) return `The list is ${state}: there are no rows to take away.`;
  if (segment !== 'rejected' && state === 'ready') return 'The list was not started yet: there are no results to take away.';
  return null;
}

/** A list without columns of its own is a list of addresses. */
const ownNames = ({ columns }: ListView): string[] => (columns.length === 0 ? ['email'] : columns.map(({ name }) => name));

function namesOf(list: ListView, { segment }: ExportWish): string[] {
  const own = ownNames(list);
  return [...own, ...distinctNames(segment === 'rejected' ? REJECTED_COLUMNS : VERDICT_COLUMNS, own)];
}

async function* batchesOf(scope: Scope, list: ListView, wish: ExportWish): AsyncGenerator<ExportedRow[], void> {
  const reader = { columns: ownNames(list).length, policy: list.policy };
  const rows = readRows(scope, { listId: list.id, rows: list.quote?.rows ?? 0, which: whichRows(list, wish) });
  for await (const batch of rows)
    yield batch.map((row) => (wish.segment === 'rejected' ? toRejectedRow(row, reader.columns) : toExportedRow(row, reader)));
}

function whichRows(list: ListView, { segment, filter }: ExportWish): WhichRows {
  if (segment === 'rejected') return { kind: 'rejected' };
  if (segment === 'all' && isEmptyFilter(filter)) return { kind: isUnderWay(list.state) ? 'final' : 'every' };
  const ofSegment = reasonsOfSegment(segment, list.policy);
  const ofFilter = reasonsOfFilter(filter);
  const reasons = ofFilter === null ? ofSegment : ofFilter.filter((reason) => ofSegment?.includes(reason) ?? true);
  const search = filter.q === undefined ? null : toRowSearch(filter.q);
  return {
    kind: 'matching',
    matching: {
      reasons: reasons?.map(codeOfReason) ?? null,
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
