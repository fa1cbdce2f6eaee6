// Lets a service do several things in one transaction without touching Prisma itself: data and queue functions take the
// `tx` it hands out. Rolled back when the work throws.
import { db, type Tx } from './_client';

export type { Tx } from './_client';

export function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(work);
}
