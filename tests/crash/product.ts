// The whole product as a user would start it, on a separate folder and port, with its processes to be killed one by one.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort } from '../../scripts/embedded-postgres';

/** Patterns for the command line of each process. */
const COMMANDS: Readonly<Record<string, RegExp>> = {
  worker: /worker\/main\.ts/,
  web: /scripts\/web\.ts/,
  PostgreSQL: /\/postgres\0-D|\/postgres\0/,
};

export interface Product {
  /** One for each web process; all of them give the same answers. */
  urls: readonly [string, ...string[]];
  databaseUrl: string;
  createUser: (credits: number) => { workspaceId: string; apiKey: string };
  /** Names of the processes that can be killed. */
  victims: readonly string[];
  /** Kills the process with SIGKILL and returns its id; null if it is not running. */
  kill: (victim: string) => number | null;
  stop: () => Promise<void>;
}

const runtimeSchema = z.object({ databaseUrl: z.string() });
const userSchema = z.object({ workspace_id: z.string(), api_key: z.string() });
export const EMAIL = 'crash@example.com';
export const PASSWORD = 'a crash test of 2 processes and a half';

export async function startProduct(): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crash-'));
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    APP_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    APP_MODE: 'local',
    MAIL_SANDBOX: 'on',
    // Killed processes log hundreds of complaints.
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
    DATABASE_URL: '',
  };
  const supervisor = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((done) => supervisor.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    supervisor.kill('SIGTERM');
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  };
  await new Promise<void>((ready, failed) => {
    supervisor.stdout.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      if (chunk.includes('ready after')) ready();
    });
    void exited.then(() => failed(new Error('the product did not start')));
  });
  const { databaseUrl } = runtimeSchema.parse(JSON.parse(readFileSync(join(dataDir, 'runtime.json'), 'utf8')));
  return {
    urls: [env.APP_URL],
    databaseUrl,
    createUser: (credits) => {
      const args = ['--import', 'tsx', 'cli/main.ts', 'user', 'create', '--email', EMAIL, '--password', PASSWORD];
      const printed = execFileSync(process.execPath, [...args, '--credits', String(credits)], { env }).toString();
      return readUser(printed);
    },
    victims: Object.keys(COMMANDS),
    kill: (victim) => kill(supervisor.pid ?? 0, COMMANDS[victim]),
    stop,
  };
}

/** Parses the output of `user create`. */
export function readUser(printed: string): { workspaceId: string; apiKey: string } {
  const { workspace_id: workspaceId, api_key: apiKey } = userSchema.parse(JSON.parse(printed));
  return { workspaceId, apiKey };
}

function kill(supervisorPid: number, command: RegExp | undefined): number | null {
  const pid = childrenOf(supervisorPid).find((child) => command?.test(commandOf(child)));
  if (pid === undefined) return null;
  process.kill(pid, 'SIGKILL');
  return pid;
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => parentOf(pid) === parent);
}

/** The name in brackets may hold any character, so parse after the last bracket. */
function parentOf(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`) ?? '';

/** Null if the process has ended in the meantime. */
function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
