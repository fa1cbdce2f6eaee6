import { describe, expect, it, vi } from 'vitest';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { batchDataSchema } from '@/lib/schemas/webhook-event-data';
import { cancelList } from '@/lib/services/lists/cancel-list';
import { failList } from '@/lib/services/lists/fail-list';
import { finishList } from '@/lib/services/lists/finish-list';
import { retryUnknowns } from '@/lib/services/lists/retry-unknowns';
import { startList } from '@/lib/services/lists/start-list';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { makeList } from '@/tests/database/make-list';
import { bulkDeps, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import type { Verify } from '../tasks/verify-address';

useTestDatabase();
vi.setConfig({ testTimeout: 60_000 });

const emails = ['a@one.example', 'b@one.example', 'timeout@one.example'];
const byName: Verify = ({ email }) =>
  Promise.resolve(fakeAnswer(email, email.startsWith('timeout') ? 'timeout' : 'mailbox_exists'));

async function started(more: { test?: boolean } = {}): Promise<{ scope: Scope; listId: string }> {
  const scope = await makeWorkspace(20);
  await makeEndpoint(scope, { events: ['batch.completed', 'batch.failed'] });
  const listId = await makeList(scope, { emails, ...more });
  const start = await startList(scope, { listId, mode: 'full' });
  if (!start.ok) throw start.error;
  return { scope, listId };
}

/** Oldest first. */
async function toldOf({ workspaceId }: Scope) {
  const events = await inTransaction((tx) => tx.webhookEvent.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } }));
  return events.map(({ type, test, data }) => ({ type, test, ...batchDataSchema.parse(data) }));
}

describe('the end of a list is told once', () => {
  it('completed, by two tasks at once, with what it held and cost', async () => {
    const { scope, listId } = await started();
    await runList(listId, bulkDeps(byName));
    await Promise.all([finishList(listId), finishList(listId)]);
    expect(await toldOf(scope)).toMatchObject([
      {
        type: 'batch.completed',
        test: false,
        job_id: listId,
        state: 'completed',
        total: 3,
        counts: { deliverable: 2, undeliverable: 0, risky: 0, unknown: 1 },
        credits_charged: 2,
        error: null,
      },
    ]);
  });

  it('again when its unknown answers were asked again: another run, another event', async () => {
    const { scope, listId } = await started();
    await runList(listId, bulkDeps(byName));
    expect((await retryUnknowns(scope, { listId })).ok).toBe(true);
    await runList(
      listId,
      bulkDeps(({ email }) => Promise.resolve(fakeAnswer(email, 'mailbox_exists'))),
    );
    expect((await toldOf(scope)).map(({ type, counts, credits_charged: credits }) => [type, counts.unknown, credits])).toEqual([
      ['batch.completed', 1, 2],
      ['batch.completed', 0, 3],
    ]);
  });

  it('cancelled, and not by who cancels it a second time', async () => {
    const { scope, listId } = await started();
    await Promise.all([cancelList(scope, { listId }), cancelList(scope, { listId })]);
    expect(await toldOf(scope)).toMatchObject([{ type: 'batch.failed', job_id: listId, state: 'cancelled', credits_charged: 0 }]);
  });

  it('failed, with the reason', async () => {
    const { scope, listId } = await started();
    expect(await failList(listId)).toBe(true);
    expect(await failList(listId)).toBe(false);
    const [told, ...more] = await toldOf(scope);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ type: 'batch.failed', state: 'failed' });
    expect(told?.error).toContain('Our own software failed');
  });

  it('of a test key as a test', async () => {
    const { scope, listId } = await started({ test: true });
    await runList(listId, bulkDeps(byName));
    expect(await toldOf(scope)).toMatchObject([{ type: 'batch.completed', test: true, credits_charged: 0 }]);
  });

  it('not at all where a list that was never started is cancelled', async () => {
    const scope = await makeWorkspace(20);
    await makeEndpoint(scope, { events: ['batch.failed'] });
    const listId = await makeList(scope, { emails });
    expect((await cancelList(scope, { listId })).ok).toBe(true);
    expect(await toldOf(scope)).toEqual([]);
  });
});
