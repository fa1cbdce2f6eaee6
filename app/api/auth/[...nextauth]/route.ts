// next-auth's routes, with some of them closed. A sign-in link is used only by a POST from our own page: mail scanners follow links, so a
// GET must consume nothing. Links are requested through our form, which has the rate limits. Sessions can't be read here, because each read
// would extend them: a sign-in, even a stolen one, ends at its fixed time. Bodies are limited in size.
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
  // next-auth checks its CSRF token on every other POST; this callback is the only one it accepts without.
  if (path === 'callback/email' && !isSameOrigin(request.headers)) return redirectTo('/signin?error=Verification');
  return handled(request, context);
}

/** next-auth reads a whole body, however long it is. The server already holds clients to the length they announce. */
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
    // next-auth throws this when a body is not the JSON it claims to be.
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
  // End this browser's previous session: nobody could find it later to end it.
  const former = await readSessionCookie(request.cookies.get(sessionCookieName())?.value);
  if (former !== null) await endSession(former.userId, former.sessionId);
  answer.headers.append('Set-Cookie', deviceCookieLine(request.cookies.get(DEVICE_COOKIE)?.value, claims));
  return answer;
}

const redirectTo = (location: string) => new NextResponse(null, { status: 303, headers: { Location: location } });
