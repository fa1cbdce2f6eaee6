// Tells a list's callback of each of its rows, if it is one that hears of rows: each is stored with its verdict, in the same transaction,
// and sent when its turn comes. Turns are given by what stores, ends or postpones a delivery, so a receiver never gets more than a few
// posts at once, and one that fails is not sent the whole list before it recovers.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { enqueueDelivery } from './emit';
import { disableEndpoint, lockEndpoint } from './store/endpoints';
import { failSomeDeliveries, insertRowDeliveries, lockRowEndpoint, type RowEvent, takeTurns } from './store/row-deliveries';

export interface RowsToTell {
  listId: string;
  /** From a test key. */
  test: boolean;
  rows: readonly RowEvent[];
}

/** Rows with the same `sourceKey` are told once. */
export async function tellRows(scope: Scope, { listId, test, rows }: RowsToTell, tx: Tx): Promise<void> {
  const endpointId = await lockRowEndpoint(scope, listId, tx);
  if (endpointId === null) return;
  await insertRowDeliveries(scope, { endpointId, listId, test, rows }, tx);
  await tellNextRows(scope, endpointId, tx);
}

/** Call it with the endpoint locked. */
export async function tellNextRows(scope: Scope, endpointId: string, tx: Tx): Promise<void> {
  for (const deliveryId of await takeTurns(scope, endpointId, tx)) await enqueueDelivery({ deliveryId, attempt: 0 }, tx);
}

/** Whether somebody is told of each row of this list. */
export const areRowsHeard = async (scope: Scope, listId: string, tx: Tx): Promise<boolean> =>
  (await lockRowEndpoint(scope, listId, tx)) !== null;

/** For a list whose rows are being deleted: no more of them is sent. */
export async function stopTellingRows(scope: Scope, listId: string, tx: Tx): Promise<void> {
  const id = await lockRowEndpoint(scope, listId, tx);
  if (id !== null && (await disableEndpoint(scope, { id, reason: 'by_owner' }, tx))) await enqueueFailing(scope, id, tx);
}

/** For an endpoint that was just switched off: its deliveries are failed in batches, because there may be many. */
export const enqueueFailing = (scope: Scope, endpointId: string, tx: Tx): Promise<void> =>
  enqueue('fail-deliveries', { ...scope, endpointId }, { jobKey: `fail-deliveries:${endpointId}`, priority: 'bulk' }, tx);

export const failDeliveries = (scope: Scope, endpointId: string): Promise<void> =>
  inTransaction(async (tx) => {
    if (!(await lockEndpoint(scope, endpointId, tx))) return;
    if (await failSomeDeliveries(scope, endpointId, tx)) await enqueueFailing(scope, endpointId, tx);
  });
