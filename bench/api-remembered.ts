// How many verifications a second the API answers from memory, compared with a bare Next route in the same process, which reads nothing.
// The ratio is the cost of keys, limits, credits and the log, whatever the machine. Both are measured in turn, so that other load meets
// both. Run: npm run bench -- api-remembered [--seconds 5] [--rounds 3] [--at-once 16]
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startProduct } from '../sdks/conformance/product';
import { machine, median, round } from './world/machine';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    'at-once': { type: 'string', default: '16' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const atOnce = Number(values['at-once']);

/** Each key has its own rate-limit bucket, so that the benchmark does not measure a limit. */
const KEYS = 16;
const EMAIL = 'alice@deliverable.sandbox.test';

const product = await startProduct();
try {
  const keys = await makeKeys(product.makeKey('live'));
  const verify = async (at: number): Promise<boolean> => {
    const { status, body } = await post('/v1/verify/single', keys[at % KEYS] ?? '', { email: EMAIL });
    const { cached } = z.object({ cached: z.boolean() }).parse(body);
    if (status !== 200) throw new Error(`answer ${status}: ${JSON.stringify(body)}`);
    return cached;
  };
  for (let warm = 0; warm < KEYS; warm++) await verify(warm);
  if (!(await verify(0))) throw new Error('the answer does not come from memory');
  const measured = { remembered: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn < rounds; turn++) {
    measured.bare.push(await rateOf(async () => void (await (await fetch(`${product.url}/healthz`)).text())));
    measured.remembered.push(await rateOf(async (at) => void (await verify(at))));
  }
  const [bare, remembered] = [median(measured.bare), median(measured.remembered)];
  const rates = { bare_per_s: round(bare), remembered_per_s: round(remembered), ratio: round(bare / remembered, 1) };
  console.log(JSON.stringify({ bench: 'api-remembered', machine: machine(), atOnce, ...rates, measured }));
} finally {
  await product.stop();
}

async function makeKeys(admin: string): Promise<string[]> {
  const keys: string[] = [];
  for (let count = 0; count < KEYS; count++) {
    const { body } = await post('/v1/keys', admin, { name: `Bench ${count}`, scopes: ['verify:write'] });
    keys.push(z.object({ key: z.string() }).parse(body).key);
  }
  return keys;
}

async function post(path: string, key: string, body: object): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${product.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** Requests a second at the given concurrency, for the length of a round. */
async function rateOf(request: (at: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  let done = 0;
  const worker = async (at: number): Promise<void> => {
    while (performance.now() - began < seconds * 1_000) {
      await request(at);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, at) => worker(at)));
  return done / ((performance.now() - began) / 1_000);
}
