// The whole pipeline of lists: planned, claimed, asked, written and charged on a real PostgreSQL by separate worker processes, against mail
// hosts that answer at once, compared with the engine alone on the same addresses and the same machine.
// Run: npm run bench -- pipeline [--addresses 100000] [--domains 1000] [--workers 1] [--latency 0] [--no-engine] [--profile DIR]
//      [--node-option=--max-old-space-size=1024 …]
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { closeDatabase } from '@/lib/platform/db/transaction';
import { startList } from '@/lib/lists/start';
import { runClient } from './clients/run-client';
import { startBenchWorker } from './lists/bench-worker';
import { startScratchDatabase, type ScratchDatabase } from './lists/scratch-database';
import { seedList, seedWorkspace } from './lists/seed-list';
import { machine, round } from './world/machine';
import { since, startWorld, type World } from './world/start-world';

const { values } = parseArgs({
  options: {
    addresses: { type: 'string', default: '100000' },
    domains: { type: 'string', default: '1000' },
    workers: { type: 'string', default: '1' },
    latency: { type: 'string', default: '0' },
    'no-engine': { type: 'boolean', default: false },
    profile: { type: 'string' },
    'node-option': { type: 'string', multiple: true },
  },
});
const addresses = Number(values.addresses);
const domains = Number(values.domains);
const latencyMs = Number(values.latency);
const WARM_UP = { addresses: 2_000, domains: 20, first: 10_000 };
const LOOK_EVERY_MS = 50;
const RSS_EVERY_MS = 250;

/** The median of the second half of the run. */
const steadyOf = (series: readonly number[]): number => {
  const half = series.slice(series.length >> 1).toSorted((a, b) => a - b);
  return half[half.length >> 1] ?? 0;
};

const engineRate = values['no-engine'] ? null : await measureEngine();
const world = await startWorld({ latencyMs });
const database = await startScratchDatabase();
process.env.DATABASE_URL = database.url;
try {
  console.log(
    JSON.stringify({
      bench: 'pipeline',
      machine: machine(),
      addresses,
      domains,
      latency_ms: latencyMs,
      ...(await measure(world, database)),
    }),
  );
} finally {
  await closeDatabase();
  await database.close();
  await world.close();
}

async function measure(on: World, db: ScratchDatabase): Promise<object> {
  const scope = await seedWorkspace(2 * (addresses + WARM_UP.addresses));
  const options = { world: on, databaseUrl: db.url, profileDir: values.profile, nodeOptions: values['node-option'] };
  const workers = await Promise.all(Array.from({ length: Number(values.workers) }, () => startBenchWorker(options)));
  try {
    await run(db, await seedList(db, scope, WARM_UP));
    const listId = await seedList(db, scope, { addresses, domains });
    const [servers, work, cpu] = [await on.figures(), await db.figures(), workers.map((worker) => worker.cpuMs())];
    const rss: number[][] = workers.map(() => []);
    const looking = setInterval(() => {
      for (const [at, worker] of workers.entries()) rss[at]?.push(worker.rssMb());
    }, RSS_EVERY_MS);
    const { elapsedMs, plannedMs } = await run(db, listId).finally(() => clearInterval(looking));
    const did = await db.figures();
    const cpuMs = workers.map((worker, at) => worker.cpuMs() - (cpu[at] ?? 0));
    const rate = (addresses / elapsedMs) * 1_000;
    const seen = since(servers, await on.figures());
    return {
      workers: workers.length,
      rows_per_s: round(rate),
      elapsed_ms: round(elapsedMs),
      planned_ms: plannedMs,
      engine_only_per_s: engineRate === null ? null : round(engineRate),
      share_of_engine: engineRate === null ? null : round(rate / engineRate, 3),
      worker_cpu_us_a_row: round((1_000 * cpuMs.reduce((sum, ms) => sum + ms, 0)) / addresses, 1),
      database_cpu_us_a_row: round((1_000 * (did.cpuMs - work.cpuMs)) / addresses, 1),
      servers_cpu_us_a_row: round(seen.cpuUs / addresses, 1),
      transactions: did.transactions - work.transactions,
      steady_mb: rss.map((series) => round(steadyOf(series))),
      peak_mb: workers.map((worker) => round(worker.peakMb())),
      connections: seen.connections,
      recipients: seen.recipients,
      ...(await countAnswers(db, listId)),
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }

  async function run(at: ScratchDatabase, listId: string): Promise<{ elapsedMs: number; plannedMs: number | null }> {
    const startedAt = performance.now();
    const started = await startList(await ownerOf(at, listId), { listId, mode: 'full' });
    if (!started.ok) throw started.error;
    let plannedMs: number | null = null;
    for (;;) {
      const [row] = await at.query('SELECT "status", "isPlanned" FROM "List" JOIN "ListRun" ON "listId" = "id" WHERE "id" = $1', [
        listId,
      ]);
      const { status, isPlanned } = z.object({ status: z.string(), isPlanned: z.boolean() }).parse(row);
      if (isPlanned) plannedMs ??= round(performance.now() - startedAt);
      if (status === 'completed') return { elapsedMs: performance.now() - startedAt, plannedMs };
      if (!['queued', 'running'].includes(status)) throw new Error(`the list is ${status}`);
      await sleep(LOOK_EVERY_MS);
    }
  }
}

async function ownerOf(db: ScratchDatabase, listId: string): Promise<{ workspaceId: string }> {
  const [row] = await db.query('SELECT "workspaceId" FROM "List" WHERE "id" = $1', [listId]);
  return z.object({ workspaceId: z.string() }).parse(row);
}

/** Every other address exists, so half of the answers are yes and half are no. */
async function countAnswers(db: ScratchDatabase, listId: string): Promise<object> {
  const rows = await db.query(
    `SELECT "reason", SUM("rows")::int AS "rows" FROM "ListTally" WHERE "listId" = $1 GROUP BY 1 ORDER BY 1`,
    [listId],
  );
  return {
    answers: z
      .array(z.object({ reason: z.int(), rows: z.int() }))
      .parse(rows)
      .map(({ reason, rows: count }) => [reason, count]),
  };
}

async function measureEngine(): Promise<number> {
  const alone = await startWorld({ latencyMs });
  try {
    const { elapsedMs, wrong } = await runClient('engine-client', alone, {
      addresses,
      domains,
      warmUp: WARM_UP.addresses,
      concurrency: 4_000,
    });
    if (wrong > 0) throw new Error(`the engine was wrong about ${wrong} addresses`);
    return (addresses / elapsedMs) * 1_000;
  } finally {
    await alone.close();
  }
}
