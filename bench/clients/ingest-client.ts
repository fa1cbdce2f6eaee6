// Runs the worker's ingest task on a file in a separate process, to measure its peak memory. Prints what it took.
import { closeDatabase } from '@/lib/platform/db/transaction';
import { getList } from '@/lib/lists/read';
import { createReadingSlots } from '@/worker/lists/ingest/ingest-list';
import { createIngestList } from '@/worker/tasks/lists';
import { round } from '../world/machine';

const [listId = ''] = process.argv.slice(2);
const task = createIngestList({ now: Date.now, readingSlots: createReadingSlots() });
const before = process.cpuUsage();
const since = performance.now();
await task.run({ listId });
const seconds = (performance.now() - since) / 1_000;
const cpu = process.cpuUsage(before);
const list = await getList({ workspaceId: 'ws_bench' }, listId);
if (!list.ok || list.value.quote === null)
  throw new Error(list.ok ? (list.value.failureDetail ?? list.value.status) : list.error.message);
const { rows, unique } = list.value.quote;
console.log(
  JSON.stringify({
    rows,
    unique,
    seconds: round(seconds, 2),
    rows_a_second: round(rows / seconds),
    cpu_s: round((cpu.user + cpu.system) / 1e6, 2),
    peak_rss_mb: round(process.resourceUsage().maxRSS / 1_024),
  }),
);
await closeDatabase();
