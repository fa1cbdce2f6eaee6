// One check at a host with a round trip of 100 ms: cold (nothing known), warm (the session of the previous check is still open), and from
// the workspace's memory, through the service and a real database. A round trip is one wait for the mail host: a chunk of replies, or the
// TCP handshake, which loopback does not delay but which is counted here all the same. Run: npm run bench -- single [--latency 100]
// [--checks 20] [--tls]
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { closeDatabase } from '@/lib/platform/db/transaction';
import { INTERACTIVE_BUDGET_MS } from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import { createUser } from '@/lib/credits/free-credits';
import { startVerification } from '@/lib/verifications/start';
import { createMemoryCatchAllStore } from '@/worker/adapters/smtp/catch-all/catch-all';
import { composeEngine, type Engine } from '@/worker/compose';
import { createVerifyAddress } from '@/worker/tasks/verifications';
import { withDatabase } from '../scripts/with-database';
import { machine, median, round } from './world/machine';
import { domainOf, mailboxOf } from './world/names';
import { since, startWorld, type World } from './world/start-world';

const { values } = parseArgs({
  options: {
    latency: { type: 'string', default: '100' },
    checks: { type: 'string', default: '20' },
    tls: { type: 'boolean', default: false },
  },
});
const checks = Number(values.checks);
const latencyMs = Number(values.latency);
const CREDITS = 10_000;

interface Seen {
  ms: number;
  roundTrips: number;
  recipients: number;
}

const world = await startWorld({ latencyMs, tls: values.tls });
try {
  const cold: Seen[] = [];
  const warm: Seen[] = [];
  for (let check = 0; check < checks; check++) {
    await withEngine(world, async (engine) => {
      cold.push(await watch(world, () => verify(engine, mailboxOf(0, domainOf('well', check)))));
      warm.push(await watch(world, () => verify(engine, mailboxOf(2, domainOf('well', check)))));
    });
  }
  const cached = await fromMemory(world);
  const result = { cold: summary(cold), warm: summary(warm), cached: summary(cached) };
  console.log(JSON.stringify({ bench: 'single', machine: machine(), latency_ms: latencyMs, checks, tls: values.tls, ...result }));
} finally {
  await world.close();
}

async function withEngine(at: World, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await composeEngine({ settings: at.settings, catchAll: createMemoryCatchAllStore() });
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}

async function verify(engine: Engine, email: string): Promise<void> {
  const { verdict } = await engine.verify({ email, deadline: Date.now() + INTERACTIVE_BUDGET_MS, triplet: null });
  if (verdict.status !== 'deliverable') throw new Error(`${email} came out as ${verdict.status}`);
}

async function watch(at: World, work: () => Promise<void>): Promise<Seen> {
  const before = await at.figures();
  const startedAt = performance.now();
  await work();
  const ms = performance.now() - startedAt;
  const { roundTrips, connections, recipients } = since(before, await at.figures());
  return { ms, roundTrips: roundTrips + connections, recipients };
}

/** Checks an address with the worker's task first, then the same address again through the service alone. */
async function fromMemory(at: World): Promise<Seen[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
  chmodSync(dataDir, 0o755);
  Object.assign(process.env, { DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'silent' });
  const seen: Seen[] = [];
  try {
    await withDatabase(async () => {
      try {
        await withEngine(at, async (engine) => {
          seen.push(...(await askTwice(at, engine)));
        });
      } finally {
        await closeDatabase();
      }
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  return seen;
}

async function askTwice(at: World, engine: Engine): Promise<Seen[]> {
  const user = await createUser({ email: 'bench@example.org', password: 'violet-harbour-lantern-42', credits: CREDITS });
  if (!user.ok) throw user.error;
  const { workspaceId } = user.value;
  const task = createVerifyAddress({
    verify: (subject) => engine.verify(subject),
    now: Date.now,
    random: Math.random,
    log: log('bench'),
  });
  const seen: Seen[] = [];
  for (let check = 0; check < checks; check++) {
    const email = mailboxOf(0, domainOf('well', 1_000 + check));
    const first = await startVerification({ workspaceId }, { email, source: 'api' });
    if (!first.ok) throw first.error;
    await task.run({ verificationId: first.value.id });
    const again = async (): Promise<void> => {
      const answer = await startVerification({ workspaceId }, { email, source: 'api' });
      if (!answer.ok || answer.value.status === 'pending') throw new Error('the memory did not answer');
    };
    seen.push(await watch(at, again));
  }
  return seen;
}

function summary(seen: readonly Seen[]) {
  return {
    median_ms: round(median(seen.map(({ ms }) => ms)), 1),
    max_ms: round(Math.max(...seen.map(({ ms }) => ms)), 1),
    round_trips: Math.max(...seen.map(({ roundTrips }) => roundTrips)),
    recipients: Math.max(...seen.map(({ recipients }) => recipients)),
  };
}
