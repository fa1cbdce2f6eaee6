// The product as shipped: two web and two worker processes, started separately with the commands that an operator uses, on one PostgreSQL
// that was migrated before. A process that ends is restarted, as systemd or a container engine would do. Needs `npm run build`.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startPostgres } from '../../scripts/embedded-postgres';
import { running, supervise, type Supervised } from '../../scripts/supervise';
import { EMAIL, PASSWORD, readUser, type Product } from './product';

const PARTS = { 'web 1': 'start:web', 'web 2': 'start:web', 'worker 1': 'start:worker', 'worker 2': 'start:worker' } as const;
const READY_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 100;
const STOP_GRACE_MS = 15_000;

export async function startApart(): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'crash-apart-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataDir: join(folder, 'pg'), password: randomBytes(12).toString('hex') });
  const ports = [await freePort(), await freePort()] as const;
  const urls = [`http://127.0.0.1:${ports[0]}`, `http://127.0.0.1:${ports[1]}`] as const;
  const databaseUrl = postgres.url('email_verifier');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    APP_MODE: 'local',
    MAIL_SANDBOX: 'on',
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    APP_URL: urls[0],
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
  };
  const npm = (...args: string[]): string => execFileSync('npm', ['run', '-s', ...args], { env }).toString();
  process.stderr.write(npm('migrate'));

  /** The process group of each running part; it includes npm and the shell that started it. */
  const groups = new Map<string, number>();
  const supervised: Supervised[] = [];
  const startPart = async (name: string, script: string, port: number): Promise<void> => {
    const start = () => {
      const child = spawn('npm', ['run', '-s', script], {
        env: { ...env, PORT: String(port) },
        stdio: ['ignore', 'ignore', 'inherit'],
        detached: true,
      });
      if (child.pid !== undefined) groups.set(name, child.pid);
      child.once('exit', () => groups.delete(name));
      const signal = (which: NodeJS.Signals) => () => void signalGroup(child.pid, which);
      return Promise.resolve({ ...running(child), stop: signal('SIGTERM'), kill: signal('SIGKILL') });
    };
    supervised.push(await supervise({ name, start, report: () => undefined }));
  };
  const stop = async (): Promise<void> => {
    await Promise.all(supervised.map((part) => part.stop(STOP_GRACE_MS)));
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    for (const [at, [name, script]] of Object.entries(PARTS).entries()) await startPart(name, script, ports[at % 2] ?? ports[0]);
    for (const url of urls) await untilReady(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls,
    databaseUrl,
    createUser: (credits) =>
      readUser(npm('cli', '--', 'user', 'create', '--email', EMAIL, '--password', PASSWORD, '--credits', String(credits))),
    victims: Object.keys(PARTS),
    kill: (victim) => {
      const group = groups.get(victim) ?? null;
      return group !== null && signalGroup(group, 'SIGKILL') ? group : null;
    },
    stop,
  };
}

function signalGroup(group: number | undefined, signal: NodeJS.Signals): boolean {
  try {
    if (group !== undefined) process.kill(-group, signal);
    return group !== undefined;
  } catch {
    // The group is gone already.
    return false;
  }
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`${url} was not ready in time; was it built (npm run build)?`);
}
