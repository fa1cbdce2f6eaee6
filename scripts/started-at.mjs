// `npm start` runs two processes: the installer, then the product. "Ready after" counts from the start of the first, which leaves its
// start time in a file for the second.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../node_modules/.start-began', import.meta.url));
/** npm starts the second process immediately. An older file is left over from an abandoned start. */
const FRESH_FOR_MS = 10_000;

export function leaveStartOfWork(startedAt) {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, String(startedAt));
}

/** Epoch milliseconds; null if no installer ran before this process. */
export function takeStartOfWork() {
  try {
    const isFresh = Date.now() - statSync(FILE).mtimeMs < FRESH_FOR_MS;
    const startedAt = Number(readFileSync(FILE, 'utf8'));
    rmSync(FILE, { force: true });
    return isFresh && startedAt > 0 ? startedAt : null;
  } catch {
    return null;
  }
}
