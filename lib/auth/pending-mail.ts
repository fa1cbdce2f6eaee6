// What "check your mail" is about: the address just typed and which mail, kept in the visitor's own cookie for an hour, not
// in the address bar. It says only what the visitor said, so it needs no seal; it is parsed like any input.
import 'server-only';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { safeCallbackPath } from '@/lib/domain/callback-path';
import { emailField } from '@/lib/schemas/auth';
import { isHttpsSite } from './session-cookie';

const COOKIE = 'pending-mail';
const MAX_AGE_S = 3_600;

const schema = z.object({
  kind: z.enum(['verify', 'reset', 'magic_link']),
  email: emailField,
  callbackPath: z.string().transform((path) => safeCallbackPath(path)),
});
export type PendingMail = z.infer<typeof schema>;

export async function rememberPendingMail(pending: PendingMail): Promise<void> {
  const store = await cookies();
  store.set(COOKIE, JSON.stringify(pending), {
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttpsSite(),
    path: '/',
    maxAge: MAX_AGE_S,
  });
}

export async function findPendingMail(): Promise<PendingMail | null> {
  const value = (await cookies()).get(COOKIE)?.value;
  if (value === undefined) return null;
  try {
    return schema.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}
