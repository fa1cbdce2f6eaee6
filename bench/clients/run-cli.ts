// Runs the command line as a user would, and feeds it addresses as fast as it reads them. The clock starts when the first address has its
// answer, so that the process's startup is not measured.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { EngineSettings } from '@/worker/compose';

export interface CliPlan {
  args: readonly string[];
  settings: EngineSettings;
  /** Asked and answered before the clock starts. */
  first: string;
  emails: Iterable<string>;
  /** Called for each further line; returning true ends the run. */
  onLine: (line: string, elapsedMs: number) => boolean;
}

export interface CliRun {
  elapsedMs: number;
  lines: number;
  /** null if the system does not report it. */
  peakMb: number | null;
}

const LOOK_EVERY_MS = 100;
const PIECE_LINES = 500;

export async function runCli({ args, settings, first, emails, onLine }: CliPlan): Promise<CliRun> {
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=1024', '--import', 'tsx', 'cli/main.ts', 'verify', '--stdin', ...args],
    {
      env: { ...process.env, ...environment(settings) },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  child.stdin.on('error', () => undefined);
  const exited = once(child, 'exit');
  let peakMb: number | null = null;
  const look = setInterval(() => (peakMb = peakOf(child.pid) ?? peakMb), LOOK_EVERY_MS);
  let startedAt = 0;
  let lines = -1;
  child.stdin.write(`${first}\n`);
  for await (const line of createInterface({ input: child.stdout })) {
    lines += 1;
    if (lines === 0) {
      startedAt = performance.now();
      void feed(child.stdin, emails);
    } else if (onLine(line, performance.now() - startedAt)) break;
  }
  const elapsedMs = performance.now() - startedAt;
  peakMb = peakOf(child.pid) ?? peakMb;
  clearInterval(look);
  child.kill();
  await exited;
  return { elapsedMs, lines, peakMb };
}

export async function feed(stdin: NodeJS.WritableStream, emails: Iterable<string>): Promise<void> {
  let piece: string[] = [];
  const write = async (): Promise<void> => {
    if (piece.length > 0 && !stdin.write(`${piece.join('\n')}\n`)) await once(stdin, 'drain');
    piece = [];
  };
  for (const email of emails) if (piece.push(email) === PIECE_LINES) await write();
  await write();
  stdin.end();
}

export function environment(settings: EngineSettings): Record<string, string> {
  return {
    NODE_ENV: 'production',
    APP_MODE: 'local',
    DNS_SERVERS: settings.DNS_SERVERS.join(','),
    SMTP_PORT: String(settings.SMTP_PORT),
    SMTP_ALLOWED_PRIVATE_NETS: settings.SMTP_ALLOWED_PRIVATE_NETS.join(','),
    SENDING_IDENTITIES: JSON.stringify(settings.SENDING_IDENTITIES),
    MAIL_SANDBOX: settings.MAIL_SANDBOX,
    AUTH_SECRET: settings.AUTH_SECRET ?? '',
  };
}

/** The process's peak resident memory. */
function peakOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
  } catch {
    return null;
  }
}
