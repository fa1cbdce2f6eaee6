// Lets a service do several things in one transaction without touching Prisma: store and queue functions take the `tx` it hands
// out. Rolls back when the work throws. If no connection becomes free in time, nothing was begun and the caller is told to try
// again (503).
import { AppError } from '../errors';
import { db, type Tx } from './client';

export type { Tx } from './client';

const RETRY_S = 2;

export async function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await db().$transaction(work);
  } catch (error) {
    if (!isNotBegun(error)) throw error;
    throw new AppError('unavailable', {
      detail: 'Too much is asked at this moment. Try again.',
      retryAfterS: RETRY_S,
      cause: error,
    });
  }
}

/** Prisma's P2028 is also a transaction that took too long; that one was begun. */
const isNotBegun = (error: unknown): boolean => error instanceof Error && error.message.includes('Unable to start a transaction');
