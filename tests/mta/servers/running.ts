// Starts and stops programs as children of the suite. Guarantees that every started program is ended, by its process id: asked first,
// killed after a while, and killed at once when the suite itself exits. Returns no server that does not answer.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const READY_WITHIN_MS = 15_000;
const READY_POLL_MS = 50;
/** Longer than the ten seconds that the product may take to exit cleanly. */
const STOP_WITHIN_MS = 15_000;

const DNS_PORT = 53;
const RESOLVER_ADDRESSES = 20;

export interface Running {
  name: string;
  stop(): Promise<void>;
}

export interface Program {
  name: string;
  command: string;
  args: readonly string[];
  cwd?: string;
  /** Settings added to the suite's own environment. */
  settings?: Record<string, string>;
  /** The file that its output goes to. */
  output: string;
  /** Resolves true once the server answers. */
  isReady(): Promise<boolean>;
  readyWithinMs?: number;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const alive = new Set<ChildProcess>();

/**
 * Adds the child to the list of processes to end. It leads its own process group (spawn it `detached`), so that Ctrl-C reaches only the
 * suite, and a server's children end with it.
 */
export function adopt(child: ChildProcess): void {
  alive.add(child);
  child.once('exit', () => alive.delete(child));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended between the check and the signal.
  }
}

process.once('exit', () => alive.forEach((child) => signalGroup(child, 'SIGKILL')));

async function end(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) {
    const ended = new Promise<boolean>((resolve) => child.once('exit', () => resolve(true)));
    child.kill('SIGTERM');
    await Promise.race([ended, delay(STOP_WITHIN_MS, false, { ref: false })]);
  }
  signalGroup(child, 'SIGKILL');
}

/** Ends everything, the most recently started first. */
export async function endAll(): Promise<void> {
  for (const child of [...alive].reverse()) await end(child);
}

function launch(program: Program): ChildProcess {
  const file = openSync(program.output, 'a');
  const settings = Object.entries(program.settings ?? {}).map(([name, value]) => `${name}=${value}`);
  // env(1) adds to the inherited environment.
  const child = spawn('env', [...settings, program.command, ...program.args], {
    stdio: ['ignore', file, file],
    detached: true,
    cwd: program.cwd,
  });
  adopt(child);
  closeSync(file);
  return child;
}

export async function startProgram(program: Program): Promise<Running> {
  const child = launch(program);
  let spawnError = '';
  child.once('error', (error) => (spawnError = error.message));
  const readyBy = Date.now() + (program.readyWithinMs ?? READY_WITHIN_MS);
  while (!(await program.isReady())) {
    if (hasEnded(child) || spawnError !== '' || Date.now() > readyBy) {
      await end(child);
      const printed = readFileSync(program.output, 'utf8').slice(-2_000);
      throw new Error(
        `${program.name} could not be started (exit ${child.exitCode ?? child.signalCode}). ${spawnError}${printed}`,
      );
    }
    await delay(READY_POLL_MS);
  }
  return { name: program.name, stop: () => end(child) };
}

/** True if the peer accepts the connection and, if `banner` is given, speaks first and matches it. */
export function answersOn(address: string, port: number, banner?: RegExp): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const settle = (isAnswering: boolean): void => {
      socket.destroy();
      resolve(isAnswering);
    };
    socket.setTimeout(2_000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    if (banner === undefined) socket.once('connect', () => settle(true));
    else socket.once('data', (bytes) => settle(banner.test(bytes.toString('latin1'))));
  });
}

/** A TCP port that is free on every address of this machine. */
export async function freePort(): Promise<number> {
  return (await bindAndRelease('0.0.0.0', 0)).port;
}

/** A loopback address whose port 53 is free, so that two runs can run side by side. */
export async function freeResolverAddress(): Promise<string> {
  for (let last = 1; last <= RESOLVER_ADDRESSES; last += 1) {
    const address = `127.0.53.${last}`;
    const isFree = await bindAndRelease(address, DNS_PORT).then(
      () => true,
      () => false,
    );
    if (isFree) return address;
  }
  throw new Error('Port 53 is taken on every loopback address: something on this machine listens on 0.0.0.0:53.');
}

function bindAndRelease(host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address) : reject(new Error('no port'))));
    });
  });
}
