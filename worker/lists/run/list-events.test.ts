import { describe, expect, it, vi } from 'vitest';
import { cancelList, failList, finishList } from '@/lib/lists/end';
import { retryUnknowns, startList } from '@/lib/lists/start';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { listEndedDataSchema } from '@/lib/webhooks/event-data';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { makeList } from '@/tests/database/make-list';
import { bulkDeps, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import type { Verify } from '../../tasks/verifications';

useTestDatabase();
vi.setConfig({ testTimeout: 60_000 });

const emails = ['a@one.example', 'b@one.example', 'timeout@one.example'];
const byName: Verify = ({ email }) =>
  Promise.resolve(fakeAnswer(email, email.startsWith('timeout') ? 'timeout' : 'mailbox_exists'));

async function started(more: { test?: boolean } = {}): Promise<{ scope: Scope; listId: string }> {
  const scope = await makeWorkspace(20);
  await makeEndpoint(scope, { events: ['list.completed', 'list.failed'] });
  const listId = await makeList(scope, { emails, ...more });
  const start = await startList(scope, { listId, mode: 'full' });
  if (!start.ok) throw start.error;
  return { scope, listId };
}

/** Oldest first. */
async function toldOf({ workspaceId }: Scope) {
  const events = await inTransaction((tx) => tx.webhookEvent.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } }));
  return events.map(({ type, test, data }) => ({ type, test, ...listEndedDataSchema.parse(data) }));
}

describe('the end of a list is reported once', () => {
  it('completed, by two tasks at once, with its counts and costs', async () => {
    const { scope, listId } = await started();
    await runList(listId, bulkDeps(byName));
    await Promise.all([finishList(listId), finishList(listId)]);
    expect(await toldOf(scope)).toMatchObject([
      {
        type: 'list.completed',
        test: false,
        list_id: listId,
        status: 'completed',
        total: 3,
        counts: { deliverable: 2, undeliverable: 0, risky: 0, unknown: 1 },
        credits_charged: 2,
        error: null,
      },
    ]);
  });

  it('again after its unknown answers were asked again: another run, another event', async () => {
    const { scope, listId } = await started();
    await runList(listId, bulkDeps(byName));
    expect((await retryUnknowns(scope, { listId })).ok).toBe(true);
    await runList(
      listId,
      bulkDeps(({ email }) => Promise.resolve(fakeAnswer(email, 'mailbox_exists'))),
    );
    expect((await toldOf(scope)).map(({ type, counts, credits_charged: credits }) => [type, counts.unknown, credits])).toEqual([
      ['list.completed', 1, 2],
      ['list.completed', 0, 3],
    ]);
  });

  it('canceled, and not when it is canceled a second time', async () => {
    const { scope, listId } = await started();
    await Promise.all([cancelList(scope, { listId }), cancelList(scope, { listId })]);
    expect(await toldOf(scope)).toMatchObject([
      { type: 'list.failed', list_id: listId, status: 'cancelled', credits_charged: 0 },
    ]);
  });

  it('failed, with the reason', async () => {
    const { scope, listId } = await started();
    expect(await failList(listId)).toBe(true);
    expect(await failList(listId)).toBe(false);
    const [told, ...more] = await toldOf(scope);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ type: 'list.failed', status: 'failed' });
    expect(told?.error).toContain('Our own software failed');
  });

  it('of a test key as a test', async () => {
    const { scope, listId } = await started({ test: true });
    await runList(listId, bulkDeps(byName));
    expect(await toldOf(scope)).toMatchObject([{ type: 'list.completed', test: true, credits_charged: 0 }]);
  });

  it('not at all if a list is canceled before it was started', async () => {
    const scope = await makeWorkspace(20);
    await makeEndpoint(scope, { events: ['list.failed'] });
    const listId = await makeList(scope, { emails });
    expect((await cancelList(scope, { listId })).ok).toBe(true);
    expect(await toldOf(scope)).toEqual([]);
  });
});
