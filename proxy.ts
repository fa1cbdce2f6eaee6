// Runs before every page: gives the answer its content security policy, tells pages the path that was asked for, and sends
// visitors without a session cookie from the app's pages to sign in. The cookie is only unsealed here; whether its session
// still counts is asked of the database by the pages themselves.
import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { READING_PATH } from '@/content/reading-path';
import { contentSecurityPolicy } from '@/lib/platform/http/content-security-policy';
import { isHttpsSite, readSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import { env } from '@/lib/platform/env';

/** The app's first path segments. A page that is missing here is still closed, by `requireSession`. */
const APP = /^\/(?:dashboard|verify|verifications|history|lists|keys|api-keys|usage|billing|settings|team)(?:\/|$)/;

/** Pages whose address holds a secret: it must not travel to other sites. (`no-referrer` would also hide our own forms' origin.) */
const HOLDS_SECRET = /^\/(?:verify-email|reset-password|confirm-email-change|magic-link|dev)(?:\/|$)/;

/**
 * A page of text is the same for everybody without a session, so a cache before this site may keep it for a while. Visitors then share
 * its nonce, which gives nothing away where nothing stands that anybody typed. Next sets `Vary` by itself and drops ours, so a cache that
 * ignores cookies may show somebody who is signed in the header of a visitor, for some minutes; never the other way round.
 */
const KEPT_FOR_A_WHILE = 'public, max-age=0, s-maxage=300, stale-while-revalidate=60';

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  if (APP.test(pathname) && (await readSessionCookie(request.cookies.get(sessionCookieName())?.value)) === null) {
    const target = request.nextUrl.clone();
    target.pathname = '/signin';
    target.search = new URLSearchParams({ callbackUrl: `${pathname}${search}` }).toString();
    return NextResponse.redirect(target);
  }
  const nonce = randomBytes(16).toString('base64');
  const { NODE_ENV, STRIPE_API_BASE: stripeBase } = env();
  const policy = contentSecurityPolicy({ nonce, isDev: NODE_ENV === 'development', isHttps: isHttpsSite(), stripeBase });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-current-path', `${pathname}${search}`);
  // Next finds the nonce for its own scripts here.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()');
  response.headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  if (READING_PATH.test(pathname) && !request.cookies.has(sessionCookieName())) {
    response.headers.set('Cache-Control', KEPT_FOR_A_WHILE);
  }
  if (HOLDS_SECRET.test(pathname)) response.headers.set('Referrer-Policy', 'same-origin');
  return response;
}

export const config = {
  matcher: [
    '/((?!api/|v1/|compat/|mcp$|widget/v1.js|healthz|readyz|metrics|_next/|icons/|icon.svg|favicon.ico|apple-touch-icon.png|site.webmanifest|robots.txt|sitemap.xml|.well-known/).*)',
  ],
};
