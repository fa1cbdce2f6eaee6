// Lets a service do several things in one transaction without touching Prisma: store and queue functions take the `tx` that it provides.
// Rolls back if the work throws. If no connection becomes free in time, nothing was begun and the caller is told to try again (503).
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors';
import { DATABASE_AWAY_RETRY_S } from '../limits';
import { db, type Tx } from './client';

export { closeDb as closeDatabase, type Tx } from './client';

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

const TRIES = 15;
const PAUSE_MS = 20;

/**
 * Repeats a try until it returns true. It returns false if somebody else saved in the meantime, so that what it has read is outdated. The
 * pauses are random, so that those who collided do not all return at once.
 */
export async function untilSaved(what: string, attempt: () => Promise<boolean>): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    if (await attempt()) return;
    await sleep(Math.random() * PAUSE_MS * tries);
  }
  throw new Error(`${what} changed each time it was to be saved`);
}

/** Prisma's P2028 also means a transaction that took too long, and that one was begun. */
const isNotBegun = (error: unknown): boolean => error instanceof Error && error.message.includes('Unable to start a transaction');

// Whether an error means that PostgreSQL is temporarily gone: stopped, starting up, out of connections, or lost in the middle of a query.
// The error comes in many forms: pg's own, a socket's, Prisma's codes, and the driver's error inside Prisma's.

/** Class 08: connection; 57P01–57P05: shut down, crashed, starting up, dropped, idle too long; 53300: too many connections. */
const SQL_STATES = /^(?:08\w{3}|57P0[1-5]|53300)$/;
/** Prisma: unreachable (1), timed out (2, 8), closed (17), no free connection (2024, 2037). */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']);
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN']);
const DRIVER_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);
/** For errors of pg and its pool that have no code. */
const WORDS =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed and is not queryable)/;
/** Causes can be nested without limit. */
const MAX_DEPTH = 6;

export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  const { code, originalCode, kind, message, cause, meta } = fieldsOf(error);
  if ([code, originalCode].some(isAwayCode)) return true;
  if (typeof kind === 'string' && DRIVER_KINDS.has(kind)) return true;
  if (typeof message === 'string' && WORDS.test(message)) return true;
  const inner = typeof meta === 'object' && meta !== null ? fieldsOf(meta).driverAdapterError : undefined;
  return isDatabaseAway(cause, depth + 1) || isDatabaseAway(inner, depth + 1);
}

/** The error to give to callers meanwhile; null for any other error. */
export function databaseAway(error: unknown): AppError | null {
  if (!isDatabaseAway(error)) return null;
  return new AppError('unavailable', {
    detail: 'The service is briefly unavailable. Try again in a few seconds.',
    retryAfterS: DATABASE_AWAY_RETRY_S,
    cause: error,
  });
}

const isAwayCode = (code: unknown): boolean =>
  typeof code === 'string' && (SQL_STATES.test(code) || PRISMA_CODES.has(code) || SOCKET_CODES.has(code));

const fieldsOf = (value: object): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(value)),
  ...(value instanceof Error && { message: value.message, cause: value.cause }),
});
