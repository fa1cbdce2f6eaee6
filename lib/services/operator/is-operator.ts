// Who runs this installation: a person whose address is confirmed and listed in OPERATOR_EMAILS; in local mode, where nobody is
// listed, the first account. Refuses everybody else, and in production everybody until somebody is listed. An address that was
// only claimed at sign-up proves nothing, so it opens nothing.
import { findFirstUserId } from '@/lib/data/operator-account';
import { env } from '@/lib/env';

interface Person {
  userId: string;
  email: string;
  emailVerified: boolean;
}

export async function isOperator({ userId, email, emailVerified }: Person): Promise<boolean> {
  if (!emailVerified) return false;
  const { APP_MODE, OPERATOR_EMAILS: listed } = env();
  if (listed.length > 0) return listed.some((operator) => operator.toLowerCase() === email.toLowerCase());
  return APP_MODE === 'local' && (await findFirstUserId()) === userId;
}
