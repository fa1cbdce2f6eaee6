// How long it takes, by size, from a list's start until all its work is planned: its domains recorded, looked up at a real DNS server on
// loopback, and packed into chunks. Memory is that of the planning process, which does nothing else.
// Run: npm run bench -- planning [--sizes 10000,100000,1000000] [--rows-a-domain 10]
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { closeDatabase } from '@/lib/platform/db/transaction';
import { startList } from '@/lib/lists/start';
import { planList } from '@/worker/lists/plan';
import { composeDns } from '@/worker/compose';
import { findHostKey } from '@/worker/engine/providers/recognize-provider';
import { exponentOf } from './lists/exponent';
import { startScratchDatabase, type ScratchDatabase } from './lists/scratch-database';
import { seedList, seedWorkspace } from './lists/seed-list';
import { machine, round } from './world/machine';
import { startWorld, type World } from './world/start-world';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    'rows-a-domain': { type: 'string', default: '10' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const rowsADomain = Number(values['rows-a-domain']);
const SAMPLE_EVERY_MS = 100;

const world = await startWorld();
const database = await startScratchDatabase();
process.env.DATABASE_URL = database.url;
try {
  const runs: Run[] = [];
  for (const rows of [1_000, ...sizes]) runs.push(await measure(rows, world, database));
  // The first run only warms up the JIT.
  const [, ...counted] = runs;
  const exponent = exponentOf(counted.map(({ rows, ms }) => ({ size: rows, ms })));
  console.log(JSON.stringify({ bench: 'planning', machine: machine(), rows_a_domain: rowsADomain, runs: counted, exponent }));
} finally {
  await closeDatabase();
  await database.close();
  await world.close();
}

interface Run {
  rows: number;
  domains: number;
  ms: number;
  rows_per_s: number;
  chunks: number;
  peak_mb: number;
}

async function measure(rows: number, on: World, db: ScratchDatabase): Promise<Run> {
  const scope = await seedWorkspace(rows);
  const domains = Math.max(1, Math.ceil(rows / rowsADomain));
  const listId = await seedList(db, scope, { addresses: rows, domains });
  const dns = composeDns(on.settings);
  const clock = { now: () => Date.now() };
  const deps = {
    now: clock.now,
    hostKeyOf: (domain: string, deadline: number) => findHostKey(domain, deadline, { dns, clock }),
  };
  const started = await startList(scope, { listId, mode: 'full' });
  if (!started.ok) throw started.error;
  const memory = watchMemory();
  const startedAt = performance.now();
  while ((await planList(listId, deps)) === 'again');
  const ms = performance.now() - startedAt;
  const [row] = await db.query('SELECT COUNT(*)::int AS "chunks" FROM "ListChunk" WHERE "listId" = $1', [listId]);
  const { chunks } = z.object({ chunks: z.int() }).parse(row);
  return { rows, domains, ms: round(ms), rows_per_s: round((rows / ms) * 1_000), chunks, peak_mb: round(memory.stop()) };
}

function watchMemory(): { stop: () => number } {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  look();
  const timer = setInterval(look, SAMPLE_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return peak / 1_024 / 1_024;
    },
  };
}
