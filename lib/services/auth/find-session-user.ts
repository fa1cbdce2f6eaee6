// Whose session this is, as the database sees it now; null when the person is gone or the session's epoch is over.
import { findSessionUser as findUserOfSession, type SessionUser } from '@/lib/data/session-users';

export type { SessionUser } from '@/lib/data/session-users';

export async function findSessionUser(session: { userId: string; epoch: number }): Promise<SessionUser | null> {
  const user = await findUserOfSession(session.userId);
  return user?.sessionEpoch === session.epoch ? user : null;
}
