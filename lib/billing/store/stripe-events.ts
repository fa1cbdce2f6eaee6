// Events from Stripe in the database, each stored once by its id, with the result of handling it.
import { db, type Tx } from '@/lib/platform/db/client';

export interface NewStripeEvent {
  id: string;
  type: string;
  created: Date;
  payload: unknown;
}

export interface StoredStripeEvent {
  type: string;
  payload: unknown;
  isProcessed: boolean;
}

const ERROR_MAX_CHARS = 500;

/** False if this event is already stored. */
export async function insertStripeEvent(event: NewStripeEvent, tx: Tx): Promise<boolean> {
  const { id, type, created } = event;
  // PostgreSQL's JSON can't hold NUL; one in somebody's name must not lose the event.
  const payload = JSON.stringify(event.payload).replaceAll('\\u0000', '\\ufffd');
  const count = await tx.$executeRaw`
    INSERT INTO "StripeEvent" ("id", "type", "created", "payload", "receivedAt")
    VALUES (${id}, ${type}, ${created.toISOString()}::timestamp, ${payload}::jsonb, timezone('UTC', now()))
    ON CONFLICT ("id") DO NOTHING`;
  return count > 0;
}

export async function findStripeEvent(id: string): Promise<StoredStripeEvent | null> {
  const row = await db().stripeEvent.findUnique({ where: { id }, select: { type: true, payload: true, processedAt: true } });
  return row && { type: row.type, payload: row.payload, isProcessed: row.processedAt !== null };
}

export async function markStripeEvent(id: string, outcome: { error: string | null }): Promise<void> {
  const error = outcome.error?.slice(0, ERROR_MAX_CHARS) ?? null;
  const data = error === null ? { processedAt: new Date(), error } : { error };
  await db().stripeEvent.updateMany({ where: { id }, data });
}

/** Events of these types that were not finished, received between the two times, oldest first. */
export async function listUnprocessedEvents(
  types: readonly string[],
  between: { from: Date; to: Date },
  take: number,
): Promise<string[]> {
  const rows = await db().stripeEvent.findMany({
    where: { processedAt: null, type: { in: [...types] }, receivedAt: { gte: between.from, lt: between.to } },
    orderBy: { receivedAt: 'asc' },
    take,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** Returns the number of events deleted. */
export async function deleteStripeEventsBefore(before: Date): Promise<number> {
  const { count } = await db().stripeEvent.deleteMany({ where: { receivedAt: { lt: before } } });
  return count;
}
