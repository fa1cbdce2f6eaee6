// Tracks which processes use an embedded PostgreSQL: the product, and commands run beside it. The last one to leave stops the server, so
// a command that ends never stops the database under a starting product, and the product never stops it under a command.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProcessAlive, withFolderLock } from './folder-lock';

const lockFile = (dataDir: string) => `${dataDir}.lock`;
const usersFolder = (dataDir: string) => `${dataDir}.users`;

/** Starts or adopts the server under the folder's lock, and adds this process to its users. */
export function enter<T>(dataDir: string, start: () => Promise<T>): Promise<T> {
  return withFolderLock(lockFile(dataDir), async () => {
    const server = await start();
    mkdirSync(usersFolder(dataDir), { recursive: true });
    writeFileSync(join(usersFolder(dataDir), String(process.pid)), '');
    return server;
  });
}

/** Removes this process from the users, and stops the server if it was the last one. */
export function leave(dataDir: string, stop: () => Promise<void>): Promise<void> {
  return withFolderLock(lockFile(dataDir), async () => {
    rmSync(join(usersFolder(dataDir), String(process.pid)), { force: true });
    if (othersOf(dataDir).length === 0) await stop();
  });
}

function othersOf(dataDir: string): number[] {
  return readdirSync(usersFolder(dataDir))
    .map(Number)
    .filter((pid) => {
      if (isProcessAlive(pid)) return true;
      rmSync(join(usersFolder(dataDir), String(pid)), { force: true });
      return false;
    });
}
