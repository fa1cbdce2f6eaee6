import { beforeEach, expect, it, vi } from 'vitest';
import { endSession, startSession } from '@/lib/accounts/sign-in';
import { createUser } from '@/lib/credits/free-credits';
import { sealSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import { newId } from '@/lib/platform/ids';
import { type Scope, VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { startVerification } from '@/lib/verifications/start';
import { call, makeRequest } from '@/tests/api/call';
import { readEvents } from '@/tests/api/read-events';
import { useWorker } from '@/tests/api/use-worker';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({ get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined) }),
  headers: () => Promise.resolve(new Headers()),
}));

useTestDatabase();
useWorker();
beforeEach(() => jar.clear());

let count = 0;
let session = { userId: '', sessionId: '' };
async function signIn(): Promise<Scope> {
  const made = await createUser({ email: `person-${++count}@example.org`, password: 'violet-harbour-lantern-42', credits: 10 });
  if (!made.ok) throw made.error;
  const claims = await startSession(made.value.userId, 'Chrome on Linux');
  session = claims;
  jar.set(sessionCookieName(), await sealSessionCookie(claims));
  return { workspaceId: made.value.workspaceId };
}
async function check(
  scope: Scope,
  more: { source: 'app' | 'landing'; visitorKey?: string },
  email = 'jane@example.com',
): Promise<string> {
  const started = await startVerification(scope, { email, ...more });
  if (!started.ok) throw started.error;
  return started.value.id;
}
const watch = (id: string) =>
  GET(makeRequest({ headers: { 'x-client-address': '192.0.2.7' } }), { params: Promise.resolve({ id }) });

it('200: a signed-in person sees their check from its current to its final state', async () => {
  const scope = await signIn();
  const id = await check(scope, { source: 'app' });
  const response = await watch(id);
  expect(response.status).toBe(200);
  const events = await readEvents(response);
  expect(events.at(-1)).toMatchObject({ event: 'verification', data: { id, status: 'deliverable', creditsCharged: 1 } });
  expect(await readEvents(await watch(id))).toHaveLength(1);
});

it('200: a pending check is shown at once, and the stream stays open', async () => {
  const id = await check(await signIn(), { source: 'app' }, 'greylisted@example.com');
  const events = await readEvents(
    await watch(id),
    ({ data }) => typeof data === 'object' && data !== null && 'retryAt' in data && data.retryAt !== null,
  );
  expect(events.at(-1)).toMatchObject({ data: { id, status: 'pending', attempt: 1 } });
});

it('200: a stream ends with its session, and a copy of the cookie opens no other', async () => {
  const id = await check(await signIn(), { source: 'app' }, 'greylisted@example.com');
  const response = await watch(id);
  const toItsEnd = readEvents(response);
  await endSession(session.userId, session.sessionId);
  expect((await toItsEnd).every(({ data }) => JSON.stringify(data).includes('pending'))).toBe(true);
  expect((await watch(id)).status).toBe(401);
});

it('401: without a session', async () => {
  const id = await check(await signIn(), { source: 'app' });
  jar.clear();
  const refused = await watch(id);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'unauthenticated' });
});

it('404: another workspace’s check, a visitor’s, an unknown one, and a malformed id', async () => {
  const other = await check(await signIn(), { source: 'app' });
  const visitors = await check({ workspaceId: VISITORS_WORKSPACE_ID }, { source: 'landing', visitorKey: 'someone' });
  await signIn();
  for (const id of [other, visitors, newId('verification'), 'x', '\u0000']) expect((await watch(id)).status).toBe(404);
});

it('405: nothing can be sent here', async () => {
  expect(await call(POST, { body: {}, params: { id: 'x' } })).toMatchObject({ status: 405 });
});
