// A language's driver: a small program that reads one case a line (JSON), runs it with the SDK, and writes one result a line. It is told
// which address to call, but not what is expected.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const errorSchema = z.looseObject({ type: z.string() });
const resultSchema = z.strictObject({ value: z.json().optional(), error: errorSchema.optional() });
export type Result = z.infer<typeof resultSchema>;

const CASE_MAX_MS = 30_000;
const STDERR_CHARS = 2_000;

export interface DriverProgram {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
}

export class Driver {
  private readonly child: ChildProcess;
  private waiting: ((line: string) => void) | null = null;
  private trouble = '';
  private isEnded = false;

  constructor({ command, args, cwd, env }: DriverProgram) {
    this.child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'pipe' });
    const { stdout, stderr, stdin } = this.child;
    if (stdout) createInterface({ input: stdout }).on('line', (line) => this.waiting?.(line));
    stderr?.on('data', (bytes: Buffer) => (this.trouble = (this.trouble + bytes.toString()).slice(-STDERR_CHARS)));
    stdin?.on('error', () => undefined);
    this.child.on('error', (error) => this.end(String(error)));
    this.child.on('close', (code) => this.end(`the driver ended with ${code}`));
  }

  async perform(call: unknown): Promise<Result> {
    if (this.isEnded) return failed(`the driver is gone: ${this.trouble}`);
    const line = await new Promise<string>((resolve) => {
      const overdue = setTimeout(() => this.end(`the case took more than ${CASE_MAX_MS / 1_000} s`), CASE_MAX_MS);
      this.waiting = (text) => {
        clearTimeout(overdue);
        this.waiting = null;
        resolve(text);
      };
      this.child.stdin?.write(`${JSON.stringify(call)}\n`);
    });
    try {
      return resultSchema.parse(JSON.parse(line));
    } catch {
      return failed(`the driver wrote ${line.slice(0, 500)} ${this.trouble}`);
    }
  }

  close(): void {
    this.isEnded = true;
    this.child.kill('SIGKILL');
  }

  private end(why: string): void {
    if (this.isEnded) return;
    this.trouble = `${why} ${this.trouble}`;
    this.close();
    this.waiting?.('');
  }
}

const failed = (message: string): Result => ({ error: { type: 'driver', message } });
