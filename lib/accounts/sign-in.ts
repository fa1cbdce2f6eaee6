// Signing in with a password or a mailed link. Every failed password sign-in gets the same refusal after the same work; only somebody who
// knows the password learns that the address is not confirmed yet. A link is mailed to any address: an address without an account gets one
// when the link is used.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { inTransaction } from '@/lib/platform/db/transaction';
import { authSecret } from '@/lib/platform/env';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { MAGIC_LINK_TTL_S, SESSION_SEEN_EVERY_MS, SESSION_TTL_S, SESSIONS_A_USER } from '@/lib/platform/limits';
import { postMail } from '@/lib/platform/mail/send';
import { onNotification } from '@/lib/platform/queue/listen';
import { forgiveAttempt, limitAttempts, ACCOUNTS_A_KNOWN_DEVICE } from './attempts';
import { magicLinkMail } from './mails';
import { isPassword } from './passwords';
import type { SessionView } from './rules/account';
import {
  endSessions,
  findSessionUser as findUserOfSession,
  insertSession,
  listSessionRows,
  SESSION_CHANNEL,
  type SessionClaims,
  type SessionRow,
  type SessionUser,
  touchSession,
} from './store/sessions';
import { type AuthTokenPurpose, createMagicToken, findAuthTokenUser, findSignUpOf, hashToken, newToken } from './store/tokens';
import { findUserByEmail, findUser, raiseSessionEpoch } from './store/users';

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

/** The token is stored the way next-auth looks it up, as SHA-256 of token and secret, and next-auth's own callback consumes it. */
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

/** Lets the link's page report a dead link before a form is filled in. Does not consume the link. */
export const isMailedLinkLive = async (purpose: AuthTokenPurpose, token: string): Promise<boolean> =>
  (await findAuthTokenUser(purpose, hashToken(token))) !== null;

// Known browsers: those that signed in to an account before. Their attempts count separately, so strangers who use up the account's limits
// don't lock its owner out. The cookie holds one random id and a mark for each of the last accounts, made with our secret and bound to the
// account's epoch. Nobody can forge one for somebody else's account, and a new password or signing out everywhere voids it. A mark does
// not sign anybody in.
interface Device {
  id: string;
  /** Latest first. */
  marks: readonly string[];
}

const COOKIE_VALUE = /^[\w-]{22}(?:\.[\w-]{22})*$/;
const ID_BYTES = 16;
const MARK_CHARS = 22;

/** The cookie value for a browser that has just signed in to the account. */
export function markDevice(value: string | null | undefined, account: { userId: string; epoch: number }): string {
  const { id, marks } = readDevice(value) ?? { id: randomBytes(ID_BYTES).toString('base64url'), marks: [] };
  const mark = markOf(id, account);
  return [id, mark, ...marks.filter((other) => other !== mark)].slice(0, 1 + ACCOUNTS_A_KNOWN_DEVICE).join('.');
}

/** The key under which this browser's attempts at the account are counted; null if the account does not know the browser. */
export async function findDeviceKey(value: string | null, email: string): Promise<string | null> {
  const device = readDevice(value);
  if (device === null) return null;
  const user = await findUserByEmail(email);
  // The same work is done without an account, so that response time does not reveal who has one.
  const wanted = Buffer.from(markOf(device.id, { userId: user?.id ?? '', epoch: user?.sessionEpoch ?? 0 }));
  const isKnown = device.marks.filter((mark) => timingSafeEqual(Buffer.from(mark), wanted)).length > 0;
  if (user === null || !isKnown) return null;
  return createHash('sha256').update(`${device.id}:${user.id}`).digest('base64url');
}

/** Null if the cookie is not one of ours. */
function readDevice(value: string | null | undefined): Device | null {
  if (!value || !COOKIE_VALUE.test(value)) return null;
  const [id = '', ...marks] = value.split('.');
  return { id, marks: marks.slice(0, ACCOUNTS_A_KNOWN_DEVICE) };
}

const markOf = (deviceId: string, account: { userId: string; epoch: number }): string =>
  createHmac('sha256', authSecret())
    .update(`device:${deviceId}:${account.userId}:${account.epoch}`)
    .digest('base64url')
    .slice(0, MARK_CHARS);

// Sessions: a sealed cookie that names a row here. A copy of the cookie is worthless once the session has ended, here or from another
// device, and its live pages end within a moment.

export type { SessionClaims, SessionUser } from './store/sessions';

/** Returns the claims for the cookie. */
export async function startSession(userId: string, device: string): Promise<SessionClaims> {
  const user = await findUser(userId);
  if (user === null) throw new Error('There is no such user.');
  const expiresAt = new Date(Date.now() + SESSION_TTL_S * 1_000);
  const { id } = await insertSession({ userId, device, expiresAt, max: SESSIONS_A_USER });
  return { sessionId: id, userId, epoch: user.sessionEpoch };
}

/** The person of this session, as the database has it now; null once the session has ended. */
export async function findSessionUser(claims: SessionClaims): Promise<SessionUser | null> {
  const user = await findUserOfSession(claims);
  if (user !== null && Date.now() - user.lastSeenAt.getTime() >= SESSION_SEEN_EVERY_MS)
    await touchSession(claims.sessionId, SESSION_SEEN_EVERY_MS);
  return user;
}

export async function listSessions(userId: string, currentId: string): Promise<SessionView[]> {
  const rows = await listSessionRows(userId, SESSIONS_A_USER);
  return rows.map((row) => toSessionView(row, currentId));
}

export const toSessionView = ({ id, device, createdAt, lastSeenAt }: SessionRow, currentId: string | null): SessionView => ({
  id,
  device,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  isCurrent: id === currentId,
});

/** Signs out one device. Somebody else's session is `not_found`. */
export async function endSession(userId: string, sessionId: string): Promise<Result<void>> {
  const ended = await inTransaction((tx) => endSessions({ userId, ids: [sessionId] }, new Date(), tx));
  return ended > 0 ? ok(undefined) : fail('not_found', { detail: 'This session has already ended.' });
}

/** Ends every session of a person on all devices, including this one. Returns the epoch for future sessions. */
export function signOutEverywhere(userId: string): Promise<{ epoch: number }> {
  return inTransaction(async (tx) => {
    const epoch = await raiseSessionEpoch(userId, tx);
    await endSessions({ userId }, new Date(), tx);
    return { epoch };
  });
}

/** Calls back when the session has ended. Returns a function that stops watching. */
export function onSessionEnd(claims: SessionClaims, callback: () => void): () => void {
  const look = (): void => {
    findUserOfSession(claims).then(
      (user) => {
        if (user === null) callback();
      },
      // The database is briefly unavailable: the next notification, or the stream's maximum age, ends it.
      () => undefined,
    );
  };
  const subscription = onNotification(SESSION_CHANNEL, claims.userId, look);
  // Catches an end that happened before the connection was listening.
  void subscription.ready.then(look);
  return () => subscription.close();
}
