// How much time web and queue add to one API check over the engine alone. Starts the whole product on a scratch folder, asks
// for a sandbox mailbox again and again (max_age_s 0: never from memory), and compares each request's own wall time with the
// engine's time that its answer states. Run: npm run bench -- api-single [requests]
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort } from '../scripts/embedded-postgres';

const ADDRESS = 'alice@deliverable.sandbox.test';
const WARM_UP = 20;
const CREDITS = 100_000;
const PLAN_RATE_PAUSE_MS = 550; // the Free plan allows two requests a second

const answerSchema = z.object({ status: z.string(), response_time: z.number() });
const accountSchema = z.object({ api_key: z.string() });

const requests = Number(process.argv[2] ?? 100);
const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
chmodSync(dataDir, 0o755);
const port = await freePort();
const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, APP_MODE: 'local', LOG_LEVEL: 'warn', DATABASE_URL: '' };
const product = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
try {
  await new Promise<void>((ready, failed) => {
    product.stdout.on('data', (chunk: Buffer) => chunk.includes('ready after') && ready());
    product.once('exit', () => failed(new Error('the product did not start')));
  });
  const key = createAccount();
  const samples: { total: number; engine: number }[] = [];
  for (let count = 0; count < WARM_UP + requests; count++) {
    const sample = await ask(key);
    if (count >= WARM_UP) samples.push(sample);
    await new Promise((done) => setTimeout(done, PLAN_RATE_PAUSE_MS));
  }
  const added = samples.map(({ total, engine }) => total - engine);
  console.log(
    JSON.stringify({
      bench: 'api-single',
      requests,
      total_ms: summary(samples.map(({ total }) => total)),
      engine_ms: summary(samples.map(({ engine }) => engine)),
      added_ms: summary(added),
    }),
  );
} finally {
  product.kill('SIGTERM');
  await new Promise((done) => product.once('exit', done));
  rmSync(dataDir, { recursive: true, force: true });
}

function createAccount(): string {
  const args = [
    '--import',
    'tsx',
    'cli/main.ts',
    'user',
    'create',
    '--email',
    'bench@example.org',
    '--password',
    'violet-harbour-lantern-42',
  ];
  const line = execFileSync(process.execPath, [...args, '--credits', String(CREDITS)], { env, encoding: 'utf8' });
  return accountSchema.parse(JSON.parse(line)).api_key;
}

async function ask(key: string): Promise<{ total: number; engine: number }> {
  const since = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/v1/verify/single`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email: ADDRESS, max_age_s: 0 }),
  });
  const body: unknown = await response.json();
  const total = performance.now() - since;
  if (response.status !== 200) throw new Error(`answer ${response.status}: ${JSON.stringify(body)}`);
  const answer = answerSchema.parse(body);
  if (answer.status !== 'deliverable') throw new Error(`expected deliverable, got ${answer.status}`);
  return { total, engine: answer.response_time };
}

function summary(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return { median: at(0.5), p90: at(0.9), max: at(1) };
}
