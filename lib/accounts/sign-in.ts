// Signing in with a password or a mailed link. Every way of getting a password sign-in wrong gets the same refusal after the same
// work; only somebody who knows the password learns that the address is not confirmed yet. A link is mailed to any address: one
// without an account gets one when the link is used.
import { createHash } from 'node:crypto';
import { authSecret } from '@/lib/platform/auth-secret';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { MAGIC_LINK_TTL_S } from '@/lib/platform/limits';
import { postMail } from '@/lib/platform/mail/send';
import { forgiveAttempt, limitAttempts } from './attempts';
import { findDeviceKey } from './devices';
import { magicLinkMail } from './mails';
import { isPassword } from './passwords';
import { type AuthTokenPurpose, createMagicToken, findAuthTokenUser, findSignUpOf } from './store/tokens';
import { findUserByEmail } from './store/users';
import { hashToken, newToken } from './tokens';

export interface Credentials {
  email: string;
  password: string;
}

export interface MagicLinkRequest {
  email: string;
  /** Checked to be a path of this site. */
  callbackPath: string;
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
  deviceCookie: string | null = null,
): Promise<Result<SignedInUser>> {
  const attempt = { clientKey, email, deviceKey: await findDeviceKey(deviceCookie, email) };
  const limited = await limitAttempts('sign_in', attempt);
  if (!limited.ok) return limited;
  const user = await findUserByEmail(email);
  const waiting = user === null ? await findSignUpOf(email, null) : null;
  const matches = await isPassword(password, user?.passwordHash ?? waiting?.passwordHash ?? null);
  if (!matches) return fail('unauthenticated', { detail: 'The address or the password is wrong.' });
  await forgiveAttempt('sign_in', attempt);
  if (user === null) return fail('forbidden', { detail: 'Confirm your address first: open the link that we mailed you.' });
  return ok({ id: user.id, email: user.email, name: user.name });
}

/** The token is stored the way next-auth looks it up, SHA-256 of token and secret, and next-auth's own callback consumes it. */
export async function requestMagicLink(
  { email, callbackPath }: MagicLinkRequest,
  clientKey: string | null,
  deviceCookie: string | null = null,
): Promise<Result<void>> {
  const limited = await limitAttempts('magic_link', {
    clientKey,
    email,
    deviceKey: await findDeviceKey(deviceCookie, email),
  });
  if (!limited.ok) return limited;
  const token = newToken();
  const tokenHash = createHash('sha256').update(`${token}${authSecret()}`).digest('hex');
  await createMagicToken({ identifier: email, tokenHash, expires: new Date(Date.now() + MAGIC_LINK_TTL_S * 1_000) });
  postMail(magicLinkMail(email, { token, callbackPath }));
  return ok(undefined);
}

/** So that the link's page can say so before a form is filled in. Consumes nothing. */
export const isMailedLinkLive = async (purpose: AuthTokenPurpose, token: string): Promise<boolean> =>
  (await findAuthTokenUser(purpose, hashToken(token))) !== null;
