// Who is signed in, and this browser's session: begun, renewed, ended. Every read asks the database: a session that has ended (signed out
// here or elsewhere, password changed) or that belongs to a deleted person is not a session. One lookup per request, however often it is
// asked for.
import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/lib/platform/errors';
import { createActions } from '@/lib/platform/http/actions';
import { attemptKey, isSameOrigin } from '@/lib/platform/http/client-address';
import { answerRequest } from '@/lib/platform/http/problem';
import { SESSION_TTL_S } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { deviceLabel, safeCallbackPath } from '../rules/account';
import { endSession, findSessionUser, type SessionClaims, type SessionUser, startSession } from '../sign-in';
import type { RouteHandler } from './api-route';
import { readSessionCookie, rememberDevice, sealSessionCookie, sessionCookieName, sessionCookieOptions } from './cookies';

export interface Session extends SessionClaims {
  email: string;
  name: string | null;
  workspaceId: string;
  workspaceName: string;
  scope: Scope;
}

/** Set by proxy.ts: the requested path. */
const CURRENT_PATH_HEADER = 'x-current-path';

/** The person behind the cookie, even if they have not accepted the terms yet. */
export const findSignedInUser = cache(async (): Promise<SessionUser | null> => {
  const claims = await readCurrentClaims();
  return claims && findSessionUser(claims);
});

/** Null for visitors, and for people who have not accepted the terms or have no workspace. */
export async function findSession(): Promise<Session | null> {
  const user = await findSignedInUser();
  return user && sessionOf(user);
}

/** For pages of the app. Visitors are sent to sign in and back; people who came by link or provider are first sent to the terms. */
export async function requireSession(): Promise<Session> {
  const user = await findSignedInUser();
  const session = user && sessionOf(user);
  if (session) return session;
  const back = safeCallbackPath((await headers()).get(CURRENT_PATH_HEADER));
  redirect(`${user === null ? '/signin' : '/accept-terms'}?callbackUrl=${encodeURIComponent(back)}`);
}

/** Signs this browser in. A person who was signed in here before is signed out. */
export async function beginCurrentSession(userId: string): Promise<void> {
  await endCookieSession();
  await renewCurrentSession(await startSession(userId, deviceLabel((await headers()).get('user-agent'))));
}

/** Gives this browser's session a new epoch. */
export async function renewCurrentSession(claims: SessionClaims): Promise<void> {
  await rememberDevice(claims);
  const value = await sealSessionCookie(claims);
  (await cookies()).set(sessionCookieName(), value, { ...sessionCookieOptions(), maxAge: SESSION_TTL_S });
}

export async function endCurrentSession(): Promise<void> {
  await endCookieSession();
  (await cookies()).set(sessionCookieName(), '', { ...sessionCookieOptions(), maxAge: 0 });
}

/** The key under which the account pages count the current request's client. */
export const currentClientKey = async (): Promise<string> => attemptKey(await headers());

function sessionOf({ hasAcceptedTerms, workspace, ...user }: SessionUser): Session | null {
  if (!hasAcceptedTerms || workspace === null) return null;
  const { userId, sessionId, epoch, email, name } = user;
  const scope = { workspaceId: workspace.id };
  const person = { userId, sessionId, epoch, email, name };
  return { ...person, workspaceId: workspace.id, workspaceName: workspace.name, scope };
}

async function endCookieSession(): Promise<void> {
  const claims = await readCurrentClaims();
  if (claims !== null) await endSession(claims.userId, claims.sessionId);
}

async function readCurrentClaims(): Promise<SessionClaims | null> {
  return readSessionCookie((await cookies()).get(sessionCookieName())?.value);
}

// Server actions, by who may call them. The next steps are in lib/platform/http/actions.ts.

/** For signed-in people; receives the session. Others are sent to sign in and back. */
export const member = createActions(requireSession);

/** For signed-in people, with or without accepted terms. */
export const signedIn = createActions(async () => (await findSignedInUser()) ?? redirect('/signin'));

/** For anybody; receives the key under which the client is counted. */
export const visitor = createActions(async () => ({ clientKey: await currentClientKey() }));

// The wrapper for calls from our own pages: it requires a signed-in person, and our own origin if something is changed. Programs use the
// API.

export interface OwnCall {
  request: Request;
  session: Session;
  /** A part of the path; '' if the route has no part of that name. */
  param: (name: string) => string;
}

export const ownRoute =
  (handler: (call: OwnCall) => Promise<Response>): RouteHandler =>
  (request, context) =>
    answerRequest(async () => {
      const isReading = request.method === 'GET' || request.method === 'HEAD';
      if (!isReading && !isSameOrigin(request.headers))
        throw new AppError('forbidden', { detail: 'This is for people on this site. Programs use the API.' });
      const session = await findSession();
      if (session === null) throw new AppError('unauthenticated');
      const params = await context.params;
      return handler({ request, session, param: (name) => String(params[name] ?? '') });
    });
