// How long small lists take while a big one runs: fifty addresses of another workspace, and fifty of the big list's own workspace, each
// timed from its start to its end, again and again until the big list is done or enough were measured. Run: npm run bench -- fair
// [--addresses 1000000] [--domains 50000] [--small 50] [--times 10] [--latency 20] [--workers 1]
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Scope } from '@/lib/platform/scope';
import { closeDatabase } from '@/lib/platform/db/transaction';
import { startList } from '@/lib/lists/start';
import { startBenchWorker } from './lists/bench-worker';
import { startScratchDatabase, type ScratchDatabase } from './lists/scratch-database';
import { seedList, seedWorkspace } from './lists/seed-list';
import { machine, median, round } from './world/machine';
import { startWorld, type World } from './world/start-world';

const { values } = parseArgs({
  options: {
    addresses: { type: 'string', default: '1000000' },
    domains: { type: 'string', default: '50000' },
    small: { type: 'string', default: '50' },
    times: { type: 'string', default: '10' },
    latency: { type: 'string', default: '20' },
    workers: { type: 'string', default: '1' },
  },
});
const addresses = Number(values.addresses);
const domains = Number(values.domains);
const small = Number(values.small);
const times = Number(values.times);
const LOOK_EVERY_MS = 25;
/** Small lists use domains that the big one does not have; the made-up internet has 65,536. */
const FIRST_SMALL_DOMAIN = 60_000;
const stateSchema = z.object({ status: z.string(), processed: z.int() });

const world = await startWorld({ latencyMs: Number(values.latency) });
const database = await startScratchDatabase();
process.env.DATABASE_URL = database.url;
try {
  console.log(
    JSON.stringify({ bench: 'fair', machine: machine(), addresses, domains, small, ...(await measure(world, database)) }),
  );
} finally {
  await closeDatabase();
  await database.close();
  await world.close();
}

async function measure(on: World, db: ScratchDatabase): Promise<object> {
  const [own, other] = [await seedWorkspace(2 * addresses), await seedWorkspace(2 * addresses)];
  const big = await seedList(db, own, { addresses, domains });
  const count = Number(values.workers);
  const workers = await Promise.all(Array.from({ length: count }, () => startBenchWorker({ world: on, databaseUrl: db.url })));
  try {
    const beganAt = performance.now();
    await start(own, big);
    await until(db, big, ({ processed }) => processed > 0);
    const firstMs = performance.now() - beganAt;
    const took: Record<'other_workspace' | 'same_workspace', number[]> = { other_workspace: [], same_workspace: [] };
    for (let time = 0; time < times && (await listStatusOf(db, big)).status === 'running'; time++) {
      for (const [whose, scope] of [['other_workspace', other] as const, ['same_workspace', own] as const]) {
        const listId = await seedList(db, scope, { addresses: small, domains: 5, first: FIRST_SMALL_DOMAIN + 10 * time });
        const startedAt = performance.now();
        await start(scope, listId);
        await until(db, listId, ({ status }) => status === 'completed');
        took[whose].push(performance.now() - startedAt);
      }
    }
    const { status, processed } = await listStatusOf(db, big);
    const figures = (ms: readonly number[]) => ({
      times: ms.length,
      median_ms: round(median(ms)),
      longest_ms: round(Math.max(0, ...ms)),
    });
    return {
      workers: count,
      first_answer_of_big_ms: round(firstMs),
      other_workspace: figures(took.other_workspace),
      same_workspace: figures(took.same_workspace),
      big: { status, processed },
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

async function start(scope: Scope, listId: string): Promise<void> {
  const started = await startList(scope, { listId, mode: 'full' });
  if (!started.ok) throw started.error;
}

type ListNow = z.infer<typeof stateSchema>;

async function listStatusOf(db: ScratchDatabase, listId: string): Promise<ListNow> {
  const [row] = await db.query('SELECT "status", "processed" FROM "List" JOIN "ListRun" ON "listId" = "id" WHERE "id" = $1', [
    listId,
  ]);
  return stateSchema.parse(row);
}

async function until(db: ScratchDatabase, listId: string, isSo: (now: ListNow) => boolean): Promise<void> {
  while (!isSo(await listStatusOf(db, listId))) await sleep(LOOK_EVERY_MS);
}
