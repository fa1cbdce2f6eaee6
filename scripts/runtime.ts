// What the processes of one folder know of each other: generated secrets (kept), and the running instance (.data/runtime.json,
// there only while one runs). An instance proves that it is alive by answering on a loopback port with its own nonce, so a
// file left by a crash, or a reused process id, never blocks a start.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';

/** The product's database in the embedded PostgreSQL. */
export const DATABASE_NAME = 'email_verifier';
const PROBE_TIMEOUT_MS = 1_000;

const runtimeSchema = z.object({
  pid: z.number(),
  controlPort: z.number(),
  nonce: z.string(),
  appUrl: z.string(),
  databaseUrl: z.string(),
  /** The settings that programs of this folder reach the Stripe stand-in with, where one runs. */
  standIn: z
    .object({ STRIPE_API_BASE: z.string(), STRIPE_SECRET_KEY: z.string(), STRIPE_WEBHOOK_SECRET: z.string() })
    .nullable()
    .default(null),
});
export type Runtime = z.infer<typeof runtimeSchema>;

const secretsSchema = z.object({ authSecret: z.string(), postgresPassword: z.string() });
export type Secrets = z.infer<typeof secretsSchema>;

const runtimeFile = (dataDir: string) => join(dataDir, 'runtime.json');

/** The secrets of this folder, made at the first call. */
export function keepSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  // Readable on the way for the account that PostgreSQL runs under; what is secret has its own mode.
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const kept = readJson(file, secretsSchema);
  if (kept) return kept;
  const made = { authSecret: randomBytes(32).toString('base64url'), postgresPassword: randomBytes(24).toString('base64url') };
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** The instance that runs on this folder now, or null. */
export async function findRuntime(dataDir: string): Promise<Runtime | null> {
  const runtime = readJson(runtimeFile(dataDir), runtimeSchema);
  return runtime && (await answersWith(runtime.controlPort, runtime.nonce)) ? runtime : null;
}

/** Announces this process as the running instance; the returned function takes that back. */
export async function announceRuntime(
  dataDir: string,
  facts: Pick<Runtime, 'appUrl' | 'databaseUrl' | 'standIn'>,
): Promise<() => void> {
  const nonce = randomBytes(16).toString('hex');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(nonce);
  });
  const controlPort = await listen(server);
  server.unref();
  const file = runtimeFile(dataDir);
  writeFileSync(file, JSON.stringify({ ...facts, pid: process.pid, controlPort, nonce } satisfies Runtime), { mode: 0o600 });
  chmodSync(file, 0o600);
  return () => {
    server.close();
    rmSync(file, { force: true });
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) done(address.port);
    });
  });
}

function answersWith(port: number, nonce: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let heard = '';
    const end = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => end(false));
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
    socket.on('end', () => end(heard === nonce));
    socket.on('error', () => end(false));
  });
}

function readJson<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
