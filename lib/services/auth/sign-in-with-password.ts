// Right address and right password, or one and the same refusal for every way of being wrong, after the same work. Only
// whoever knows the password learns that the address is not confirmed yet.
import { findUserByEmail } from '@/lib/data/users';
import { fail, ok, type Result } from '@/lib/errors';
import { forgiveAttempt, limitAttempts } from '../limit-attempts';
import { isPassword } from './password-hash';

export interface Credentials {
  email: string;
  password: string;
}

export interface SignedInUser {
  id: string;
  email: string;
  name: string | null;
}

/** `unauthenticated`: wrong. `forbidden`: right, but the address must be confirmed first. `rate_limited`: too many attempts. */
export async function signInWithPassword(
  { email, password }: Credentials,
  clientKey: string | null,
): Promise<Result<SignedInUser>> {
  const limited = await limitAttempts('sign_in', { clientKey, email });
  if (!limited.ok) return limited;
  const user = await findUserByEmail(email);
  const matches = await isPassword(password, user?.passwordHash ?? null);
  if (user === null || !matches) return fail('unauthenticated', { detail: 'The address or the password is wrong.' });
  await forgiveAttempt('sign_in', { clientKey, email });
  if (user.emailVerified === null)
    return fail('forbidden', { detail: 'Confirm your address first: open the link that we mailed you.' });
  return ok({ id: user.id, email: user.email, name: user.name });
}
