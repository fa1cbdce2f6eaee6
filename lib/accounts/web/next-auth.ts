// next-auth's configuration and the ways to sign in that it runs: mailed links, Google and GitHub. A password is tried by our own form
// (app/(auth)/signin). Sessions are sealed cookies that name a row of the database. The row is looked up each time a cookie is opened, also
// by next-auth itself: an ended session must not allow linking a Google account to the person it once belonged to. Google and GitHub are
// offered only if the operator has set them up. They admit only people whose address that company has confirmed, because an unconfirmed one
// could belong to anybody.
import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import type { decode } from 'next-auth/jwt';
import GitHubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { z } from 'zod';
import { authSecret, env } from '@/lib/platform/env';
import { MAGIC_LINK_TTL_S, SESSION_TTL_S } from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import { safeCallbackPath, UNKNOWN_DEVICE } from '../rules/account';
import { endSession, findSessionUser, startSession } from '../sign-in';
import { authAdapter } from '../store/auth-adapter';
import { isHttpsSite, readSessionCookie } from './cookies';

type Callbacks = NonNullable<NextAuthOptions['callbacks']>;

type Provider = NextAuthOptions['providers'][number];

export type OAuthProviderId = 'google' | 'github';

const githubEmailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** `device`: how a session that begins now is displayed. */
export function authOptions(device: string = UNKNOWN_DEVICE): NextAuthOptions {
  return {
    secret: authSecret(),
    adapter: authAdapter(),
    providers: authProviders(),
    session: { strategy: 'jwt', maxAge: SESSION_TTL_S },
    useSecureCookies: isHttpsSite(),
    pages: { signIn: '/signin', error: '/signin', signOut: '/signin', verifyRequest: '/check-your-mail' },
    callbacks: {
      signIn: isAllowed,
      jwt: claimsOn(device),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: staysHere,
    },
    events: { signOut: endTokenSession },
    jwt: { decode: openToken },
    logger: quietLogger(),
  };
}

/** The providers that are set up, for the buttons. */
export function oauthProviderIds(): OAuthProviderId[] {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env();
  return [
    ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET ? (['google'] as const) : []),
    ...(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET ? (['github'] as const) : []),
  ];
}

export function authProviders(): Provider[] {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env();
  return [
    magicLinkProvider(),
    ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
      ? [GoogleProvider({ clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET })]
      : []),
    ...(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET ? [githubProvider(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET)] : []),
  ];
}

/** Google says whether it has confirmed the address. GitHub's provider passes on a confirmed address or none. */
const isAllowed: NonNullable<Callbacks['signIn']> = ({ user, account, profile }) => {
  if (account?.provider === 'google')
    return profile !== undefined && 'email_verified' in profile && profile.email_verified === true;
  return Boolean(user.email);
};

/** The token names the person, the session and the epoch. Names and addresses stay in the database. */
const claimsOn =
  (device: string): NonNullable<Callbacks['jwt']> =>
  async ({ token, user, trigger }) => {
    // A user is passed only at the moment of signing in.
    if (trigger !== 'signIn' && trigger !== 'signUp') return { sub: token.sub, epoch: token.epoch, sid: token.sid };
    const { userId, epoch, sessionId } = await startSession(user.id, device);
    return { sub: userId, epoch, sid: sessionId };
  };

/** next-auth only removes the cookie, but a copy of it must become worthless too. */
const endTokenSession: NonNullable<NonNullable<NextAuthOptions['events']>['signOut']> = async ({ token }) => {
  // Null if the cookie no longer opened anything, despite the type.
  const ended = z.object({ sub: z.string(), sid: z.string() }).safeParse(token);
  if (ended.success) await endSession(ended.data.sub, ended.data.sid);
};

const staysHere: NonNullable<Callbacks['redirect']> = ({ url, baseUrl }) => {
  const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
  // next-auth reports problems on the sign-in page itself.
  return /^\/signin(\?|$)/.test(path) ? `${baseUrl}${path}` : `${baseUrl}${safeCallbackPath(path)}`;
};

const openToken: typeof decode = async (params) => {
  const claims = await readSessionCookie(params.token);
  if (claims === null || (await findSessionUser(claims)) === null) return null;
  return { sub: claims.userId, epoch: claims.epoch, sid: claims.sessionId };
};

/** next-auth's own messages may contain addresses and tokens, so only the code is logged. */
function quietLogger(): NonNullable<NextAuthOptions['logger']> {
  return {
    error: (code) => log('auth').error({ code }, 'next-auth reports an error'),
    warn: (code) => log('auth').debug({ code }, 'next-auth warns'),
    debug: () => undefined,
  };
}

/**
 * Only its callback is used. Links are requested through our own form, with its limits, and mailed by lib/platform/mail (next-auth's route
 * closes the other way). Written out by hand, because next-auth's own provider would bring in a second way to send mail.
 */
function magicLinkProvider(): Provider {
  return {
    id: 'email',
    type: 'email',
    name: 'Email',
    server: '',
    from: '',
    maxAge: MAGIC_LINK_TTL_S,
    options: {},
    sendVerificationRequest: () => Promise.reject(new Error('Request sign-in links on the sign-in page.')),
    normalizeIdentifier: (address) => address,
  };
}

function githubProvider(clientId: string, clientSecret: string): Provider {
  return GitHubProvider({
    clientId,
    clientSecret,
    userinfo: {
      url: 'https://api.github.com/user',
      // The profile's public address may be missing or unconfirmed. The list of addresses says which one is confirmed.
      async request({ client, tokens }) {
        const profile = await client.userinfo(tokens.access_token ?? '');
        const answer = await fetch('https://api.github.com/user/emails', {
          headers: { Authorization: `Bearer ${tokens.access_token ?? ''}` },
        });
        const emails = githubEmailsSchema.safeParse(answer.ok ? await answer.json() : []);
        const confirmed = emails.success ? emails.data.find((entry) => entry.primary && entry.verified) : undefined;
        return { ...profile, email: confirmed?.email };
      },
    },
  });
}
