// How much time web and queue add to one API check compared with the engine alone. Starts the whole product on a scratch folder, asks for
// a sandbox mailbox again and again (max_age_s 0: never from memory), and compares each request's wall time with the engine's, which is the
// sum of its layers, because `response_time` counts from the request on. Use up to a hundred checks an hour: beyond that, each check
// also takes a share of the domain's hour. Run: npm run bench -- api-single [requests]
import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { withProduct } from './with-product';

const ADDRESS = 'alice@deliverable.sandbox.test';
const WARM_UP = 20;
const CREDITS = 100_000;
const PLAN_RATE_PAUSE_MS = 550; // the Free plan allows two verifying calls a second

const answerSchema = z.object({ status: z.string(), layers: z.array(z.object({ duration_ms: z.number() })) });
const accountSchema = z.object({ api_key: z.string() });

const requests = Number(process.argv[2] ?? 80);

await withProduct(async ({ url, env }) => {
  const key = createAccount(env);
  const samples: { total: number; engine: number }[] = [];
  for (let count = 0; count < WARM_UP + requests; count++) {
    const sample = await ask(url, key);
    if (count >= WARM_UP) samples.push(sample);
    await new Promise((done) => setTimeout(done, PLAN_RATE_PAUSE_MS));
  }
  const result = {
    bench: 'api-single',
    requests,
    total_ms: summary(samples.map(({ total }) => total)),
    engine_ms: summary(samples.map(({ engine }) => engine)),
    added_ms: summary(samples.map(({ total, engine }) => total - engine)),
  };
  console.log(JSON.stringify(result));
});

function createAccount(env: NodeJS.ProcessEnv): string {
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

async function ask(url: string, key: string): Promise<{ total: number; engine: number }> {
  const since = performance.now();
  const response = await fetch(`${url}/v1/verify/single`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email: ADDRESS, max_age_s: 0 }),
  });
  const body: unknown = await response.json();
  const total = performance.now() - since;
  if (response.status !== 200) throw new Error(`answer ${response.status}: ${JSON.stringify(body)}`);
  const answer = answerSchema.parse(body);
  if (answer.status !== 'deliverable') throw new Error(`expected deliverable, got ${answer.status}`);
  return { total, engine: answer.layers.reduce((sum, layer) => sum + layer.duration_ms, 0) };
}

function summary(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  return { median: at(0.5), p90: at(0.9), max: at(1) };
}
