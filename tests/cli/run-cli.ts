// For tests only: runs the command line as a user would, in a separate process with only the environment that a test gives it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface CliRun {
  code: number | null;
  /** The lines of standard output. */
  lines: string[];
  stderr: string;
}

export interface CliSetting {
  input?: string;
  env?: Record<string, string>;
  /** Standard output is closed after this many lines. */
  readsLines?: number;
}

export function runCli(args: readonly string[], { input = '', env = {}, readsLines }: CliSetting = {}): Promise<CliRun> {
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/cli.js', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'test', MAIL_SANDBOX: 'off', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (readsLines !== undefined && stdout.split('\n').length > readsLines) child.stdout.destroy();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const lines = stdout.split('\n').filter((line) => line !== '');
      resolve({ code, lines, stderr });
    });
  });
}
