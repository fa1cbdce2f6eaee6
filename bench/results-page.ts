// A page of a list's results through the service, as the web page and the API read it: every kind of filter, at the first, a middle and the
// last page. The list is written straight into the tables: mostly existing mailboxes at a few big providers, and a long tail.
// Run: npm run bench -- results-page [--rows 1000000] [--repeat 20]
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { getListInsights } from '@/lib/lists/insights';
import { getListRow, LAST_PAGE, listResults, type ResultsQuery, writeCursor } from '@/lib/lists/results';
import { closeDatabase } from '@/lib/platform/db/transaction';
import { PAGE_SIZE_MAX } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { fillList } from '@/tests/database/fill-list';
import { withDatabase } from '../scripts/with-database';
import { machine, round } from './world/machine';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, repeat: { type: 'string', default: '20' } },
});
const rows = Number(values.rows);
const repeat = Number(values.repeat);

const FILTERS: Record<string, ResultsQuery> = {
  all: {},
  status_common: { status: 'deliverable' },
  status_many_reasons: { status: 'unknown' },
  reason_rare: { reason: 'smtp_protocol_error' },
  segment: { segment: 'do_not_send' },
  provider_big: { provider: 'p1' },
  provider_rare: { provider: 'p200' },
  provider_and_status: { provider: 'p1', status: 'unknown' },
  domain_big: { q: '@d1.example' },
  domain_and_status: { q: '@d1.example', status: 'unknown' },
  domain_provider_reason: { q: '@d1.example', provider: 'p1', reason: 'mailbox_not_found' },
  beginning_common: { q: 'a' },
  beginning_rare: { q: 'abc12' },
  beginning_and_status: { q: 'a', status: 'unknown' },
  beginning_and_rare_reason: { q: 'a', reason: 'smtp_protocol_error' },
  beginning_and_provider: { q: 'a', provider: 'p1' },
  beginning_provider_status: { q: 'a', provider: 'p1', status: 'undeliverable' },
};

const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
chmodSync(dataDir, 0o755);
Object.assign(process.env, { DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'silent' });
try {
  await withDatabase(async () => {
    try {
      await measure();
    } finally {
      await closeDatabase();
    }
  });
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const scope = await makeWorkspace(0, 'business');
  // A second list, so that the measured one is not the whole table.
  await fillList(scope, Math.ceil(rows / 4));
  const listId = await fillList(scope, rows);
  const filters: Record<string, unknown> = {};
  const all: number[] = [];
  for (const [name, query] of Object.entries(FILTERS)) {
    const depths = await timesOf(scope, listId, query);
    filters[name] = Object.fromEntries(Object.entries(depths).map(([depth, times]) => [depth, summary(times)]));
    all.push(...Object.values(depths).flat());
  }
  const rowTimes = await timed((at) => getListRow(scope, listId, 1 + Math.floor((rows / repeat) * at)));
  globalThis.emailVerifierDeadDomains = undefined;
  const [insightsCold] = await timed(() => getListInsights(scope, listId), 1);
  const pages = summary(all);
  const insights = { cold_ms: round(insightsCold ?? 0, 1), ...summary(await timed(() => getListInsights(scope, listId))) };
  console.log(
    JSON.stringify({ bench: 'results-page', machine: machine(), rows, repeat, pages, row: summary(rowTimes), insights, filters }),
  );
}

/** First, middle and last page; the middle page has half of the rows (or of the alphabet's `a…`) before it. */
async function timesOf(scope: Scope, listId: string, query: ResultsQuery): Promise<Record<string, number[]>> {
  const page = (cursor?: string) => listResults(scope, listId, { ...query, cursor, limit: PAGE_SIZE_MAX });
  const middle = writeCursor({ direction: 'next', from: { n: Math.floor(rows / 2), key: 'ab8' } });
  const last = writeCursor(LAST_PAGE);
  return { first: await timed(() => page()), middle: await timed(() => page(middle)), last: await timed(() => page(last)) };
}

async function timed(work: (at: number) => Promise<{ ok: boolean }>, times = repeat): Promise<number[]> {
  const taken: number[] = [];
  for (let at = 0; at < times; at++) {
    const startedAt = performance.now();
    const done = await work(at);
    taken.push(performance.now() - startedAt);
    if (!done.ok) throw new Error('a page could not be read');
  }
  return taken;
}

function summary(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0, 1);
  return { p50_ms: at(0.5), p95_ms: at(0.95), max_ms: round(sorted.at(-1) ?? 0, 1) };
}
