// Lets a service do several things in one transaction without touching Prisma itself: data and queue functions take the
// `tx` it hands out. Rolled back when the work throws. Where no connection comes free in good time nothing was begun, and whoever
// asked is told to come again (503).
import { AppError } from '@/lib/errors';
import { db, type Tx } from './_client';

export type { Tx } from './_client';

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

const RETRY_S = 2;

/** Prisma's P2028 is also a transaction that took too long; that one was begun. */
const isNotBegun = (error: unknown): boolean => error instanceof Error && error.message.includes('Unable to start a transaction');
