// Sessions: a sealed cookie that names a row here. A copy of the cookie is worth nothing once the session has ended, here or from
// another device, and live pages of it end within a moment.
import { inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { SESSION_SEEN_EVERY_MS, SESSION_TTL_S, SESSIONS_A_USER } from '@/lib/platform/limits';
import { onNotification } from '@/lib/platform/queue/listen';
import type { SessionView } from './rules/account';
import {
  endSessions,
  findSessionUser as findUserOfSession,
  insertSession,
  listSessionRows,
  SESSION_CHANNEL,
  type SessionClaims,
  type SessionRow,
  type SessionUser,
  touchSession,
} from './store/sessions';
import { findUser, raiseSessionEpoch } from './store/users';

export type { SessionClaims, SessionUser } from './store/sessions';

/** The claims for the cookie. */
export async function startSession(userId: string, device: string): Promise<SessionClaims> {
  const user = await findUser(userId);
  if (user === null) throw new Error('There is no such user.');
  const expiresAt = new Date(Date.now() + SESSION_TTL_S * 1_000);
  const { id } = await insertSession({ userId, device, expiresAt, max: SESSIONS_A_USER });
  return { sessionId: id, userId, epoch: user.sessionEpoch };
}

/** Whose session this is, as the database has it now; null once it has ended. */
export async function findSessionUser(claims: SessionClaims): Promise<SessionUser | null> {
  const user = await findUserOfSession(claims);
  if (user !== null && Date.now() - user.lastSeenAt.getTime() >= SESSION_SEEN_EVERY_MS)
    await touchSession(claims.sessionId, SESSION_SEEN_EVERY_MS);
  return user;
}

export async function listSessions(userId: string, currentId: string): Promise<SessionView[]> {
  const rows = await listSessionRows(userId, SESSIONS_A_USER);
  return rows.map((row) => toSessionView(row, currentId));
}

export const toSessionView = ({ id, device, createdAt, lastSeenAt }: SessionRow, currentId: string | null): SessionView => ({
  id,
  device,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  isCurrent: id === currentId,
});

/** Signs out one device. Somebody else's session is `not_found`. */
export async function endSession(userId: string, sessionId: string): Promise<Result<void>> {
  const ended = await inTransaction((tx) => endSessions({ userId, ids: [sessionId] }, new Date(), tx));
  return ended > 0 ? ok(undefined) : fail('not_found', { detail: 'This session has ended already.' });
}

/** Ends every session of a person on all devices, this one included. Returns the epoch of the sessions to come. */
export function signOutEverywhere(userId: string): Promise<{ epoch: number }> {
  return inTransaction(async (tx) => {
    const epoch = await raiseSessionEpoch(userId, tx);
    await endSessions({ userId }, new Date(), tx);
    return { epoch };
  });
}

/** Calls back when the session has ended. Returns a function that stops watching. */
export function onSessionEnd(claims: SessionClaims, callback: () => void): () => void {
  const look = (): void => {
    findUserOfSession(claims).then(
      (user) => {
        if (user === null) callback();
      },
      // The database is briefly unavailable: the next notification, or the stream's maximum age, ends it.
      () => undefined,
    );
  };
  const subscription = onNotification(SESSION_CHANNEL, claims.userId, look);
  // Catches an end from before the connection was listening.
  void subscription.ready.then(look);
  return () => subscription.close();
}
