// Mailed links of ours. Only the SHA-256 of a token is stored. Promises: a token is consumed at most once, in one guarded
// UPDATE, never after its time and never for another purpose than its own.
import { z } from 'zod';
import { newId } from '@/lib/ids';
import { db, type Tx } from './_client';

export const AUTH_TOKEN_PURPOSES = ['verify_email', 'reset_password', 'change_email'] as const;
export type AuthTokenPurpose = (typeof AUTH_TOKEN_PURPOSES)[number];

/** `verify_email` carries the password chosen with it, `change_email` the new address. */
const payloadSchema = z.object({ passwordHash: z.string().nullable().optional(), email: z.string().optional() });
export type AuthTokenPayload = z.infer<typeof payloadSchema>;

export interface AuthTokenRow {
  userId: string;
  payload: AuthTokenPayload;
}

export interface NewAuthToken {
  userId: string;
  purpose: AuthTokenPurpose;
  tokenHash: string;
  payload: AuthTokenPayload;
  expiresAt: Date;
}

/** Also drops what this person's older links left behind. */
export async function createAuthToken(token: NewAuthToken, tx: Tx): Promise<void> {
  await tx.authToken.deleteMany({ where: { userId: token.userId, expiresAt: { lt: new Date() } } });
  await tx.authToken.create({ data: { id: newId('authToken'), ...token } });
}

/** Null when the token is unknown, of another purpose, used or out of time. */
export async function consumeAuthToken(purpose: AuthTokenPurpose, tokenHash: string, tx: Tx): Promise<AuthTokenRow | null> {
  const now = new Date();
  const [row] = await tx.authToken.updateManyAndReturn({
    where: { purpose, tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { userId: true, payload: true },
  });
  return row ? { userId: row.userId, payload: payloadSchema.parse(row.payload ?? {}) } : null;
}

/** Whose link it is, while it still works; consumes nothing. */
export async function findAuthTokenUser(purpose: AuthTokenPurpose, tokenHash: string): Promise<string | null> {
  const where = { purpose, tokenHash, usedAt: null, expiresAt: { gt: new Date() } };
  const row = await db().authToken.findFirst({ where, select: { userId: true } });
  return row?.userId ?? null;
}

/** Every link this person was ever mailed stops working, those to sign in too. */
export async function voidAuthTokens({ id, email }: { id: string; email: string }, tx: Tx): Promise<void> {
  await tx.authToken.deleteMany({ where: { userId: id } });
  await tx.verificationToken.deleteMany({ where: { identifier: email } });
}
