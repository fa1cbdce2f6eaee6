// next-auth's configuration. Sessions are sealed cookies with an epoch that the database checks each time one is opened, also
// by next-auth itself: a voided session must not be good for linking a Google account to the person it once belonged to.
import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import type { decode } from 'next-auth/jwt';
import { authAdapter } from '@/lib/data/auth-adapter';
import { safeCallbackPath } from '@/lib/domain/callback-path';
import { SESSION_TTL_S } from '@/lib/domain/limits';
import { log } from '@/lib/log';
import { authSecret } from '@/lib/services/auth/auth-secret';
import { findSessionUser } from '@/lib/services/auth/find-session-user';
import { getSessionEpoch } from '@/lib/services/auth/get-session-epoch';
import { authProviders } from './providers';
import { isHttpsSite, readSessionCookie } from './session-cookie';

export function authOptions(): NextAuthOptions {
  return {
    secret: authSecret(),
    adapter: authAdapter(),
    providers: authProviders(),
    session: { strategy: 'jwt', maxAge: SESSION_TTL_S },
    useSecureCookies: isHttpsSite(),
    pages: { signIn: '/signin', error: '/signin', signOut: '/signin', verifyRequest: '/check-your-mail' },
    callbacks: {
      signIn: isAllowed,
      jwt: claimsFor,
      session: ({ session }) => ({ expires: session.expires }),
      redirect: staysHere,
    },
    jwt: { decode: openToken },
    logger: quietLogger(),
  };
}

type Callbacks = NonNullable<NextAuthOptions['callbacks']>;

/** Google says whether it has confirmed the address; GitHub's provider hands on a confirmed one or none. */
const isAllowed: NonNullable<Callbacks['signIn']> = ({ user, account, profile }) => {
  if (account?.provider === 'google')
    return profile !== undefined && 'email_verified' in profile && profile.email_verified === true;
  return Boolean(user.email);
};

/** The token carries who and which epoch; names and addresses stay in the database. */
const claimsFor: NonNullable<Callbacks['jwt']> = async ({ token, user, trigger }) => {
  // There is a person only at the moment of signing in.
  if (trigger !== 'signIn' && trigger !== 'signUp') return { sub: token.sub, epoch: token.epoch };
  return { sub: user.id, epoch: await getSessionEpoch(user.id) };
};

const staysHere: NonNullable<Callbacks['redirect']> = ({ url, baseUrl }) => {
  const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
  // The sign-in page itself is where next-auth reports problems.
  return /^\/signin(\?|$)/.test(path) ? `${baseUrl}${path}` : `${baseUrl}${safeCallbackPath(path)}`;
};

const openToken: typeof decode = async (params) => {
  const claims = await readSessionCookie(params.token);
  if (claims === null || (await findSessionUser(claims)) === null) return null;
  return { sub: claims.userId, epoch: claims.epoch };
};

/** next-auth's own words may hold addresses and tokens: only the code is kept. */
function quietLogger(): NonNullable<NextAuthOptions['logger']> {
  return {
    error: (code) => log('auth').error({ code }, 'next-auth reports an error'),
    warn: (code) => log('auth').debug({ code }, 'next-auth warns'),
    debug: () => undefined,
  };
}
