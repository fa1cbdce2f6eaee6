// Runs before every page. Adds the content security policy to the answer, tells pages the requested path, and sends visitors without a
// session cookie from the app's pages to sign in. The cookie is only unsealed here; the pages themselves ask the database whether the
// session is still valid.
import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { READING_PATH } from '@/content/reading-path';
import { contentSecurityPolicy } from '@/lib/platform/http/content-security-policy';
import { isHttpsSite, readSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import { env } from '@/lib/platform/env';

/** The first path segments of the app. A page that is missing here is still protected, by `requireSession`. */
const APP = /^\/(?:dashboard|verify|verifications|history|lists|keys|api-keys|usage|billing|settings|team)(?:\/|$)/;

/** Pages whose address holds a secret that must not reach other sites. (`no-referrer` would also hide our own forms' origin.) */
const HOLDS_SECRET = /^\/(?:verify-email|reset-password|confirm-email-change|magic-link|dev)(?:\/|$)/;

/**
 * A page of text is the same for everybody without a session, so a cache in front of this site may keep it for a while. Visitors then share
 * a nonce, which is harmless on pages that show nothing anybody typed. Next sets `Vary` itself and drops ours, so a cache that ignores
 * cookies may show a signed-in user the visitor's header for some minutes, but never the other way round.
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
  // Next reads the nonce for its own scripts from here.
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
    '/((?!api/|compat/|mcp$|widget/v1.js|healthz|readyz|metrics|_next/|icons/|icon.svg|favicon.ico|apple-touch-icon.png|site.webmanifest|robots.txt|sitemap.xml|.well-known/).*)',
  ],
};
