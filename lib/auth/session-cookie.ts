// The session cookie: a sealed token (JWE by next-auth) that says who and of which epoch, nothing else. Names and attributes
// are next-auth's own: httpOnly, SameSite=Lax, and Secure with the __Secure- prefix where the site is served by https.
import 'server-only';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { SESSION_TTL_S } from '@/lib/domain/limits';
import { env } from '@/lib/env';
import { authSecret } from '@/lib/services/auth/auth-secret';

const claimsSchema = z.object({ sub: z.string(), epoch: z.number().int() });

export interface SessionClaims {
  userId: string;
  epoch: number;
}

export const isHttpsSite = (): boolean => env().APP_URL.startsWith('https:');

export const sessionCookieName = (): string => `${isHttpsSite() ? '__Secure-' : ''}next-auth.session-token`;

export const sessionCookieOptions = () => ({ httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isHttpsSite() });

/** What a cookie's value says; null when it is not ours, changed or too old. Whether its epoch still counts is the database's to say. */
export async function readSessionCookie(value: string | undefined): Promise<SessionClaims | null> {
  if (value === undefined || value === '') return null;
  try {
    const claims = claimsSchema.safeParse(await decode({ token: value, secret: authSecret() }));
    return claims.success ? { userId: claims.data.sub, epoch: claims.data.epoch } : null;
  } catch {
    return null;
  }
}

export const sealSessionCookie = ({ userId, epoch }: SessionClaims): Promise<string> =>
  encode({ token: { sub: userId, epoch }, secret: authSecret(), maxAge: SESSION_TTL_S });
