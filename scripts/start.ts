// `npm start`: runs the whole product on this machine. Starts PostgreSQL (unless DATABASE_URL names one), migrates, builds if stale, runs
// web and worker and restarts them when they end, and stops everything when asked. `--dev` reloads both on changes.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isTrouble, resolverAdvice, resolverSentence } from '../lib/verdict/health';
import { parseEnv, type Env } from '../lib/platform/env';
import { createResolverCheck } from '../worker/adapters/dns/resolver-health';
import { build, isBuildStale } from './build';
import { buildWidget } from './build-widget';
import { freePort, startPostgres } from './embedded-postgres';
import { ensureDatabase, migrate } from './migrate';
import { announceRuntime, DATABASE_NAME, keepSecrets, type Announcement } from './runtime';
import { takeStartOfWork } from './started-at.mjs';
import { standInSettings } from './stripe-stand-in';
import { running, supervise, type Supervised } from './supervise';
import { watchParent } from './watch-parent';

const STOP_GRACE_MS = 8_000;
/** How often it reports that the product is not ready yet. */
const READY_TIMEOUT_MS = 60_000;
/**
 * A worker's objects take 90 to 200 MB, depending on how many domains it remembers. Where V8 may use more than 2 GB, its default on most
 * machines, it lets them grow fourfold before it collects garbage; under this bound, by half. Two arenas of the C library instead of one
 * for each thread save a worker some 50 MB (docs/measurements.md).
 */
const WORKER_HEAP = '--max-old-space-size=1024';
const WORKER_MEMORY = { MALLOC_ARENA_MAX: '2' };
const isDev = process.argv.includes('--dev');
/** Includes the time that installing the packages took before this process began. */
const startedAt = takeStartOfWork() ?? performance.timeOrigin;

const say = (line: string) => console.log(`[email-verifier] ${line}`);
const programs: Supervised[] = [];
let database: Supervised | undefined;
let stopping: Promise<never> | undefined;
let announcement: Announcement | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
// npm may be killed without passing the signal on; then nothing else would stop us.
watchParent(() => void stop(0));

try {
  await start(parseEnv({ ...process.env, NODE_ENV: isDev ? 'development' : 'production' }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}

async function start(settings: Env): Promise<void> {
  // Started early because it takes a few seconds, and everything after it takes longer.
  const resolver = createResolverCheck({ servers: settings.DNS_SERVERS })().catch(() => null);
  const secrets = keepSecrets(settings.DATA_DIR);
  announcement = await announceRuntime(settings.DATA_DIR, { appUrl: settings.APP_URL, databaseUrl: null, standIn: null });
  await requireFreePort(settings.PORT);
  const databaseUrl = settings.DATABASE_URL ?? (await startDatabase(settings.DATA_DIR, secrets.postgresPassword));
  await ensureDatabase(databaseUrl);
  await migrate(databaseUrl);
  announcement.update({ databaseUrl });
  if (isDev) await buildWidget();
  else if (isBuildStale()) await build();
  const standIn = await standInSettings(settings, secrets.authSecret);
  announcement.update({ standIn });
  const env = {
    ...process.env,
    NODE_ENV: settings.NODE_ENV,
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: settings.AUTH_SECRET ?? secrets.authSecret,
    ...standIn,
  };
  if (standIn) await keepRunning('the Stripe stand-in', ['--import', 'tsx', 'scripts/stand-in.ts'], env);
  await keepRunning('web', ['--import', 'tsx', 'scripts/web.ts', ...(isDev ? ['--dev'] : [])], env);
  const watch = isDev ? ['--watch-path=worker', '--watch-path=lib', '--watch-preserve-output'] : [];
  await keepRunning('worker', [WORKER_HEAP, ...watch, '--import', 'tsx', 'worker/main.ts'], { ...env, ...WORKER_MEMORY });
  await Promise.all([untilOk(`http://127.0.0.1:${settings.PORT}/readyz`), standIn && fillStandIn(standIn.STRIPE_API_BASE, env)]);
  if (standIn) say(`Stripe stand-in (test equipment, no real money): ${standIn.STRIPE_API_BASE}`);
  const health = await resolver;
  if (health !== null && isTrouble(health)) say(`${resolverSentence(health)} ${resolverAdvice(health)}`);
  if (stopping) return;
  say(`ready after ${((Date.now() - startedAt) / 1_000).toFixed(1)} s: ${settings.APP_URL}`);
}

async function startDatabase(dataDir: string, password: string): Promise<string> {
  const port = await freePort();
  let url = '';
  database = await supervise({
    name: 'PostgreSQL',
    report: say,
    start: async () => {
      const postgres = await startPostgres({ dataDir: join(dataDir, 'pg'), password, port });
      const found = postgres.url(DATABASE_NAME);
      // Web and worker were given the first address. An adopted server keeps its own port, and so does a restarted one.
      if (url !== '' && url !== found) say('PostgreSQL moved to another port; restart Email Verifier');
      url ||= found;
      return { exited: postgres.exited, stop: () => void postgres.stop(), kill: () => postgres.kill() };
    },
  });
  return url;
}

async function keepRunning(name: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const start = () => Promise.resolve(running(spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env })));
  programs.push(await supervise({ name, start, report: say }));
}

/** Creates products and prices, so that something can be bought. They are the same at each start. */
async function fillStandIn(address: string, env: NodeJS.ProcessEnv): Promise<void> {
  await untilOk(address);
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/stripe-sync.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  await new Promise((done) => {
    child.once('exit', done);
    child.once('error', done);
  });
}

async function untilOk(url: string): Promise<void> {
  let deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const isOk = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isOk || stopping) return;
    if (Date.now() > deadline) {
      say('not ready yet; the lines above may say why');
      deadline += READY_TIMEOUT_MS;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

function requireFreePort(port: number): Promise<void> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', () => failed(new Error(`Port ${port} is in use; choose another with PORT=…`)));
    server.listen(port, () => server.close(() => done()));
  });
}

/** Stops web and worker at the same time, then PostgreSQL. */
function stop(code: number): Promise<never> {
  stopping ??= (async () => {
    await Promise.all(programs.map((program) => program.stop(STOP_GRACE_MS)));
    await database?.stop(STOP_GRACE_MS);
    announcement?.withdraw();
    process.exit(code);
  })();
  return stopping;
}
