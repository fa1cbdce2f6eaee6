// The web's part of an upload: generates a file of the given size on the fly, with four columns as customers have them and a duplicate in
// every twentieth row, and streams it into the service. Prints what it took.
import { closeDatabase } from '@/lib/platform/db/transaction';
import { receiveFile } from '@/lib/lists/upload';
import { makeXlsx, sharedRows } from '@/tests/lists/make-xlsx';
import { round } from '../world/machine';

const [format = 'csv', count = '10000'] = process.argv.slice(2);
const scope = { workspaceId: 'ws_bench' };

function* rows(): Generator<string[]> {
  yield ['email', 'name', 'company', 'signed up'];
  for (let n = 1; n <= Number(count); n++) {
    const no = n % 20 === 0 ? n - 7 : n;
    yield [`person${no}@company${no % 1_000}.example`, `Person No. ${no}`, `Company "${no % 1_000}", Inc.`, '2026-01-01'];
  }
}

const quoted = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

async function* csv(): AsyncGenerator<Uint8Array> {
  let text = '';
  for (const cells of rows()) {
    text += `${cells.map(quoted).join(',')}\r\n`;
    if (text.length < 64 * 1024) continue;
    yield await Promise.resolve(Buffer.from(text));
    text = '';
  }
  yield Buffer.from(text);
}

function* cells(): Generator<string> {
  for (const row of rows()) yield* row;
}

const bytes =
  format === 'csv' ? csv() : makeXlsx({ sheets: [{ name: 'People', markup: sharedRows(rows()) }], sharedStrings: cells() });
const since = performance.now();
const list = await receiveFile(scope, { fileName: `people.${format}`, sizeBytes: 0, test: false }, bytes);
if (!list.ok) throw list.error;
const seconds = (performance.now() - since) / 1_000;
console.log(
  JSON.stringify({
    listId: list.value.id,
    seconds: round(seconds, 2),
    megabytes: round(list.value.file.receivedBytes / 1_048_576, 1),
    peak_rss_mb: round(process.resourceUsage().maxRSS / 1_024),
  }),
);
await closeDatabase();
