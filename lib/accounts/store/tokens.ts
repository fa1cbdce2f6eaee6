// Mailed links, and sign-ups that wait for their address to be confirmed. Only a token's SHA-256 is stored. A token or sign-up is consumed
// at most once, in one guarded UPDATE, and never after its time. A token is never accepted for another purpose than its own. Confirming
// one sign-up ends the other sign-ups for the same address.
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { CHANGE_EMAIL_LINK_TTL_S, DELETE_ACCOUNT_LINK_TTL_S, RESET_LINK_TTL_S } from '@/lib/platform/limits';

export const AUTH_TOKEN_PURPOSES = ['reset_password', 'change_email', 'delete_account'] as const;
export type AuthTokenPurpose = (typeof AUTH_TOKEN_PURPOSES)[number];

/** `change_email` carries the new address. */
const payloadSchema = z.object({ email: z.string().optional() });
type AuthTokenPayload = z.infer<typeof payloadSchema>;

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

export interface NewSignUp {
  email: string;
  passwordHash: string;
  /** SHA-256 of the cookie of the browser that signed up. */
  browserHash: string;
  callbackPath: string;
  expiresAt: Date;
}

export interface SignUpRow extends Omit<NewSignUp, 'expiresAt'> {
  id: string;
  createdAt: Date;
}

const SIGN_UP_FIELDS = {
  id: true,
  email: true,
  passwordHash: true,
  browserHash: true,
  callbackPath: true,
  createdAt: true,
} as const;

/** Also deletes this person's expired links. */
async function createAuthToken(token: NewAuthToken, tx: Tx): Promise<void> {
  await tx.authToken.deleteMany({ where: { userId: token.userId, expiresAt: { lt: new Date() } } });
  await tx.authToken.create({ data: { id: newId('authToken'), ...token } });
}

/** Null if the token is unknown, for another purpose, used or expired. */
export async function consumeAuthToken(purpose: AuthTokenPurpose, tokenHash: string, tx: Tx): Promise<AuthTokenRow | null> {
  const now = new Date();
  const [row] = await tx.authToken.updateManyAndReturn({
    where: { purpose, tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { userId: true, payload: true },
  });
  return row ? { userId: row.userId, payload: payloadSchema.parse(row.payload ?? {}) } : null;
}

/** The user a link belongs to, while it works. Does not consume the link. */
export async function findAuthTokenUser(purpose: AuthTokenPurpose, tokenHash: string): Promise<string | null> {
  const where = { purpose, tokenHash, usedAt: null, expiresAt: { gt: new Date() } };
  const row = await db().authToken.findFirst({ where, select: { userId: true } });
  return row?.userId ?? null;
}

/** Ends every link that was ever mailed to this person, including sign-in links. */
export async function voidAuthTokens({ id, email }: { id: string; email: string }, tx: Tx): Promise<void> {
  await tx.authToken.deleteMany({ where: { userId: id } });
  await tx.verificationToken.deleteMany({ where: { identifier: email } });
}

/** The caller makes the hash, in next-auth's way. */
export async function createMagicToken(token: { identifier: string; tokenHash: string; expires: Date }): Promise<void> {
  await db().verificationToken.deleteMany({ where: { expires: { lt: new Date() } } });
  await db().verificationToken.create({ data: { identifier: token.identifier, token: token.tokenHash, expires: token.expires } });
}

export async function insertSignUp(signUp: NewSignUp): Promise<{ id: string }> {
  const id = newId('signUp');
  await db().signUp.create({ data: { id, ...signUp }, select: { id: true } });
  return { id };
}

/** Finds the sign-up while its link works. */
export function findSignUp(id: string): Promise<SignUpRow | null> {
  return db().signUp.findFirst({ where: { id, ...waiting() }, select: SIGN_UP_FIELDS });
}

/** This browser's newest sign-up, else the newest of any browser. */
export async function findSignUpOf(email: string, browserHash: string | null): Promise<SignUpRow | null> {
  const newest = (where: { browserHash?: string }) =>
    db().signUp.findFirst({ where: { email, ...where, ...waiting() }, orderBy: { id: 'desc' }, select: SIGN_UP_FIELDS });
  const own = browserHash === null ? null : await newest({ browserHash });
  return own ?? newest({});
}

/** Called when the link is mailed again: it then works as long as a new one. */
export async function prolongSignUp(id: string, expiresAt: Date): Promise<void> {
  await db().signUp.updateMany({ where: { id, ...waiting() }, data: { expiresAt } });
}

/** False if the sign-up was used or has expired. */
export async function consumeSignUp({ id, email }: { id: string; email: string }, tx: Tx): Promise<boolean> {
  // Locked in a fixed order: otherwise two links for one address, pressed at once, would deadlock.
  await tx.$queryRaw`SELECT 1 FROM "SignUp" WHERE "email" = ${email} AND "usedAt" IS NULL ORDER BY "id" FOR UPDATE`;
  const now = new Date();
  const used = await tx.signUp.updateMany({ where: { id, ...waiting() }, data: { usedAt: now } });
  if (used.count === 0) return false;
  await tx.signUp.updateMany({ where: { email, usedAt: null }, data: { usedAt: now } });
  return true;
}

const waiting = () => ({ usedAt: null, expiresAt: { gt: new Date() } });

// The secret in a mailed link: 256 random bits. Only its SHA-256 is stored, so a copy of the database opens no account.

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

/** Stores the hash of a new token and returns the token, which only the mail contains. */
export async function issueToken({ userId, purpose, payload = {} }: TokenRequest, tx: Tx): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(Date.now() + TTL_S[purpose] * 1_000);
  await createAuthToken({ userId, purpose, tokenHash: hashToken(token), payload, expiresAt }, tx);
  return token;
}
