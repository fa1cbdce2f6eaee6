// A job's rows as a CSV file: the client's own columns, and those of the service beside them.
import 'server-only';
import { csvLine, type CsvValue, distinctNames } from '@/lib/platform/csv';
import { ok } from '@/lib/platform/errors';
import { rowsDeleted } from '@/lib/lists/read';
import type { ListView } from '@/lib/lists/rules/view';
import { streamFile } from '@/lib/lists/web/stream-export';
import { type Outcome, unanswered } from '../rules/outcome';
import type { CompatCall } from './call';
import { type JobRow, jobRows } from './jobs';

export interface JobFile {
  contentType: string;
  columns: readonly string[];
  cells: (outcome: Outcome) => readonly CsvValue[];
  /** Left out: every row. */
  keeps?: (outcome: Outcome, row: JobRow) => boolean;
}

export const streamJob = (call: CompatCall, list: ListView, file: JobFile): Promise<Response> =>
  streamFile(call.request, {
    scope: call.holder.scope,
    listId: list.id,
    open: () => Promise.resolve(list.status === 'expired' ? rowsDeleted(list) : ok(opened(call, list, file))),
  });

const opened = (call: CompatCall, list: ListView, file: JobFile) => ({
  fileName: `${list.name}.csv`,
  contentType: file.contentType,
  bytes: bytesOf(call, list, file),
});

const LINES_AT_ONCE = 500;

async function* bytesOf(call: CompatCall, list: ListView, file: JobFile): AsyncGenerator<Uint8Array, void> {
  const own = list.columns.map(({ name }, at) => (name === '' ? `column ${at + 1}` : name));
  let lines = [csvLine([...own, ...distinctNames(file.columns, own)])];
  for await (const row of jobRows(call, list)) {
    const outcome = row.outcome ?? unanswered(row.email, list.test);
    if (file.keeps !== undefined && !file.keeps(outcome, row)) continue;
    lines.push(csvLine([...own.map((_, at) => row.cells[at] ?? ''), ...file.cells(outcome)]));
    if (lines.length < LINES_AT_ONCE) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  yield Buffer.from(lines.join(''));
}
