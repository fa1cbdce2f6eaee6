// What the product adds to the engine for one check: row, hold, job, wake-up, charge, answer, over a real database and a
// worker in a process of its own whose engine answers at once. Run: `node --import tsx bench/api-overhead.ts [checks]`.
// Prints one JSON line.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { startPostgres } from '../scripts/embedded-postgres';
import { ensureDatabase, migrate } from '../scripts/migrate';
import { closeDatabase } from '@/lib/data/close-database';
import { closeListener } from '@/lib/queue/listen';
import { awaitVerification } from '@/lib/services/await-verification';
import { startVerification } from '@/lib/services/start-verification';
import { makeWorkspace } from '@/tests/database/fake-answers';

const WARM_UP = 20;
const TIMEOUT_MS = 10_000;
const checks = Number(process.argv[2] ?? 300);

const folder = mkdtempSync(join(tmpdir(), 'email-verifier-bench-'));
chmodSync(folder, 0o755);
const postgres = await startPostgres({ dataDir: join(folder, 'pg'), password: 'bench' });
const url = postgres.url('bench');
await ensureDatabase(url);
await migrate(url);
process.env.DATABASE_URL = url;
process.env.LOG_LEVEL = 'silent';

const worker = spawn(process.execPath, ['--import', 'tsx', 'tests/worker/made-up-engine-worker.ts', 'answer'], {
  env: process.env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(createInterface({ input: worker.stdout }), 'line');

const scope = await makeWorkspace(checks + WARM_UP);
const started: number[] = [];
const totals: number[] = [];
for (let n = 0; n < checks + WARM_UP; n++) {
  const at = performance.now();
  const result = await startVerification(scope, { email: `n${n}@n${n}.example`, source: 'api' });
  if (!result.ok) throw result.error;
  const startedMs = performance.now() - at;
  const view = await awaitVerification(scope, result.value.id, TIMEOUT_MS);
  if (view.status !== 'deliverable') throw new Error(`not answered: ${view.status}`);
  if (n < WARM_UP) continue;
  started.push(startedMs);
  totals.push(performance.now() - at);
}

const at = (values: readonly number[], share: number): number =>
  Number(([...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN).toFixed(2));
const figures = {
  start_median_ms: at(started, 0.5),
  median_ms: at(totals, 0.5),
  p95_ms: at(totals, 0.95),
  p99_ms: at(totals, 0.99),
};
console.log(JSON.stringify({ bench: 'api-overhead', checks, ...figures, cpus: availableParallelism(), node: process.version }));

worker.kill('SIGTERM');
await once(worker, 'exit');
await closeListener();
await closeDatabase();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
