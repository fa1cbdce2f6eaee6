// Runs a verifier as a separate command, from start to end: its answers, when each came, and what it cost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { feed } from './run-cli';

export interface CommandRun {
  answers: ReadonlyMap<string, { status: string; atMs: number }>;
  elapsedMs: number;
  /** User and system time of the command and all its children. */
  cpuMs: number;
}

const answerSchema = z.object({ email: z.string(), status: z.string() });
const MS_A_MINUTE = 60_000;

export async function runCommand(
  command: string,
  { env, emails }: { env: Record<string, string>; emails: Iterable<string> },
): Promise<CommandRun> {
  const startedAt = performance.now();
  // The shell's `times` reports what its children used, to the millisecond and however they ended.
  const child = spawn('bash', ['-c', `(${command}) 3>&-; times >&3`], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
  });
  const exited = once(child, 'exit');
  const { stdin, stdout } = child;
  const told = child.stdio[3];
  if (stdin === null || stdout === null || !(told instanceof Readable)) throw new Error('no pipes');
  stdin.on('error', () => undefined);
  const times = text(told);
  void feed(stdin, emails);
  const lines: { line: string; atMs: number }[] = [];
  for await (const line of createInterface({ input: stdout })) lines.push({ line, atMs: performance.now() - startedAt });
  await exited;
  const elapsedMs = performance.now() - startedAt;
  const answers = lines.map(({ line, atMs }): [string, { status: string; atMs: number }] => {
    const { email, status } = answerSchema.parse(JSON.parse(line));
    return [email, { status, atMs }];
  });
  return { answers: new Map(answers), elapsedMs, cpuMs: childrensCpuMs(await times) };
}

/** Two lines, for the shell and for its children: `0m1.234s 0m0.056s`, user and system. */
function childrensCpuMs(said: string): number {
  const parts = [...(said.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * MS_A_MINUTE + Number(seconds) * 1_000, 0);
}
