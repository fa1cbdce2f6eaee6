// The secret in a mailed link: 256 random bits. Only its SHA-256 is stored, so a copy of the database opens no account.
import { createHash, randomBytes } from 'node:crypto';
import { createAuthToken, type AuthTokenPayload, type AuthTokenPurpose } from '@/lib/data/auth-tokens';
import type { Tx } from '@/lib/data/transaction';
import { CHANGE_EMAIL_LINK_TTL_S, RESET_LINK_TTL_S, VERIFY_LINK_TTL_S } from '@/lib/domain/limits';

const TTL_S: Readonly<Record<AuthTokenPurpose, number>> = {
  verify_email: VERIFY_LINK_TTL_S,
  reset_password: RESET_LINK_TTL_S,
  change_email: CHANGE_EMAIL_LINK_TTL_S,
};

export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface TokenRequest {
  userId: string;
  purpose: AuthTokenPurpose;
  payload?: AuthTokenPayload;
}

/** Stores a new token's hash and returns the token, which is known to the mail only. */
export async function issueToken({ userId, purpose, payload = {} }: TokenRequest, tx: Tx): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(Date.now() + TTL_S[purpose] * 1_000);
  await createAuthToken({ userId, purpose, tokenHash: hashToken(token), payload, expiresAt }, tx);
  return token;
}
