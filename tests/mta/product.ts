// Runs the product's own programs against the suite's servers: the command line, and the whole stack with its API. The product gets only
// settings from the suite.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Answer, answerSchema } from './answer';
import { BOTH_IDENTITIES } from './identities';
import { adopt, type Running, startProgram } from './servers/running';
import { makeServerFolder, type Place, REPOSITORY } from './servers/suite-paths';

export type Settings = Record<string, string>;

export function settingsFor(place: Place, webPort: number): Settings {
  return {
    APP_MODE: 'local',
    DATA_DIR: join(makeServerFolder(place.dir, 'product'), 'data'),
    DATABASE_URL: '',
    PORT: String(webPort),
    APP_URL: `http://127.0.0.1:${webPort}`,
    LOG_LEVEL: 'warn',
    DNS_SERVERS: `127.0.0.1:${place.dnsPort}`,
    SMTP_PORT: String(place.smtpPort),
    SMTP_ALLOWED_PRIVATE_NETS: '127.0.0.0/8',
    MAIL_SANDBOX: 'off',
    SENDING_IDENTITIES: BOTH_IDENTITIES,
  };
}

interface CliRun {
  args: readonly string[];
  input: string;
  withinMs: number;
}

export interface CliResult {
  /** What it printed, even if it failed halfway. */
  lines: string[];
  /** Why it failed: its exit code, or that it ran out of time and was ended with its children. */
  fault: string | null;
}

export function runCli(settings: Settings, run: CliRun): Promise<CliResult> {
  const pairs = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const child = spawn('env', [...pairs, 'npm', 'run', '-s', 'cli', '--', ...run.args], { cwd: REPOSITORY, detached: true });
  adopt(child);
  const lines: string[] = [];
  let errors = '';
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  child.stderr.on('data', (bytes: Buffer) => (errors = (errors + bytes.toString()).slice(-4_000)));
  const overdue = setTimeout(() => {
    errors += `\nnot done after ${run.withinMs / 1_000} s`;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, run.withinMs);
  child.stdin.on('error', () => undefined);
  child.stdin.end(run.input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(overdue);
      resolve({
        lines,
        fault: code === 0 ? null : `cli ${run.args.join(' ')} ended with ${code} after ${lines.length} lines: ${errors}`,
      });
    });
  });
}

export async function verifyByCli(
  settings: Settings,
  addresses: readonly string[],
  maxWaitS: number,
): Promise<{ answers: Answer[]; fault: string | null }> {
  const args = ['verify', '--stdin', ...(maxWaitS > 0 ? ['--max-wait', String(maxWaitS)] : [])];
  const { lines, fault } = await runCli(settings, { args, input: `${addresses.join('\n')}\n`, withinMs: 100_000 });
  return { answers: lines.map((line) => answerSchema.parse(JSON.parse(line))), fault };
}

/** Web, worker and database, as a user would start them. */
export function startProduct(settings: Settings, dir: string): Promise<Running> {
  return startProgram({
    name: 'the product',
    command: 'node',
    args: ['--import', 'tsx', 'scripts/start.ts'],
    cwd: REPOSITORY,
    settings,
    output: join(dir, 'product.log'),
    readyWithinMs: 120_000,
    isReady: () =>
      fetch(`${settings.APP_URL}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
        (response) => response.ok,
        () => false,
      ),
  });
}

const userSchema = z.object({ user_id: z.string(), workspace_id: z.string(), api_key: z.string() });

/** The API key of a new account with credits. */
export async function createUser(settings: Settings): Promise<string> {
  const args = [
    'user',
    'create',
    '--email',
    'suite@verifier.test',
    '--password',
    'a long phrase for the suite',
    '--credits',
    '100',
  ];
  const { lines, fault } = await runCli(settings, { args, input: '', withinMs: 30_000 });
  if (fault !== null) throw new Error(fault);
  return userSchema.parse(JSON.parse(lines.at(-1) ?? '')).api_key;
}
