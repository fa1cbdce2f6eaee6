// The thing that an event is about: its id, and the customer it belongs to. All else that an event says is old news.
import { z } from 'zod';

const payload = z.object({
  data: z.object({
    object: z.object({ id: z.string(), customer: z.union([z.string(), z.object({ id: z.string() })]).nullish() }),
  }),
});

export interface ChangedObject {
  id: string;
  customerId: string | null;
}

/** Throws for a payload that is no event: it was signed, so this is a bug. */
export function changedObject(event: unknown): ChangedObject {
  const { object } = payload.parse(event).data;
  const customer = typeof object.customer === 'string' ? object.customer : (object.customer?.id ?? null);
  return { id: object.id, customerId: customer };
}

export type EventHandler = (changed: ChangedObject) => Promise<void>;
