// The real worker and engine against the sandbox: one workspace's list uses up its hourly share of a target domain. Meanwhile another
// workspace's single check gets its true verdict, and the list's remaining rows finish in the next hour.
import { expect, it } from 'vitest';
import type { Scope } from '@/lib/platform/scope';
import { createDestinationStore } from './stores/destination-uses';
import { inTransaction } from '@/lib/platform/db/transaction';
import { DOMAIN_PROBES } from '@/lib/platform/limits';
import { parseEnv } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { awaitVerification } from '@/lib/verifications/read';
import { getList } from '@/lib/lists/read';
import { startList } from '@/lib/lists/start';
import { startVerification } from '@/lib/verifications/start';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { makeList } from '@/tests/database/make-list';
import { auditList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withinOneHour } from '@/tests/database/within-one-hour';
import { createMemoryCatchAllStore } from './adapters/smtp/catch-all/catch-all';
import { composeEngine } from './compose';
import { startWorker } from './start-worker';

useTestDatabase();
withinOneHour();

const DOMAIN = 'deliverable.sandbox.test';
const ROWS = 150;
const LEFT = 10;

async function useUpBut(left: number, { workspaceId }: Scope): Promise<void> {
  const shared = DOMAIN_PROBES.shared / 2 - left;
  await inTransaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO "DomainProbeCount" ("domain", "hour", "probes") VALUES (${DOMAIN}, date_trunc('hour', timezone('UTC', now())), ${shared})`;
    await tx.$executeRaw`
      INSERT INTO "DomainUse" ("domain", "hour", "workspaceId", "shared")
      VALUES (${DOMAIN}, date_trunc('hour', timezone('UTC', now())), ${workspaceId}, ${shared})`;
  });
}

const letAnHourPass = () =>
  inTransaction(async (tx) => {
    await tx.$executeRaw`UPDATE "DomainUse" SET "hour" = "hour" - interval '1 hour'`;
    await tx.$executeRaw`UPDATE "DomainProbeCount" SET "hour" = "hour" - interval '1 hour'`;
    await tx.$executeRaw`UPDATE "ListChunk" SET "notBefore" = timezone('UTC', now())`;
    await tx.$executeRaw`UPDATE graphile_worker._private_jobs SET "run_at" = now()`;
  });

it('a list that has used up its share delays nobody else’s check, and finishes later', async () => {
  const engine = await composeEngine({
    settings: parseEnv({ MAIL_SANDBOX: 'on' }),
    catchAll: createMemoryCatchAllStore(),
    destinations: createDestinationStore(),
  });
  const worker = await startWorker({
    verify: (subject, onLayer) => engine.verify(subject, { onLayer }),
    isAtProvider: (domain) => engine.isAtProvider(domain),
    sendWebhook: () => Promise.reject(new Error('not asked')),
    concurrency: 4,
    log: log('test'),
  });
  try {
    const [a, b] = [await makeWorkspace(1_000), await makeWorkspace(10)];
    await useUpBut(LEFT, a);
    const emails = Array.from({ length: ROWS }, (_, n) => `nobody-${n}@${DOMAIN}`);
    const listId = await makeList(a, { emails });
    const started = await startList(a, { listId, mode: 'full' });
    expect(started.ok).toBe(true);
    const progress = async () => {
      const found = await getList(a, listId);
      if (!found.ok) throw found.error;
      return { status: found.value.status, ...found.value.progress };
    };
    await expect.poll(progress).toMatchObject({ status: 'running', processed: LEFT, retrying: ROWS - LEFT });

    const single = await startVerification(b, { email: `alice@${DOMAIN}`, source: 'api' });
    if (!single.ok) throw single.error;
    expect(await awaitVerification(b, single.value.id, 20_000)).toMatchObject({
      status: 'deliverable',
      reason: 'mailbox_exists',
    });
    expect((await progress()).processed).toBe(LEFT);

    await letAnHourPass();
    await expect.poll(progress).toMatchObject({ status: 'completed', processed: ROWS });
    expect(await auditList(a, listId)).toMatchObject({ captured: ROWS });
    expect((await progress()).counts).toMatchObject({ undeliverable: ROWS, unknown: 0 });
  } finally {
    await worker.stop();
    await engine.close();
  }
});
