// A job's rows as a CSV file: the client's own columns, and those of the service beside them.
import 'server-only';
import { csvLine, type CsvValue, distinctNames } from '@/lib/platform/csv';
import { ok } from '@/lib/platform/errors';
import type { Scope } from '@/lib/platform/scope';
import { rowsDeleted } from '@/lib/lists/read';
import type { ListView } from '@/lib/lists/rules/view';
import { streamFile } from '@/lib/lists/web/stream-export';
import { type Outcome, unanswered } from '../rules/outcome';
import { type JobRow, jobRows } from '../rows';

export interface JobFile {
  contentType: string;
  columns: readonly string[];
  cells: (outcome: Outcome) => readonly CsvValue[];
  /** What a client sent with an address, by name; left out or null: the row's cells are its own. */
  own?: (row: JobRow) => Readonly<Record<string, unknown>> | null;
  /** Left out: every row. */
  keeps?: (outcome: Outcome, row: JobRow) => boolean;
  /** What a line ends with; RFC 4180's unless said otherwise. */
  lineEnd?: string;
}

export interface Reader {
  request: Request;
  scope: Scope;
}

export const streamJob = ({ request, scope }: Reader, list: ListView, file: JobFile): Promise<Response> =>
  streamFile(request, {
    scope,
    listId: list.id,
    open: () => Promise.resolve(list.status === 'expired' ? rowsDeleted(list) : ok(opened(scope, list, file))),
  });

const opened = (scope: Scope, list: ListView, file: JobFile) => ({
  fileName: `${list.name}.csv`,
  contentType: file.contentType,
  bytes: bytesOf(scope, list, file),
});

const LINES_AT_ONCE = 500;

async function* bytesOf(scope: Scope, list: ListView, file: JobFile): AsyncGenerator<Uint8Array, void> {
  const { lineEnd } = file;
  const lineOf = (values: readonly CsvValue[]): string =>
    lineEnd === undefined ? csvLine(values) : csvLine(values).replace(/\r\n$/, lineEnd);
  const headOf = ({ names }: OwnColumns): string => lineOf([...names, ...distinctNames(file.columns, names)]);
  let own: OwnColumns | null = null;
  let lines: string[] = [];
  for await (const row of jobRows(scope, list)) {
    if (own === null) lines.push(headOf((own = ownColumns(list, file, row))));
    const outcome = row.outcome ?? unanswered(row.email, list.test);
    if (file.keeps !== undefined && !file.keeps(outcome, row)) continue;
    lines.push(lineOf([...own.cells(row), ...file.cells(outcome)]));
    if (lines.length < LINES_AT_ONCE) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  if (own === null) lines.push(headOf(columnsOfFile(list)));
  yield Buffer.from(lines.join(''));
}

interface OwnColumns {
  names: readonly string[];
  cells: (row: JobRow) => readonly CsvValue[];
}

/** Where addresses came with more beside them, the names are those of the first. */
function ownColumns(list: ListView, { own }: JobFile, first: JobRow): OwnColumns {
  const sent = own?.(first) ?? null;
  if (own === undefined || sent === null) return columnsOfFile(list);
  const names = Object.keys(sent);
  return { names, cells: (row) => names.map((name) => textOf(own(row)?.[name])) };
}

const columnsOfFile = ({ columns }: ListView): OwnColumns => ({
  names: columns.map(({ name }, at) => (name === '' ? `column ${at + 1}` : name)),
  cells: ({ cells }) => columns.map((_, at) => cells[at] ?? ''),
});

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
