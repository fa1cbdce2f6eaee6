// next-auth's routes, with some doors closed. A sign-in link is used by a POST from our own page only: mail scanners follow
// links, and a GET must consume nothing. Links are asked for through our form, which has the limits. Nobody reads sessions
// here, where each look would prolong them: a sign-in, also a stolen one, ends when its time is over. Bodies have a limit.
import NextAuth from 'next-auth';
import { type NextRequest, NextResponse } from 'next/server';
import { deviceLabel } from '@/lib/accounts/rules/account';
import { endSession, type SessionClaims } from '@/lib/accounts/sign-in';
import { DEVICE_COOKIE, deviceCookieLine, readSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import { authOptions } from '@/lib/accounts/web/next-auth';
import { refuse } from '@/lib/platform/http/problem';
import { isSameOrigin } from '@/lib/platform/http/client-address';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

const CLOSED: ReadonlySet<string> = new Set(['session', '_log', 'signin/email']);
const BODY_MAX_BYTES = 16 * 1024;

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const path = (await context.params).nextauth.join('/');
  if (path === 'session') return new NextResponse(null, { status: 404 });
  if (path === 'callback/email') return redirectTo(`/magic-link${request.nextUrl.search}`);
  return handled(request, context);
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const path = (await context.params).nextauth.join('/');
  if (CLOSED.has(path)) return new NextResponse(null, { status: 404 });
  const refusal = refuseBody(request.headers);
  if (refusal !== null) return new NextResponse(null, { status: refusal });
  // next-auth asks for its CSRF token on every other POST; this callback is its only one that it takes as it comes.
  if (path === 'callback/email' && !isSameOrigin(request.headers)) return redirectTo('/signin?error=Verification');
  return handled(request, context);
}

/** next-auth reads a whole body, however long. The server holds a client to the length that it announces. */
function refuseBody(headers: Headers): 411 | 413 | null {
  const length = headers.get('content-length');
  if (length === null) return headers.has('transfer-encoding') ? 411 : null;
  return Number(length) <= BODY_MAX_BYTES ? null : 413;
}

async function handled(request: NextRequest, context: Context): Promise<Response> {
  try {
    const options = authOptions(deviceLabel(request.headers.get('user-agent')));
    const answer: unknown = await NextAuth(request, context, options);
    if (!(answer instanceof Response)) throw new Error('next-auth gave no answer.');
    const claims = await readSessionCookie(newSessionCookie(answer));
    return claims === null ? answer : await signedIn(request, answer, claims);
  } catch (error) {
    // What it says of a body that is not the JSON it claims to be.
    if (error instanceof SyntaxError) return new NextResponse(null, { status: 400 });
    return refuse(error);
  }
}

function newSessionCookie(answer: Response): string | undefined {
  const start = `${sessionCookieName()}=`;
  const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(start));
  return line?.slice(start.length).split(';', 1)[0];
}

async function signedIn(request: NextRequest, answer: Response, claims: SessionClaims): Promise<Response> {
  // The previous session of this browser ends: later nobody could find it to end it.
  const former = await readSessionCookie(request.cookies.get(sessionCookieName())?.value);
  if (former !== null) await endSession(former.userId, former.sessionId);
  answer.headers.append('Set-Cookie', deviceCookieLine(request.cookies.get(DEVICE_COOKIE)?.value, claims));
  return answer;
}

const redirectTo = (location: string) => new NextResponse(null, { status: 303, headers: { Location: location } });
