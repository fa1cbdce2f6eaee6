import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { describe, expect, it } from 'vitest';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import type { EmittedEventType } from './rules';
import { newId } from '@/lib/platform/ids';
import { toListEndedData } from './event-data';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { emitEvent } from './emit';

useTestDatabase();

const data = toListEndedData({
  listId: 'lst_1',
  name: 'Autumn',
  status: 'completed',
  total: 4,
  counts: { deliverable: 1, undeliverable: 2, risky: 0, unknown: 1 },
  creditsCharged: 3,
  downloadUrl: 'http://localhost:3000/lists/lst_1',
});
const completed = { type: 'list.completed', sourceKey: 'list:lst_1:completed', data } as const;

const endpoint = (scope: Scope, eventTypes: EmittedEventType[], state = 'enabled') =>
  inTransaction((tx) =>
    tx.webhookEndpoint.create({
      data: { id: newId('webhookEndpoint'), ...scope, url: 'https://example.com/', eventTypes, secret: 'whsec_', state },
      select: { id: true },
    }),
  );
const emit = (scope: Scope, event: Parameters<typeof emitEvent>[1] = completed) =>
  inTransaction((tx) => emitEvent(scope, event, tx));
const told = ({ workspaceId }: Scope) =>
  inTransaction(async (tx: Tx) => ({
    events: await tx.webhookEvent.findMany({ where: { workspaceId }, take: 9 }),
    deliveries: await tx.webhookDelivery.findMany({ where: { workspaceId }, take: 9, orderBy: { id: 'asc' } }),
    jobs: await queryRows(
      z.object({ key: z.string() }),
      Prisma.sql`
      SELECT j."key" FROM graphile_worker.jobs j JOIN "WebhookDelivery" d ON j."key" = 'webhook:' || d."id" || ':0'
      WHERE d."workspaceId" = ${workspaceId}`,
      tx,
    ),
  }));

describe('an event', () => {
  it('goes to every enabled endpoint that subscribes to it, and to no other', async () => {
    const scope = await makeWorkspace();
    const first = await endpoint(scope, ['list.completed']);
    const second = await endpoint(scope, ['list.completed', 'list.failed']);
    await endpoint(scope, ['list.failed']);
    await endpoint(scope, ['list.completed'], 'disabled');
    await endpoint(await makeWorkspace(), ['list.completed']);
    await emit(scope);
    const { events, deliveries, jobs } = await told(scope);
    expect(events).toMatchObject([{ type: 'list.completed', data, test: false }]);
    expect(events[0]?.id).toMatch(/^evt_/);
    expect(deliveries.map(({ endpointId }) => endpointId).sort()).toEqual([first.id, second.id].sort());
    expect(jobs).toHaveLength(2);
  });

  it('is sent once, even if two report it concurrently', async () => {
    const scope = await makeWorkspace();
    await endpoint(scope, ['list.completed']);
    await Promise.all([emit(scope), emit(scope)]);
    await emit(scope, { ...completed, data: { ...data, total: 5 } });
    const { events, deliveries, jobs } = await told(scope);
    expect([events.length, deliveries.length, jobs.length]).toEqual([1, 1, 1]);
  });

  it('with the same source key in two workspaces is two events', async () => {
    const [one, other] = [await makeWorkspace(), await makeWorkspace()];
    for (const scope of [one, other]) {
      await endpoint(scope, ['list.completed']);
      await emit(scope);
      expect((await told(scope)).deliveries).toHaveLength(1);
    }
  });

  it('is never sent if its change is rolled back', async () => {
    const scope = await makeWorkspace();
    await endpoint(scope, ['list.completed']);
    const work = inTransaction(async (tx) => {
      await emitEvent(scope, completed, tx);
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await told(scope)).toEqual({ events: [], deliveries: [], jobs: [] });
  });

  it('costs one statement if nobody listens, and leaves nothing', async () => {
    const scope = await makeWorkspace();
    let statements = 0;
    await inTransaction(async (tx) => {
      const counting = new Proxy(tx, {
        get: (target, name, receiver) => {
          if (name === '$queryRaw' || name === '$executeRaw') statements += 1;
          const value: unknown = Reflect.get(target, name, receiver);
          return value;
        },
      });
      await emitEvent(scope, completed, counting);
    });
    expect(statements).toBe(1);
    expect((await told(scope)).events).toEqual([]);
  });

  it('with data of the wrong shape is a bug and throws', async () => {
    const scope = await makeWorkspace();
    await endpoint(scope, ['list.completed']);
    await expect(emit(scope, { ...completed, data: { ...data, total: -1 } })).rejects.toThrow();
  });
});
