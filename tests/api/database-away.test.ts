// PostgreSQL is stopped, killed and restarted under the routes. Callers in the meantime are told to retry (503 with Retry-After), never
// that something broke (500), and afterwards everything works without restarting our processes.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { sealSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import { closeDatabase } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { closeListener } from '@/lib/platform/queue/listen';
import { startSession } from '@/lib/accounts/sign-in';
import { createUser } from '@/lib/credits/free-credits';
import { freePort, startPostgres, type RunningPostgres } from '@/scripts/embedded-postgres';
import { ensureDatabase, migrate } from '@/scripts/migrate';
import { makeKey, makeRequest } from '@/tests/api/call';

const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({ get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined) }),
  headers: () => Promise.resolve(new Headers()),
}));

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** Routes that by design answer without the database; Stripe is not configured here. */
const NEED_NONE = /\/(?:healthz|readyz|openapi\.json|reasons|sample|html|webhook|\[\[\.\.\.path\]\])\/route\.ts$/;

type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>;
const routeSchema = z.record(z.string(), z.unknown());
const isHandler = (value: unknown): value is Handler => typeof value === 'function';

const folder = mkdtempSync(join(tmpdir(), 'database-away-'));
const password = 'test';
let postgres: RunningPostgres;
let port: number;
let key: string;

const start = async () => {
  postgres = await startPostgres({ dataDir: join(folder, 'pg'), password, port, fast: true });
};
const stop = async () => {
  await postgres.stop();
  await postgres.exited;
};

beforeAll(async () => {
  chmodSync(folder, 0o755);
  port = await freePort();
  await start();
  const url = postgres.url('away');
  await ensureDatabase(url);
  await migrate(url);
  process.env.DATABASE_URL = url;
  const made = await createUser({ email: 'person@example.org', password: 'violet-harbour-lantern-42' });
  if (!made.ok) throw made.error;
  jar.set(sessionCookieName(), await sealSessionCookie(await startSession(made.value.userId, 'Chrome on Linux')));
  key = await makeKey({ workspaceId: made.value.workspaceId });
});
afterAll(async () => {
  await closeListener();
  await closeDatabase();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Route {
  name: string;
  ask: () => Promise<Response>;
}

/** Every method of every route, called as its clients call it, with a body that most accept. */
async function everyRoute(): Promise<Route[]> {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .map((path) => `app/${path}`)
    .filter((path) => path.endsWith('/route.ts') && !NEED_NONE.test(path) && !path.includes('nextauth'));
  const routes: Route[] = [];
  for (const file of files.toSorted()) {
    const exported = routeSchema.parse({ ...(await import(/* @vite-ignore */ `../../${file}`)) });
    for (const method of METHODS) {
      const handler = exported[method];
      if (!isHandler(handler)) continue;
      routes.push({
        name: `${method} ${file}`,
        ask: () => handler(requestFor(method, file), { params: Promise.resolve(paramsFor(file)) }),
      });
    }
  }
  return routes;
}

function requestFor(method: (typeof METHODS)[number], file: string): Request {
  const body = method === 'GET' || method === 'DELETE' ? undefined : { email: 'someone@example.org', emails: ['a@example.org'] };
  return new NextRequest(makeRequest({ method, path: `/${file}`, key, body, headers: { origin: 'http://localhost:3000' } }));
}

function paramsFor(file: string): Record<string, unknown> {
  if (file.includes('verifications')) return { id: newId('verification') };
  if (file.includes('webhooks')) return { id: newId('webhookEndpoint') };
  return { id: newId('list'), domain: 'example.org', token: 'none', date: '2026-11-28' };
}

describe('while PostgreSQL is stopped', () => {
  beforeAll(async () => {
    const response = await (
      await import('@/app/api/v1/credits/route')
    ).GET(makeRequest({ key }), { params: Promise.resolve({}) });
    expect(response.status).toBe(200);
    await stop();
  });
  afterAll(start);

  test('no route answers 500, and those that need the database say when to retry', async () => {
    const routes = await everyRoute();
    expect(routes.length).toBeGreaterThan(50);
    const told: string[] = [];
    for (const { name, ask } of routes) {
      const response = await ask();
      expect({ name, isBroken: response.status === 500 }).toEqual({ name, isBroken: false });
      if (response.status !== 503) continue;
      told.push(name);
      expect({ name, after: response.headers.get('retry-after') }).toEqual({ name, after: '2' });
      const type = response.headers.get('content-type') ?? '';
      // Clients of other services expect their own format.
      expect(type).toMatch(name.includes('app/compat/') ? /^application\/json/ : /^(?:application\/problem\+json|text\/html)/);
    }
    // The other routes refuse before the database is asked, because of an unknown method or an invalid form.
    expect(told).toContain('POST app/api/v1/verify/single/route.ts');
    expect(told).toContain('GET app/api/v1/credits/route.ts');
    expect(told).toContain('GET app/api/lists/[id]/events/route.ts');
    expect(told.filter((name) => name.includes('app/api/v1/')).length).toBeGreaterThan(20);
  });
});

test('killed in the middle of many calls and started again: 200 or 503, and 200 in the end', async () => {
  const { GET } = await import('@/app/api/v1/credits/route');
  const statuses = new Map<number, number>();
  let isOver = false;
  const caller = async () => {
    while (!isOver) {
      const { status } = await GET(makeRequest({ key }), { params: Promise.resolve({}) });
      // The plan's rate limit is not the subject of this test.
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const callers = Array.from({ length: 6 }, caller);
  const ends = [() => postgres.kill(), () => void postgres.stop()];
  const rounds = async () => {
    for (const end of ends) {
      await expect.poll(() => statuses.get(200) ?? 0).toBeGreaterThan(0);
      end();
      await postgres.exited;
      await expect.poll(() => statuses.get(503) ?? 0).toBeGreaterThan(0);
      await start();
      statuses.delete(200);
      await expect.poll(() => statuses.get(200) ?? 0).toBeGreaterThan(0);
    }
  };
  try {
    await rounds();
  } finally {
    isOver = true;
    await Promise.all(callers);
  }
  expect([...statuses.keys()].filter((status) => ![200, 429, 503].includes(status))).toEqual([]);
});
