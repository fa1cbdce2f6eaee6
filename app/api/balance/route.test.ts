// The balance shown around every page: signed-in people get their own, and nobody gets one without a session.
import { beforeEach, expect, it, vi } from 'vitest';
import { sealSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import { startSession } from '@/lib/accounts/sign-in';
import { createUser } from '@/lib/credits/free-credits';
import { call } from '@/tests/api/call';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET } from './route';

const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({ get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined) }),
  headers: () => Promise.resolve(new Headers()),
}));

useTestDatabase();
beforeEach(() => jar.clear());

async function signIn(email: string, credits: number): Promise<void> {
  const made = await createUser({ email, password: 'violet-harbour-lantern-42', credits });
  if (!made.ok) throw made.error;
  jar.set(sessionCookieName(), await sealSessionCookie(await startSession(made.value.userId, 'Chrome on Linux')));
}

it('is the balance of the caller’s workspace', async () => {
  await signIn('first@example.org', 10);
  expect(await call(GET, {})).toMatchObject({ status: 200, json: { available: FREE_PLAN_CREDITS_A_MONTH + 10, held: 0 } });
  await signIn('second@example.org', 20);
  expect(await call(GET, {})).toMatchObject({ status: 200, json: { available: FREE_PLAN_CREDITS_A_MONTH + 20, held: 0 } });
});

it('is refused without a session', async () => {
  expect(await call(GET, {})).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
});
