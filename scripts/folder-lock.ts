// Lets one process of this machine at a time start or stop something on a folder. The lock is a file that holds a process id; a holder
// that died without releasing it is detected and ignored.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
/** A file without a readable process id is either being written now or was left half-written. */
const UNREADABLE_FOR_MS = 2_000;

export async function withFolderLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!take(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await sleep(LOOK_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid > 0) return !isProcessAlive(pid);
    return Date.now() - statSync(file).mtimeMs > UNREADABLE_FOR_MS;
  } catch {
    // It was released in the meantime.
    return false;
  }
}

/** True also for a process of another account, which we may not signal. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
