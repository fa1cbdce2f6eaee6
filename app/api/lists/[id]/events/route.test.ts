import { beforeEach, expect, it, vi } from 'vitest';
import { sealSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import type { Scope } from '@/lib/platform/scope';
import { newId } from '@/lib/platform/ids';
import { startSession } from '@/lib/accounts/sign-in';
import { createUser } from '@/lib/credits/free-credits';
import { call, makeRequest } from '@/tests/api/call';
import { readEvents } from '@/tests/api/read-events';
import { changeSeededList } from '@/tests/database/change-list';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({ get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined) }),
  headers: () => Promise.resolve(new Headers()),
}));

useTestDatabase();
beforeEach(() => jar.clear());

let count = 0;
async function signIn(): Promise<Scope> {
  const made = await createUser({ email: `person-${++count}@example.org`, password: 'violet-harbour-lantern-42' });
  if (!made.ok) throw made.error;
  jar.set(sessionCookieName(), await sealSessionCookie(await startSession(made.value.userId, 'Chrome on Linux')));
  return { workspaceId: made.value.workspaceId };
}
const watch = (id: string) => GET(makeRequest({}), { params: Promise.resolve({ id }) });

it('200: a signed-in person sees their list from its current state to its end', async () => {
  const id = await seedList(await signIn(), { status: 'running', rows: [{ cells: ['a@example.com'] }] });
  const events = await readEvents(await watch(id), ({ data }) => {
    const isRunning = typeof data === 'object' && data !== null && 'status' in data && data.status === 'running';
    if (isRunning) void changeSeededList(id, { status: 'cancelled' });
    return false;
  });
  expect(events).toMatchObject([
    { event: 'list', data: { id, status: 'running', progress: { total: 1 } } },
    { event: 'list', data: { id, status: 'cancelled' } },
  ]);
});

it('401: without a session', async () => {
  const id = await seedList(await signIn());
  jar.clear();
  const refused = await watch(id);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'unauthenticated' });
});

it('404: another workspace’s list, an unknown one, and a malformed id', async () => {
  const other = await seedList(await signIn());
  await signIn();
  for (const id of [other, newId('list'), 'x', '\u0000']) expect((await watch(id)).status).toBe(404);
});

it('405: nothing can be sent here', async () => {
  expect(await call(POST, { body: {}, params: { id: 'x' } })).toMatchObject({ status: 405 });
});
