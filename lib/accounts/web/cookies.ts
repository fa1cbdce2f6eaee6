// The cookies of the account pages. The session is a sealed token (JWE by next-auth) that names the person, the session and the epoch,
// nothing else. Its name and attributes are next-auth's: httpOnly, SameSite=Lax, and Secure with the __Secure- prefix if the site is
// served over https. The other cookies hold a known browser, the mail that a visitor waits for, and the browser of a sign-up. Scripts can
// read none of them.
import 'server-only';
import { randomBytes } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { authSecret, env } from '@/lib/platform/env';
import { SESSION_TTL_S, VERIFY_LINK_TTL_S } from '@/lib/platform/limits';
import { markDevice, type SessionClaims } from '../sign-in';
import { emailField } from '../forms';
import { safeCallbackPath } from '../rules/account';
import { KNOWN_DEVICE_TTL_S } from '../attempts';
import { hashBrowserSecret } from '../sign-up';

/** Known browsers: lib/accounts/sign-in.ts. */
export const DEVICE_COOKIE = 'known-device';

const PENDING_MAIL_COOKIE = 'pending-mail';
const PENDING_MAIL_MAX_AGE_S = 3_600;

const SIGN_UP_BROWSER_COOKIE = 'sign-up-browser';
const SIGN_UP_BROWSER_VALUE = /^[A-Za-z0-9_-]{43}$/;
/** The link may be mailed again on a later day. */
const SIGN_UP_BROWSER_MAX_AGE_S = 7 * VERIFY_LINK_TTL_S;

const claimsSchema = z.object({ sub: z.string(), epoch: z.number().int(), sid: z.string() });

/**
 * What "check your mail" is about. It is kept in the visitor's own cookie and not in the address bar. It contains only what the visitor
 * entered, so it needs no seal; it is parsed like any input.
 */
const pendingMailSchema = z.object({
  kind: z.enum(['verify', 'reset', 'magic_link']),
  email: emailField,
  callbackPath: z.string().transform((path) => safeCallbackPath(path)),
});
export type PendingMail = z.infer<typeof pendingMailSchema>;

export const isHttpsSite = (): boolean => env().APP_URL.startsWith('https:');

export const sessionCookieName = (): string => `${isHttpsSite() ? '__Secure-' : ''}next-auth.session-token`;

export const sessionCookieOptions = () => ({ httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isHttpsSite() });

/** Null if the cookie is not ours, was changed or is too old. The database decides whether the session still works. */
export async function readSessionCookie(value: string | undefined): Promise<SessionClaims | null> {
  if (value === undefined || value === '') return null;
  try {
    const claims = claimsSchema.safeParse(await decode({ token: value, secret: authSecret() }));
    if (!claims.success) return null;
    const { sub: userId, epoch, sid: sessionId } = claims.data;
    return { userId, epoch, sessionId };
  } catch {
    return null;
  }
}

export const sealSessionCookie = ({ userId, epoch, sessionId }: SessionClaims): Promise<string> =>
  encode({ token: { sub: userId, epoch, sid: sessionId }, secret: authSecret(), maxAge: SESSION_TTL_S });

export const findDeviceCookie = async (): Promise<string | null> => (await cookies()).get(DEVICE_COOKIE)?.value ?? null;

export async function rememberDevice(account: { userId: string; epoch: number }): Promise<void> {
  const value = markDevice(await findDeviceCookie(), account);
  (await cookies()).set(DEVICE_COOKIE, value, { ...sessionCookieOptions(), maxAge: KNOWN_DEVICE_TTL_S });
}

/** The same as a header line, for responses that we do not build. */
export function deviceCookieLine(present: string | undefined, account: { userId: string; epoch: number }): string {
  const { secure } = sessionCookieOptions();
  const attributes = ['Path=/', `Max-Age=${KNOWN_DEVICE_TTL_S}`, 'HttpOnly', 'SameSite=Lax', ...(secure ? ['Secure'] : [])];
  return [`${DEVICE_COOKIE}=${markDevice(present, account)}`, ...attributes].join('; ');
}

export async function rememberPendingMail(pending: PendingMail): Promise<void> {
  const value = JSON.stringify(pending);
  (await cookies()).set(PENDING_MAIL_COOKIE, value, { ...sessionCookieOptions(), maxAge: PENDING_MAIL_MAX_AGE_S });
}

export async function findPendingMail(): Promise<PendingMail | null> {
  const value = (await cookies()).get(PENDING_MAIL_COOKIE)?.value;
  if (value === undefined) return null;
  try {
    return pendingMailSchema.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}

/** Null for a browser that never signed up. */
export async function findSignUpBrowser(): Promise<string | null> {
  const value = await readSignUpBrowserSecret();
  return value === null ? null : hashBrowserSecret(value);
}

/**
 * A random secret, stored only as a hash. It proves that the person who confirms an address is the one who entered the password, and
 * nothing else. A browser keeps one secret for all of its sign-ups.
 */
export async function rememberSignUpBrowser(): Promise<string> {
  const value = (await readSignUpBrowserSecret()) ?? randomBytes(32).toString('base64url');
  (await cookies()).set(SIGN_UP_BROWSER_COOKIE, value, { ...sessionCookieOptions(), maxAge: SIGN_UP_BROWSER_MAX_AGE_S });
  return hashBrowserSecret(value);
}

async function readSignUpBrowserSecret(): Promise<string | null> {
  const value = (await cookies()).get(SIGN_UP_BROWSER_COOKIE)?.value ?? '';
  return SIGN_UP_BROWSER_VALUE.test(value) ? value : null;
}
