// The object that an event is about: its id, and the customer it belongs to. Everything else that an event says may be outdated.
import { z } from 'zod';

const MAX_ID_CHARS = 255;
const id = z.string().min(1).max(MAX_ID_CHARS);

const object = z.object({ id, object: z.string(), customer: z.union([id, z.object({ id })]).nullish() });
const payload = z.object({ data: z.object({ object }) });

export interface ChangedObject {
  id: string;
  customerId: string | null;
}

/** Null if the payload names no object of that kind (`charge`, `customer` …). */
export function readChangedObject(event: unknown, kind: string): ChangedObject | null {
  const parsed = payload.safeParse(event);
  if (!parsed.success || parsed.data.data.object.object !== kind) return null;
  const { id: changed, customer } = parsed.data.data.object;
  return { id: changed, customerId: typeof customer === 'string' ? customer : (customer?.id ?? null) };
}

export type EventHandler = (changed: ChangedObject) => Promise<void>;
