// A callback that is told of each row of its list: the turns that its posts take, whatever the receiver answers and whoever is killed.
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { cancelList, finishList, tellOtherRows } from '@/lib/lists/end';
import { ROW_KIND } from '@/lib/lists/rules/list';
import { startList } from '@/lib/lists/start';
import { insertRows } from '@/lib/lists/store/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { queryRows } from '@/lib/platform/db/rows';
import { inTransaction } from '@/lib/platform/db/transaction';
import {
  CALLBACK_ROWS_AT_ONCE,
  CALLBACK_ROWS_BATCH,
  CALLBACK_ROWS_WAITING_MAX,
  WEBHOOK_FAILING_MAX_MS,
  WEBHOOK_FAILURES_MIN,
} from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { createSlots } from '@/lib/platform/slots';
import { createCallback, listCallbacks } from '@/lib/webhooks/endpoints';
import type { CallbackService, SendWebhook } from '@/lib/webhooks/rules';
import { tellRows } from '@/lib/webhooks/emit';
import { fakeAnswer, greylisted, makeWorkspace } from '@/tests/database/fake-answers';
import { makeList } from '@/tests/database/make-list';
import { bulkDeps, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import type { Verify } from './verifications';
import { createDeliverWebhook, createFailDeliveries } from './webhooks';

useTestDatabase();
vi.setConfig({ testTimeout: 60_000 });

const Body = z.object({ result: z.object({ input: z.string() }), extra: z.unknown() });
const byName: Verify = ({ email }) =>
  Promise.resolve(email.startsWith('greylisted') ? greylisted(email, 3_600) : fakeAnswer(email, 'mailbox_exists'));
const people = (count: number): string[] => Array.from({ length: count }, (_, n) => `p${n}@one.example`);

interface Told {
  scope: Scope;
  listId: string;
}

/** A list that ran, with a callback. */
async function toldList(emails: readonly string[], service: CallbackService = 'reacher'): Promise<Told> {
  const scope = await makeWorkspace(200, 'business');
  const listId = await makeList(scope, { emails: [...emails] });
  const callback = { listId, service, url: 'https://example.org/each', headers: {}, extra: '{"a":1}', events: [] };
  await createCallback(scope, callback);
  const started = await startList(scope, { listId, mode: 'full' });
  if (!started.ok) throw started.error;
  await runList(listId, bulkDeps(byName));
  await finishList(listId);
  return { scope, listId };
}

const deliveriesOf = ({ workspaceId }: Scope) =>
  db().webhookDelivery.findMany({
    where: { workspaceId },
    orderBy: { id: 'asc' },
    select: { id: true, state: true, attempts: true, nextAttemptAt: true },
  });
const dueOf = async (scope: Scope) =>
  (await deliveriesOf(scope)).filter(
    ({ state, nextAttemptAt }) => state === 'pending' && nextAttemptAt !== null && nextAttemptAt.getTime() <= Date.now(),
  );
const hasJob = async ({ id, attempts }: { id: string; attempts: number }): Promise<boolean> =>
  (
    await queryRows(
      z.object({ key: z.string() }),
      Prisma.sql`SELECT "key" FROM graphile_worker.jobs WHERE "key" = ${`webhook:${id}:${attempts}`}`,
    )
  ).length === 1;

/** A receiver that always answers with this status, and what it got. */
function receiver(status: number) {
  const got: string[] = [];
  const send: SendWebhook = ({ body }) => {
    got.push(Body.parse(JSON.parse(body)).result.input);
    return Promise.resolve({ status, error: null, answer: '', durationMs: 1 });
  };
  return { got, send };
}

const deliver = ({ id, attempts }: { id: string; attempts: number }, send: SendWebhook) =>
  createDeliverWebhook({ send, slots: createSlots({ each: 100 }), now: Date.now, random: () => 0 }).run({
    deliveryId: id,
    attempt: attempts,
  });

const moveWaiting = ({ workspaceId }: Scope, to: { where: { id?: string; attempts?: { gt: number } }; nextAttemptAt: Date }) =>
  inTransaction((tx) =>
    tx.webhookDelivery.updateMany({
      where: { ...to.where, workspaceId, state: 'pending' },
      data: { nextAttemptAt: to.nextAttemptAt },
    }),
  );

/** Makes attempts until none is due. */
async function deliverAll(scope: Scope, send: SendWebhook): Promise<void> {
  for (let due = await dueOf(scope); due.length > 0; due = await dueOf(scope)) {
    expect(due.length).toBeLessThanOrEqual(CALLBACK_ROWS_AT_ONCE);
    expect(await Promise.all(due.map(hasJob))).toEqual(due.map(() => true));
    await Promise.all(due.map((one) => deliver(one, send)));
    // However slow this machine is, none of those that failed comes up again during the test.
    await moveWaiting(scope, { where: { attempts: { gt: 0 } }, nextAttemptAt: new Date(Date.now() + 3_600_000) });
  }
}

describe('turns', () => {
  it('a few posts are due at a time, each has its job, and every row is posted once', async () => {
    const { scope } = await toldList(people(7));
    const { got, send } = receiver(200);
    await deliverAll(scope, send);
    expect(got.toSorted()).toEqual(people(7));
    expect((await deliveriesOf(scope)).map(({ state, attempts }) => [state, attempts])).toEqual(
      people(7).map(() => ['delivered', 1]),
    );
  });

  it('failed posts make room for others until as many wait as may, and a post that arrives makes room again', async () => {
    const emails = people(CALLBACK_ROWS_WAITING_MAX + 3);
    const { scope } = await toldList(emails);
    const failing = receiver(500);
    await deliverAll(scope, failing.send);
    expect(failing.got).toHaveLength(CALLBACK_ROWS_WAITING_MAX);
    const [first] = await deliveriesOf(scope);
    if (first === undefined) throw new Error('nothing was stored');
    await moveWaiting(scope, { where: { id: first.id }, nextAttemptAt: new Date(Date.now() - 1_000) });
    const { got, send } = receiver(200);
    await deliver({ id: first.id, attempts: 1 }, send);
    await deliverAll(scope, send);
    expect(got).toHaveLength(4);
    expect(new Set([...failing.got, ...got])).toEqual(new Set(emails));
  });

  it('rows that repeat another follow at the end, however many they are', async () => {
    const { scope, listId } = await toldList(people(2));
    const told = async () => (await deliveriesOf(scope)).length;
    const repeats = Array.from({ length: CALLBACK_ROWS_BATCH + 2 }, (_, at) => at + 3);
    const repeat = { email: 'p0@one.example', domain: 'one.example', kind: ROW_KIND.exactDuplicate, first: 1, problem: null };
    await inTransaction((tx) =>
      insertRows(
        listId,
        repeats.map((n) => ({ ...repeat, n, cells: [repeat.email] })),
        tx,
      ),
    );
    await tellOtherRows(listId, 0);
    expect(await told()).toBe(2 + CALLBACK_ROWS_BATCH);
    const [next] = await queryRows(
      z.object({ payload: z.object({ listId: z.string(), after: z.int() }) }),
      Prisma.sql`SELECT "payload" FROM graphile_worker._private_jobs WHERE "key" = ${`tell-other-rows:${listId}`}`,
    );
    expect(next?.payload).toEqual({ listId, after: 2 + CALLBACK_ROWS_BATCH });
    await tellOtherRows(listId, next?.payload.after ?? 0);
    await tellOtherRows(listId, 0);
    expect(await told()).toBe(2 + repeats.length);
  });

  it('rows that are told again with the same cause are stored once', async () => {
    const { scope, listId } = await toldList(people(3));
    const before = await deliveriesOf(scope);
    const event = await db().webhookEvent.findFirstOrThrow({ where: { workspaceId: scope.workspaceId } });
    const rows = [{ n: 1, sourceKey: event.sourceKey }];
    await inTransaction((tx) => tellRows(scope, { listId, test: false, rows }, tx));
    expect(await deliveriesOf(scope)).toEqual(before);
  });

  it('of a canceled list, the rows that have a verdict are posted', async () => {
    const { scope, listId } = await toldList(['greylisted@one.example', ...people(2)]);
    expect((await cancelList(scope, { listId })).ok).toBe(true);
    const { got, send } = receiver(200);
    await deliverAll(scope, send);
    expect(got.toSorted()).toEqual(people(2));
  });

  it('a callback that reports on the list is told of no row', async () => {
    const { scope } = await toldList(people(2), 'neverbounce');
    expect(await deliveriesOf(scope)).toEqual([]);
  });
});

describe('a worker that is killed', () => {
  it('after the receiver answered: that row is posted again, and the others once', async () => {
    const { scope } = await toldList(people(4));
    const { got, send } = receiver(200);
    const [first] = await dueOf(scope);
    if (first === undefined) throw new Error('nothing is due');
    const killed = deliver(first, async (request) => {
      await send(request);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    await deliverAll(scope, send);
    expect(got.toSorted()).toEqual(['p0@one.example', ...people(4)]);
  });

  it('between two rows: the next one has its job already', async () => {
    const { scope } = await toldList(people(4));
    for (const due of await dueOf(scope)) await deliver(due, receiver(200).send);
    const next = await dueOf(scope);
    expect(next).toHaveLength(CALLBACK_ROWS_AT_ONCE);
    expect(await Promise.all(next.map(hasJob))).toEqual([true, true]);
  });
});

it('a receiver that has failed for days is left alone, without a mail', async () => {
  const { scope } = await toldList(people(5));
  const failingSince = new Date(Date.now() - WEBHOOK_FAILING_MAX_MS - 1_000);
  await inTransaction((tx) =>
    tx.webhookEndpoint.updateMany({
      where: { workspaceId: scope.workspaceId },
      data: { failures: WEBHOOK_FAILURES_MIN, failingSince },
    }),
  );
  const { got, send } = receiver(500);
  const [first] = await dueOf(scope);
  if (first === undefined) throw new Error('nothing is due');
  await deliver(first, send);
  expect(got).toHaveLength(1);
  expect(await dueOf(scope)).toHaveLength(1);
  const [callback] = await listCallbacks(scope);
  await createFailDeliveries().run({ ...scope, endpointId: callback?.id ?? '' });
  expect(new Set((await deliveriesOf(scope)).map(({ state }) => state))).toEqual(new Set(['failed']));
  expect(callback).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
  const mails = await queryRows(
    z.object({ id: z.unknown() }),
    Prisma.sql`SELECT "id" FROM graphile_worker.jobs WHERE "task_identifier" = 'mail-webhook-disabled'`,
  );
  expect(mails).toEqual([]);
});
