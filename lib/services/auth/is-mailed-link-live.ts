// Whether a mailed link would still work, so that its page can say so before a form is filled in. Consumes nothing.
import { findAuthTokenUser, type AuthTokenPurpose } from '@/lib/data/auth-tokens';
import { hashToken } from './auth-token';

export const isMailedLinkLive = async (purpose: AuthTokenPurpose, token: string): Promise<boolean> =>
  (await findAuthTokenUser(purpose, hashToken(token))) !== null;
