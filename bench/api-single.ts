// How much time web and queue add to one API check compared with the engine alone: each request's wall time less the engine's, which is the
// sum of its layers, because `response_time` counts from the request on. Starts the whole product on a scratch folder and asks for a sandbox
// mailbox again and again (max_age_s 0: never from memory), one at a time and ten at once. `--beside` starts another checkout too, with its
// own database, and asks both in turn, so that other load meets both; `ratio` is ours to theirs. Use up to a hundred checks an hour: beyond
// that, each check also takes a share of the domain's hour.
// Run: npm run bench -- api-single [--requests 40] [--bursts 4] [--beside FOLDER]
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { z } from 'zod';
import { findRuntime } from '../scripts/runtime';
import { type BenchProduct, withProduct } from './with-product';
import { machine, median, round } from './world/machine';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '40' },
    bursts: { type: 'string', default: '4' },
    beside: { type: 'string' },
  },
});
const requests = Number(values.requests);
const bursts = Number(values.bursts);

const ADDRESS = 'alice@deliverable.sandbox.test';
const WARM_UP = 10;
const AT_ONCE = 10;
const CREDITS = 100_000;
/** Its rate is never reached. */
const PLAN = 'business';

const answerSchema = z.object({ status: z.string(), layers: z.array(z.object({ duration_ms: z.number() })) });
const accountSchema = z.object({ api_key: z.string() });

interface Side {
  url: string;
  key: string;
  /** Milliseconds. */
  one: Sample[];
  tenAtOnce: Sample[];
}

interface Sample {
  total: number;
  engine: number;
}

async function measure(sides: Side[]): Promise<void> {
  const inTurn = async (work: (side: Side) => Promise<unknown>): Promise<void> => {
    for (const side of sides) await work(side);
    sides.reverse(); // neither always goes first
  };
  const [ours, theirs] = [...sides];
  for (let count = 0; count < WARM_UP; count++) await inTurn(ask);
  for (let count = 0; count < requests; count++) await inTurn(async (side) => side.one.push(await ask(side)));
  for (let count = 0; count < bursts; count++) {
    await inTurn(async (side) => {
      side.tenAtOnce.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => ask(side)))));
    });
  }
  const compared = ours && theirs && { beside: resultsOf(theirs), ratio: ratioOf(ours, theirs) };
  console.log(
    JSON.stringify({ bench: 'api-single', machine: machine(), requests, bursts, ...(ours && resultsOf(ours)), ...compared }),
  );
}

async function sideOf({ url, env, folder }: BenchProduct): Promise<Side> {
  const user = ['user', 'create', '--email', 'bench@example.org', '--password', 'violet-harbour-lantern-42'];
  const args = ['--import', 'tsx', 'cli/main.ts', ...user, '--credits', String(CREDITS)];
  const line = execFileSync(process.execPath, args, { env, cwd: folder, encoding: 'utf8' });
  const database = new Client({ connectionString: (await findRuntime(String(env.DATA_DIR)))?.databaseUrl ?? '' });
  await database.connect();
  await database.query('UPDATE "Workspace" SET "plan" = $1', [PLAN]);
  await database.end();
  return { url, key: accountSchema.parse(JSON.parse(line)).api_key, one: [], tenAtOnce: [] };
}

async function ask({ url, key }: Side): Promise<Sample> {
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

const addedBy = (samples: readonly Sample[]): number => median(samples.map(({ total, engine }) => total - engine));

const resultsOf = ({ one, tenAtOnce }: Side) => ({ one_ms: summary(one), ten_at_once_ms: summary(tenAtOnce) });

const ratioOf = (ours: Side, theirs: Side) => ({
  one: round(addedBy(ours.one) / addedBy(theirs.one), 2),
  ten_at_once: round(addedBy(ours.tenAtOnce) / addedBy(theirs.tenAtOnce), 2),
});

const summary = (samples: readonly Sample[]) => ({
  total: round(median(samples.map(({ total }) => total)), 1),
  engine: round(median(samples.map(({ engine }) => engine)), 1),
  added: round(addedBy(samples), 1),
  quartiles: [0.25, 0.75].map((part) => {
    const added = samples.map(({ total, engine }) => total - engine).toSorted((a, b) => a - b);
    return round(added[Math.floor(added.length * part)] ?? 0, 1);
  }),
});

await withProduct(async (ours) => {
  if (values.beside === undefined) return measure([await sideOf(ours)]);
  return withProduct(async (theirs) => measure([await sideOf(ours), await sideOf(theirs)]), values.beside);
});
