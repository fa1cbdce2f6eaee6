// One at a time among the processes of this machine that start or stop something on the same folder. The holder is a process id in
// a file; one that died without releasing it is detected and ignored.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
/** A file whose holder can't be read is one that is just being written, or was left half-written. */
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
    // Released in the meantime.
    return false;
  }
}

/** Also one of another account, which may not be signalled. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
