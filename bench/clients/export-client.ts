// Runs one export in a separate process, to measure its peak memory: opens it, counts its bytes, prints what it took.
import { closeDatabase } from '@/lib/platform/db/transaction';
import { EXPORT_FORMATS } from '@/lib/lists/rules/export';
import { openExport } from '@/lib/lists/export/open-export';
import { getList } from '@/lib/lists/read';
import { round } from '../world/machine';

const scope = { workspaceId: 'ws_bench' };
const [listId = '', wanted = ''] = process.argv.slice(2);
const format = EXPORT_FORMATS.find((known) => known === wanted) ?? 'csv';

const list = await getList(scope, listId);
if (!list.ok) throw list.error;
const opened = await openExport(scope, listId, { segment: 'all', filter: {}, format, bom: false });
if (!opened.ok) throw opened.error;
const since = performance.now();
let size = 0;
for await (const bytes of opened.value.bytes) size += bytes.length;
const seconds = (performance.now() - since) / 1_000;
const rows = list.value.quote?.rows ?? 0;
console.log(
  JSON.stringify({
    format,
    seconds: round(seconds, 2),
    rows_a_second: round(rows / seconds),
    megabytes: round(size / 1_048_576, 1),
    cpu_s: round((process.cpuUsage().user + process.cpuUsage().system) / 1e6, 2),
    peak_rss_mb: round(process.resourceUsage().maxRSS / 1_024),
  }),
);
await closeDatabase();
