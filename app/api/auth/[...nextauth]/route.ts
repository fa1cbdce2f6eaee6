// next-auth's routes, with two doors closed. A sign-in link is used by a POST from our own page only: mail scanners follow
// links, and a GET must consume nothing. And links are asked for through our form, which has the limits.
import NextAuth from 'next-auth';
import { NextResponse, type NextRequest } from 'next/server';
import { isSameOrigin } from '@/lib/auth/is-same-origin';
import { authOptions } from '@/lib/auth/options';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (nextauth.join('/') === 'callback/email') return redirectTo(`/magic-link${request.nextUrl.search}`);
  return handled(request, context);
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const path = (await context.params).nextauth.join('/');
  if (path === 'signin/email' || path === '_log') return new NextResponse(null, { status: 404 });
  // next-auth asks for its CSRF token on every other POST; this callback is its only one that it takes as it comes.
  if (path === 'callback/email' && !isSameOrigin(request.headers)) return redirectTo('/signin?error=Verification');
  return handled(request, context);
}

async function handled(request: NextRequest, context: Context): Promise<Response> {
  const answer: unknown = await NextAuth(request, context, authOptions());
  if (answer instanceof Response) return answer;
  throw new Error('next-auth gave no answer.');
}

const redirectTo = (location: string) => new NextResponse(null, { status: 303, headers: { Location: location } });
