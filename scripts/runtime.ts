// What the processes of one folder share: the generated secrets (kept), and the running instance (.data/runtime.json, which exists only
// while one runs). An instance proves that it is alive by answering on a loopback port with its nonce, so a file left by a crash, or a
// reused process id, never blocks a start.
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { withFolderLock } from './folder-lock';

/** The product's database in the embedded PostgreSQL. */
export const DATABASE_NAME = 'email_verifier';
const PROBE_TIMEOUT_MS = 1_000;
const LOOK_EVERY_MS = 100;

const runtimeSchema = z.object({
  pid: z.number(),
  controlPort: z.number(),
  nonce: z.string(),
  appUrl: z.string(),
  /** Null until the database exists and is fully migrated. */
  databaseUrl: z.string().nullable(),
  /** The settings with which programs of this folder reach the Stripe stand-in, if one runs. */
  standIn: z
    .object({ STRIPE_API_BASE: z.string(), STRIPE_SECRET_KEY: z.string(), STRIPE_WEBHOOK_SECRET: z.string() })
    .nullable()
    .default(null),
});
export type Runtime = z.infer<typeof runtimeSchema>;

const secretsSchema = z.object({ authSecret: z.string(), postgresPassword: z.string() });
export type Secrets = z.infer<typeof secretsSchema>;

const runtimeFile = (dataDir: string) => join(dataDir, 'runtime.json');

/** The secrets of this folder, generated at the first call. */
export function keepSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  // The account that PostgreSQL runs under has to pass through this folder; the secret files have their own mode.
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const kept = readJson(file, secretsSchema);
  if (kept) return kept;
  const made = { authSecret: randomBytes(32).toString('base64url'), postgresPassword: randomBytes(24).toString('base64url') };
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(made), { mode: 0o600 });
  try {
    // If two processes start at the same moment, the second uses the first one's file.
    linkSync(own, file);
    return made;
  } catch {
    const others = readJson(file, secretsSchema);
    if (others) return others;
    renameSync(own, file);
    return made;
  } finally {
    rmSync(own, { force: true });
  }
}

/** The instance that runs on this folder now, or null. */
export async function findRuntime(dataDir: string): Promise<Runtime | null> {
  const runtime = readJson(runtimeFile(dataDir), runtimeSchema);
  return runtime && (await answersWith(runtime.controlPort, runtime.nonce)) ? runtime : null;
}

type Facts = Pick<Runtime, 'appUrl' | 'databaseUrl' | 'standIn'>;

export interface Announcement {
  /** Adds facts that became known after the start. */
  update: (facts: Partial<Facts>) => void;
  withdraw: () => void;
}

/**
 * Announces this process as the folder's instance, from the first moment of its start. Throws if one is running already; if two start at
 * the same moment, one of them throws.
 */
export function announceRuntime(dataDir: string, facts: Facts): Promise<Announcement> {
  return withFolderLock(`${runtimeFile(dataDir)}.lock`, async () => {
    const other = await findRuntime(dataDir);
    if (other) throw new Error(`Email Verifier is already running on this folder: ${other.appUrl} (process ${other.pid}).`);
    return announce(dataDir, facts);
  });
}

async function announce(dataDir: string, first: Facts): Promise<Announcement> {
  const nonce = randomBytes(16).toString('hex');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(nonce);
  });
  const controlPort = await listen(server);
  server.unref();
  const file = runtimeFile(dataDir);
  let facts = first;
  const write = () => {
    // Renamed into place, so that a reader never sees half a file.
    writeFileSync(`${file}.new`, JSON.stringify({ ...facts, pid: process.pid, controlPort, nonce } satisfies Runtime), {
      mode: 0o600,
    });
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    update: (more) => {
      facts = { ...facts, ...more };
      write();
    },
    withdraw: () => {
      server.close();
      rmSync(file, { force: true });
    },
  };
}

/** Waits for the database of the instance that runs here. Null if none runs, or if it gave up starting. */
export async function findRuntimeDatabase(dataDir: string, onWait: () => void): Promise<string | null> {
  for (let looks = 0; ; looks++) {
    const runtime = await findRuntime(dataDir);
    if (runtime?.databaseUrl !== null) return runtime?.databaseUrl ?? null;
    if (looks === 0) onWait();
    await sleep(LOOK_EVERY_MS);
  }
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
