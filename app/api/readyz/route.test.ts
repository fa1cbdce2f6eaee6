import { expect, it } from 'vitest';
import { writeHeartbeat } from '@/lib/platform/workers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET as getHealth } from '../healthz/route';
import { GET } from './route';

useTestDatabase();

it('is 503 while no worker is alive and 200 after the first heartbeat', async () => {
  const before = await GET();
  expect(before.status).toBe(503);
  expect(await before.json()).toEqual({ status: 'not_ready', checks: { database: true, queue: true, worker: false } });
  await writeHeartbeat({ workerId: 'wrk_1', queueIds: [], host: 'h', pid: 1 });
  const after = await GET();
  expect(after.status).toBe(200);
  expect(await after.json()).toEqual({ status: 'ready', checks: { database: true, queue: true, worker: true } });
});

it('has a sibling route that only says that this process is alive', async () => {
  const response = getHealth();
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
});
