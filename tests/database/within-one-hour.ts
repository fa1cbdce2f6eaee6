// For tests of hourly counts: a file that would begin in the last seconds of an hour waits for the next.
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll } from 'vitest';

const HOUR_MS = 3_600_000;
const NEEDED_MS = 40_000;

export function withinOneHour(): void {
  beforeAll(async () => {
    const leftMs = HOUR_MS - (Date.now() % HOUR_MS);
    if (leftMs < NEEDED_MS) await sleep(leftMs + 100);
  }, 2 * NEEDED_MS);
}
