// The secret in a mailed link: 256 random bits. Only its SHA-256 is stored, so a copy of the database opens no account.
import { createHash, randomBytes } from 'node:crypto';
import { createAuthToken, type AuthTokenPayload, type AuthTokenPurpose } from './store/tokens';
import type { Tx } from '@/lib/platform/db/transaction';
import { CHANGE_EMAIL_LINK_TTL_S, DELETE_ACCOUNT_LINK_TTL_S, RESET_LINK_TTL_S } from '@/lib/platform/limits';

const TTL_S: Readonly<Record<AuthTokenPurpose, number>> = {
  reset_password: RESET_LINK_TTL_S,
  change_email: CHANGE_EMAIL_LINK_TTL_S,
  delete_account: DELETE_ACCOUNT_LINK_TTL_S,
};

export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface TokenRequest {
  userId: string;
  purpose: AuthTokenPurpose;
  payload?: AuthTokenPayload;
}

/** Stores a new token's hash and returns the token, which only the mail knows. */
export async function issueToken({ userId, purpose, payload = {} }: TokenRequest, tx: Tx): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(Date.now() + TTL_S[purpose] * 1_000);
  await createAuthToken({ userId, purpose, tokenHash: hashToken(token), payload, expiresAt }, tx);
  return token;
}
