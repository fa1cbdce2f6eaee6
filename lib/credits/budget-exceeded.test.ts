import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changeApiKey, createApiKey } from '@/lib/accounts/keys';
import { createBatch } from '@/lib/lists/create';
import { retryUnknowns, startList } from '@/lib/lists/start';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { queryRows } from '@/lib/platform/db/rows';
import { inTransaction } from '@/lib/platform/db/transaction';
import { TASK_PAYLOADS } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { startVerification } from '@/lib/verifications/start';
import { budgetExceededDataSchema } from '@/lib/webhooks/event-data';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { extend, hold, mustBeOk, upTo } from '@/tests/database/ledger-moves';
import { makeList } from '@/tests/database/make-list';
import { bulkDeps, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { emitBudgetExceededTask } from '@/worker/tasks/credits';

useTestDatabase();

async function makeCapped(monthlyBudget: number) {
  const scope = await makeWorkspace(100, 'business');
  await makeEndpoint(scope, { events: ['budget.exceeded'] });
  const made = mustBeOk(await createApiKey(scope, { name: 'Capped', mode: 'live', scopes: ['verify:write'], monthlyBudget }));
  return { scope, apiKeyId: made.view.id };
}

/** What was reported after the worker has done its jobs, each of them twice. */
async function told({ scope: { workspaceId }, apiKeyId }: { scope: Scope; apiKeyId: string }) {
  const jobs = await inTransaction((tx) =>
    queryRows(
      z.object({ payload: TASK_PAYLOADS['emit-budget-exceeded'] }),
      Prisma.sql`
      SELECT "payload" FROM graphile_worker._private_jobs WHERE starts_with("key", ${`emit-budget-exceeded:${apiKeyId}:`}) ORDER BY "id"`,
      tx,
    ),
  );
  for (const { payload } of [...jobs, ...jobs]) await emitBudgetExceededTask.run(payload);
  const where = { workspaceId, type: 'budget.exceeded' };
  const rows = await inTransaction((tx) => tx.webhookEvent.findMany({ where, orderBy: { id: 'asc' }, take: 50 }));
  return rows.map(({ data }) => budgetExceededDataSchema.parse(data));
}

describe('a budget that is used up', () => {
  it('is reported once, when it refuses a call, not when it is spent', async () => {
    const capped = await makeCapped(2);
    const { scope, apiKeyId } = capped;
    mustBeOk(await hold(scope, 2, undefined, { apiKeyId }));
    expect(await told(capped)).toEqual([]);
    for (let n = 0; n < 2; n++) expect(await hold(scope, 1, undefined, { apiKeyId })).toMatchObject({ ok: false });
    expect(await told(capped)).toMatchObject([
      { key_id: apiKeyId, key_name: 'Capped', month: new Date().toISOString().slice(0, 7), budget: 2, spent: 0, held: 2 },
    ]);
  });

  it('is reported once for 20 calls that are refused concurrently', async () => {
    const capped = await makeCapped(1);
    const { scope, apiKeyId } = capped;
    const email = (n: number) => `u${n}@example.com`;
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => startVerification(scope, { email: email(n), source: 'api', apiKeyId })),
    );
    expect(await told(capped)).toHaveLength(1);
  });

  it('is reported again for another budget, and in another month', async () => {
    const capped = await makeCapped(1);
    const { scope, apiKeyId } = capped;
    const refuse = async () =>
      expect(await hold(scope, 9, undefined, { apiKeyId })).toMatchObject({ error: { code: 'budget_exceeded' } });
    await refuse();
    mustBeOk(await changeApiKey(scope, apiKeyId, { monthlyBudget: 5 }));
    await refuse();
    await inTransaction((tx) => tx.$executeRaw`UPDATE "ApiKeyMonth" SET "month" = '2026-01' WHERE "apiKeyId" = ${apiKeyId}`);
    await refuse();
    expect((await told(capped)).map(({ budget }) => budget)).toEqual([1, 5, 5]);
  });

  it('is reported when a list stops because of it', async () => {
    const capped = await makeCapped(3);
    const { scope, apiKeyId } = capped;
    const { holdId } = mustBeOk(await upTo(scope, 9, { apiKeyId }));
    expect(await told(capped)).toEqual([]);
    await extend(scope, holdId, 6);
    expect(await told(capped)).toMatchObject([{ budget: 3, held: 3 }]);
  });

  it('is reported if the refusal rolls everything else back: a batch, and unknown answers asked again', async () => {
    const batch = await makeCapped(1);
    const items = ['a@one.example', 'b@one.example'].map((email) => ({ email }));
    expect(await createBatch(batch.scope, { items, test: false, apiKeyId: batch.apiKeyId })).toMatchObject({
      error: { code: 'budget_exceeded' },
    });
    expect(await told(batch)).toHaveLength(1);
    const again = await makeCapped(1);
    const listId = await makeList(again.scope, { emails: ['timeout@one.example'], apiKeyId: again.apiKeyId });
    mustBeOk(await startList(again.scope, { listId, mode: 'full' }));
    await runList(
      listId,
      bulkDeps(({ email }) => Promise.resolve(fakeAnswer(email, 'timeout'))),
    );
    mustBeOk(await hold(again.scope, 1, undefined, { apiKeyId: again.apiKeyId }));
    expect(await retryUnknowns(again.scope, { listId })).toMatchObject({ error: { code: 'budget_exceeded' } });
    expect(await told(again)).toHaveLength(1);
  });

  it('is not reported if the workspace has no credits', async () => {
    const capped = await makeCapped(500);
    expect(await hold(capped.scope, 101, undefined, { apiKeyId: capped.apiKeyId })).toMatchObject({
      error: { code: 'insufficient_credits' },
    });
    expect(await told(capped)).toEqual([]);
  });
});
