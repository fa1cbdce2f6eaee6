// The ways to sign in that next-auth runs. Google and GitHub exist only where the operator has set them up, and only people
// whose address that company has confirmed get in: an unconfirmed one could be anybody's.
import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import EmailProvider from 'next-auth/providers/email';
import GitHubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { z } from 'zod';
import { addressKey, clientAddress } from '@/lib/api/client-address';
import { env } from '@/lib/env';
import { credentialsSchema } from '@/lib/schemas/auth';
import { signInWithPassword } from '@/lib/services/auth/sign-in-with-password';

type Provider = NextAuthOptions['providers'][number];

export type OAuthProviderId = 'google' | 'github';

/** Those that are set up, for the buttons. */
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
    passwordProvider(),
    magicLinkProvider(),
    ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
      ? [GoogleProvider({ clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET })]
      : []),
    ...(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET ? [githubProvider(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET)] : []),
  ];
}

function passwordProvider(): Provider {
  return CredentialsProvider({
    id: 'credentials',
    credentials: { email: {}, password: {} },
    async authorize(sent, request) {
      const credentials = credentialsSchema.safeParse(sent);
      if (!credentials.success) return null;
      const headers = new Headers(z.record(z.string(), z.string()).parse(request.headers ?? {}));
      const result = await signInWithPassword(credentials.data, addressKey(clientAddress(headers)));
      if (result.ok) return result.value;
      // next-auth hands this word on to the form as its error.
      throw new Error(result.error.retryAfterS === null ? result.error.code : `${result.error.code}:${result.error.retryAfterS}`);
    },
  });
}

/** Only its callback is used: links are asked for through our own form, with its limits (route.ts closes the other way). */
function magicLinkProvider(): Provider {
  return EmailProvider({
    server: '',
    sendVerificationRequest: () => Promise.reject(new Error('Sign-in links are asked for through the sign-in page.')),
    normalizeIdentifier: (address) => address,
  });
}

const githubEmailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

function githubProvider(clientId: string, clientSecret: string): Provider {
  return GitHubProvider({
    clientId,
    clientSecret,
    userinfo: {
      url: 'https://api.github.com/user',
      // The profile's public address may be missing or unconfirmed; the list of addresses says which is confirmed.
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
