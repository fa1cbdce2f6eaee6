// Changes the session of this very browser: gives it a new epoch, or ends it.
import 'server-only';
import { cookies } from 'next/headers';
import { SESSION_TTL_S } from '@/lib/domain/limits';
import { sealSessionCookie, sessionCookieName, sessionCookieOptions, type SessionClaims } from './session-cookie';

export async function renewCurrentSession(claims: SessionClaims): Promise<void> {
  const value = await sealSessionCookie(claims);
  (await cookies()).set(sessionCookieName(), value, { ...sessionCookieOptions(), maxAge: SESSION_TTL_S });
}

export async function endCurrentSession(): Promise<void> {
  (await cookies()).set(sessionCookieName(), '', { ...sessionCookieOptions(), maxAge: 0 });
}
