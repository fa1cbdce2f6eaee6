// Mails a link that signs in without a password, to any address: one without an account gets one when the link is used. The
// token is stored the way next-auth looks it up, SHA-256 of token and secret, and next-auth's own callback consumes it.
import { createHash } from 'node:crypto';
import { createMagicToken } from '@/lib/data/auth-adapter';
import { MAGIC_LINK_TTL_S } from '@/lib/domain/limits';
import { ok, type Result } from '@/lib/errors';
import { postMail } from '@/lib/mail/post-mail';
import { magicLinkMail } from '@/lib/mail/templates/magic-link';
import { limitAttempts } from '../limit-attempts';
import { authSecret } from './auth-secret';
import { newToken } from './auth-token';

export interface MagicLinkRequest {
  email: string;
  /** Checked to be a path of this site. */
  callbackPath: string;
}

export async function requestMagicLink(
  { email, callbackPath }: MagicLinkRequest,
  clientKey: string | null,
): Promise<Result<void>> {
  const limited = await limitAttempts('magic_link', { clientKey, email });
  if (!limited.ok) return limited;
  const token = newToken();
  const tokenHash = createHash('sha256').update(`${token}${authSecret()}`).digest('hex');
  await createMagicToken({ identifier: email, tokenHash, expires: new Date(Date.now() + MAGIC_LINK_TTL_S * 1_000) });
  postMail(magicLinkMail(email, { token, callbackPath }));
  return ok(undefined);
}
