// Who is signed in. Every read asks the database: a session of an older epoch (signed out everywhere, password changed) or of
// a deleted person is none. One look-up a request, however often it is asked.
import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Scope } from '@/lib/data/scope';
import { safeCallbackPath } from '@/lib/domain/callback-path';
import { findSessionUser, type SessionUser } from '@/lib/services/auth/find-session-user';
import { readSessionCookie, sessionCookieName } from './session-cookie';

export interface Session {
  userId: string;
  email: string;
  name: string | null;
  emailVerified: boolean;
  workspaceId: string;
  workspaceName: string;
  scope: Scope;
}

/** Set by proxy.ts: the path that was asked for. */
const CURRENT_PATH_HEADER = 'x-current-path';

/** The person behind the cookie, also one who has yet to accept the terms. */
export const findSignedInUser = cache(async (): Promise<SessionUser | null> => {
  const claims = await readSessionCookie((await cookies()).get(sessionCookieName())?.value);
  return claims && findSessionUser(claims);
});

/** Null for visitors, and for people who have not accepted the terms or have no workspace. */
export async function findSession(): Promise<Session | null> {
  const user = await findSignedInUser();
  return user && sessionOf(user);
}

/** For pages of the app: sends visitors to sign in and back, and newcomers by link or provider to the terms first. */
export async function requireSession(): Promise<Session> {
  const user = await findSignedInUser();
  const session = user && sessionOf(user);
  if (session) return session;
  const back = safeCallbackPath((await headers()).get(CURRENT_PATH_HEADER));
  redirect(`${user === null ? '/signin' : '/accept-terms'}?callbackUrl=${encodeURIComponent(back)}`);
}

function sessionOf({ userId, email, name, emailVerified, hasAcceptedTerms, workspace }: SessionUser): Session | null {
  if (!hasAcceptedTerms || workspace === null) return null;
  const scope = { workspaceId: workspace.id };
  return { userId, email, name, emailVerified, workspaceId: workspace.id, workspaceName: workspace.name, scope };
}
