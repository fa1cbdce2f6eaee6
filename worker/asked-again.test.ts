// Questions that time may answer, over real DNS and SMTP: hosts that fail at first and answer later, asked by a list and by single checks.
// Waits are stored as times, which the test moves instead of waiting.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { getBalance } from '@/lib/credits/balance';
import { getList } from '@/lib/lists/read';
import { getListRow } from '@/lib/lists/results';
import { startList } from '@/lib/lists/start';
import { inTransaction } from '@/lib/platform/db/transaction';
import { parseEnv } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { closeListener } from '@/lib/platform/queue/listen';
import { REASONS_BY_STATUS } from '@/lib/verdict/verdict';
import { isRetried, RETRY_WAITS_S } from '@/lib/verdict/retry-schedule';
import { getVerification } from '@/lib/verifications/read';
import { startVerification } from '@/lib/verifications/start';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { makeList } from '@/tests/database/make-list';
import { auditList, bulkDeps, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withinOneHour } from '@/tests/database/within-one-hour';
import { type PassingTroubles, startPassingTroubles, type Trouble } from '@/tests/worker/passing-troubles';
import { composeEngine, type Engine } from './compose';
import { createCatchAllStore } from './stores/catch-all-facts';
import { createVerifyAddress, type Verify } from './tasks/verifications';

useTestDatabase();
withinOneHour();
vi.setConfig({ testTimeout: 180_000 });

const TROUBLES = REASONS_BY_STATUS.unknown.filter(isRetried).filter((reason): reason is Trouble => reason !== 'probe_blocked');
/** Long enough for a host that answers, even on a busy machine. */
const BUDGET_MS = 6_000;

let world: PassingTroubles;
const engines: Engine[] = [];
beforeAll(async () => {
  world = await startPassingTroubles();
});
afterAll(async () => {
  for (const engine of engines) await engine.close();
  await world.close();
  await closeListener();
});

/** A new worker, which knows only what all workers share, with a small time budget. */
async function newWorker(): Promise<Verify> {
  const engine = await composeEngine({ settings: parseEnv(world.env), catchAll: createCatchAllStore() });
  engines.push(engine);
  return (subject, onLayer) => engine.verify({ ...subject, deadline: Date.now() + BUDGET_MS }, { onLayer });
}

const past = () => new Date(Date.now() - 1_000);
const makeRowsDue = (listId: string) =>
  inTransaction((tx) => tx.listChunk.updateMany({ where: { listId, lane: 'retry' }, data: { notBefore: past() } }));
const makeCheckDue = (id: string) =>
  inTransaction((tx) => tx.verification.updateMany({ where: { id, status: 'pending' }, data: { retryAt: past() } }));

const addressOf = (name: string, trouble: Trouble, number: string) => `${name}@${trouble.replaceAll('_', '-')}.${number}.test`;

describe('hosts and name servers with temporary trouble', () => {
  it('are asked again by lists and single checks, and their later answer counts', async () => {
    const scope = await makeWorkspace(100);
    const listId = await makeList(scope, {
      emails: TROUBLES.flatMap((trouble) => ['ann', 'zoe'].map((name) => addressOf(name, trouble, 'list'))),
    });
    await startList(scope, { listId, mode: 'full' });
    const checks = await Promise.all(
      TROUBLES.map(async (trouble) => {
        const started = await startVerification(scope, { email: addressOf('ann', trouble, 'single'), source: 'api', maxAgeS: 0 });
        if (!started.ok) throw started.error;
        return { trouble, id: started.value.id };
      }),
    );
    const [bulk, single] = [await newWorker(), await newWorker()];
    const task = (verify: Verify) => createVerifyAddress({ verify, now: Date.now, random: () => 0, log: log('test') });
    const before = Date.now();
    const [isFinished] = await Promise.all([
      runList(listId, bulkDeps(bulk)),
      ...checks.map(({ id }) => task(single).run({ verificationId: id })),
    ]);

    // The first pass does not wait for these rows, keeps their credits held, and reports how many wait and when they are asked again.
    expect(isFinished).toBe(false);
    const list = await getList(scope, listId);
    if (!list.ok) throw list.error;
    expect(list.value).toMatchObject({ status: 'running', progress: { processed: 0, retrying: 2 * TROUBLES.length } });
    for (const { trouble, id } of checks) {
      const check = await getVerification(scope, id);
      if (!check.ok) throw check.error;
      expect([trouble, check.value.status, check.value.attempt]).toEqual([trouble, 'pending', 1]);
      const waitS = (Date.parse(check.value.retryAt ?? '') - before) / 1_000;
      expect(waitS).toBeGreaterThan(RETRY_WAITS_S[trouble][0]);
      expect(waitS).toBeLessThan(RETRY_WAITS_S[trouble][0] + 60);
    }
    expect(await getBalance(scope)).toMatchObject({ balance: 100, held: 3 * TROUBLES.length });

    await world.pass();
    await makeRowsDue(listId);
    for (const { id } of checks) await makeCheckDue(id);
    const [bulkLater, singleLater] = [await newWorker(), await newWorker()];
    const [isFinishedNow] = await Promise.all([
      runList(listId, bulkDeps(bulkLater)),
      ...checks.map(({ id }) => task(singleLater).run({ verificationId: id })),
    ]);

    expect(isFinishedNow).toBe(true);
    for (const [at, trouble] of TROUBLES.entries()) {
      const [ann, zoe] = [await getListRow(scope, listId, 2 * at + 1), await getListRow(scope, listId, 2 * at + 2)];
      if (!ann.ok || !zoe.ok) throw new Error('rows are missing');
      expect([trouble, ann.value.reason, zoe.value.reason]).toEqual([trouble, 'mailbox_exists', 'mailbox_not_found']);
      // The evidence shows both attempts: the one that failed, and the one that was answered.
      const ofFailure = ann.value.evidence.filter(({ stage, meaning }) => stage === 'dns' || meaning === trouble);
      expect(ofFailure.length).toBeGreaterThan(0);
      expect(ann.value.evidence.some(({ layer, meaning }) => layer === 'smtp' && meaning === 'accepted')).toBe(true);
    }
    for (const { trouble, id } of checks) {
      const check = await getVerification(scope, id);
      if (!check.ok) throw check.error;
      expect([trouble, check.value.reason, check.value.creditsCharged]).toEqual([trouble, 'mailbox_exists', 1]);
    }
    expect(await auditList(scope, listId)).toMatchObject({
      captured: 2 * TROUBLES.length,
      entries: 2 * TROUBLES.length,
      reserved: 0,
      chunks: 0,
    });
    expect(await getBalance(scope)).toMatchObject({ balance: 100 - 3 * TROUBLES.length, held: 0 });
  });
});
