// The crash test: a list runs while worker, web and PostgreSQL are killed with SIGKILL at random moments and the supervisor restarts them.
// In the end every row has one verdict, every credit is accounted for, and the customer was notified once. `--apart`: as shipped, with two
// web and two worker processes on one PostgreSQL, built beforehand; any of them may be killed. Run: npm run test:crash -- [--addresses
// 20000] [--kills 20] [--seed N] [--apart]
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startApart } from './apart';
import { allowMuch, audit } from './audit';
import { createClient, type Client, type List } from './client';
import { makeList } from './made-up-list';
import { startProduct, type Product } from './product';
import { planKills } from './plan-kills';
import { createRandom } from './random';
import { startReceiver } from './receiver';

const { values } = parseArgs({
  options: {
    addresses: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(randomInt(2 ** 32)) },
    apart: { type: 'boolean', default: false },
  },
});
const addresses = Number(values.addresses);
const kills = Number(values.kills);
const seed = Number(values.seed);

const SHORT_RUN_KILLS = 10;
const TOLD_WITHIN_MS = 120_000;
const POLL_EVERY_MS = 300;

const startedAt = Date.now();
const say = (line: string): void => console.error(`[crash +${((Date.now() - startedAt) / 1_000).toFixed(1)} s] ${line}`);
say(`seed ${seed}, ${addresses} addresses, ${kills} kills`);

const random = createRandom(seed);
const receiver = await startReceiver();
const product = values.apart ? await startApart() : await startProduct();
try {
  const problems = await test(product);
  for (const problem of problems) say(problem);
  console.log(
    JSON.stringify({
      test: 'crash',
      addresses,
      kills,
      seed,
      apart: values.apart,
      ok: problems.length === 0,
      seconds: (Date.now() - startedAt) / 1_000,
    }),
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await product.stop();
  receiver.close();
}

async function test(on: Product): Promise<string[]> {
  const { workspaceId, apiKey } = on.createUser(addresses);
  await allowMuch(on.databaseUrl, workspaceId);
  const client = createClient(on.urls, apiKey);
  const endpoint = { url: receiver.url, events: ['list.completed', 'list.failed'] };
  await client.ask('/v1/webhooks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(endpoint),
  });
  const csv = makeList(addresses, random);
  const progress: Progress = { share: 0, isDone: false };
  // In a long run the upload is hit too. Repeating an interrupted upload means waiting a minute until the first counts as dead.
  const early = kills > SHORT_RUN_KILLS ? wreak(on, progress) : null;
  const { id } = await client.upload(csv, `crash-${seed}`);
  say(`${id} was taken in`);
  const chaos = early ?? wreak(on, progress);
  const list = await watchList(client, id, progress);
  const killed = await chaos;
  say(`${list.status}; ${client.retried()} requests were made again`);
  const told = await until(TOLD_WITHIN_MS, () =>
    receiver.taken.some(({ type, listId }) => type === 'list.completed' && listId === id),
  );
  const { wrong, figures, eventIds } = await audit(on.databaseUrl, { listId: id, workspaceId });
  say(JSON.stringify({ ...figures, events: eventIds.length, deliveries: receiver.taken.length, killed }));
  return [
    ...client.complaints,
    ...Object.entries(wrong).flatMap(([what, count]) => (count === 0 ? [] : [`${what}: ${count}`])),
    ...(told ? [] : ['list.completed was never delivered']),
    ...(new Set(receiver.taken.map(({ eventId }) => eventId)).size === 1 ? [] : ['deliveries carry more than one event id']),
    ...(eventIds.length === 1 && eventIds[0] === receiver.taken[0]?.eventId
      ? []
      : [`there are ${eventIds.length} events, not one`]),
    ...(killed === kills ? [] : [`only ${killed} of ${kills} kills struck before the list was done`]),
  ];
}

/** Returns how many kills struck before the list was done. */
async function wreak(on: Product, progress: Progress): Promise<number> {
  const plan = planKills({ kills, victims: on.victims }, random);
  let struck = 0;
  for (const { victim, atShare, afterMs } of plan) {
    while (progress.share < atShare) await sleep(POLL_EVERY_MS);
    await sleep(afterMs);
    if (!progress.isDone) struck += 1;
    // The process may be down already; then it is killed as soon as it is back.
    let pid = on.kill(victim);
    for (; pid === null; pid = on.kill(victim)) await sleep(POLL_EVERY_MS);
    say(`${victim} (${pid}) killed at ${Math.round(progress.share * 100)} %`);
  }
  return struck;
}

interface Progress {
  /** Share of the rows, 0–1. */
  share: number;
  isDone: boolean;
}

async function watchList(client: Client, id: string, progress: Progress): Promise<List> {
  for (let said = 0; ;) {
    const list = await client.readList(id);
    const { processed, total, retrying } = list.progress;
    progress.isDone = ['completed', 'failed', 'cancelled', 'paused'].includes(list.status);
    progress.share = progress.isDone ? 1 : processed / Math.max(1, total);
    if (progress.isDone) return list;
    if (Date.now() - said > 5_000) {
      said = Date.now();
      say(`${list.status}: ${processed} of ${total}, ${retrying} wait`);
    }
    await sleep(POLL_EVERY_MS);
  }
}

async function until(ms: number, isSo: () => boolean): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (!isSo() && Date.now() < deadline) await sleep(POLL_EVERY_MS);
  return isSo();
}
