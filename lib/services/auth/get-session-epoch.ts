// The epoch that a session made now must carry.
import { findUser } from '@/lib/data/users';

export async function getSessionEpoch(userId: string): Promise<number> {
  const user = await findUser(userId);
  if (user === null) throw new Error('There is no such user.');
  return user.sessionEpoch;
}
