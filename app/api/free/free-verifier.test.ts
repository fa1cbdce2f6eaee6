import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import {
  API_BODY_MAX_BYTES,
  FREE_CHECKS_A_DAY,
  FREE_CHECKS_A_SITE_A_DAY,
  FREE_UNCOUNTED_CHECKS,
  STREAMS_A_CLIENT,
} from '@/lib/platform/limits';
import { newId } from '@/lib/platform/ids';
import { giveUpVerification } from '@/lib/verifications/complete';
import { listVerifications } from '@/lib/dashboard/history';
import { startVerification } from '@/lib/verifications/start';
import { call, makeRequest, ORIGIN, type Call } from '@/tests/api/call';
import { readEvents } from '@/tests/api/read-events';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withoutTable } from '@/tests/database/without-table';
import { GET as getAllowance } from './allowance/route';
import { GET as getEvents, HEAD as headEvents } from './verifications/[id]/events/route';
import { GET as getChecks, POST as postCheck } from './verifications/route';

useTestDatabase();
useWorker();

let network = 0;
let address: string;
beforeEach(() => {
  address = `2001:db8:${(++network).toString(16)}:1::1`;
});

const check = (email: unknown, { headers, ...more }: Partial<Call> = {}) =>
  call(postCheck, {
    path: '/api/free/verifications',
    body: { email },
    ...more,
    headers: { origin: ORIGIN, 'x-client-address': address, ...headers },
  });
const allowance = async (from = address) => (await call(getAllowance, { headers: { 'x-client-address': from } })).json;
const cookieOf = ({ headers }: { headers: Headers }): string => headers.get('set-cookie')?.split(';')[0] ?? '';
const idOf = ({ json }: { json: unknown }): string =>
  typeof json === 'object' && json !== null && 'id' in json ? String(json.id) : '';
const watch = (id: string, cookie: string, more: Partial<Call> = {}) =>
  getEvents(makeRequest({ headers: { cookie, 'x-client-address': address }, ...more }), { params: Promise.resolve({ id }) });

describe('POST /api/free/verifications', () => {
  it('201: starts a check without an account, sets the visitor’s cookie, and says what is left', async () => {
    const started = await check('jane@example.com');
    expect(started).toMatchObject({
      status: 201,
      json: { email: 'jane@example.com', status: 'pending', source: 'landing', creditsCharged: 0 },
    });
    expect(started.headers.get('x-free-checks-remaining')).toBe(String(FREE_CHECKS_A_DAY - 1));
    expect(started.headers.get('set-cookie')).toMatch(/^ev_visitor=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
    expect(started.headers.get('cache-control')).toBe('no-store');
    expect(await allowance()).toEqual({ remaining: FREE_CHECKS_A_DAY - 1, limit: FREE_CHECKS_A_DAY, resetsInS: null });
  });

  it('201: a visitor who comes back keeps the cookie; a cookie that is not ours is replaced', async () => {
    const cookie = cookieOf(await check('a@example.com'));
    expect(cookieOf(await check('b@example.com', { headers: { cookie: `x=1; ${cookie}` } }))).toBe(cookie);
    expect(cookieOf(await check('c@example.com', { headers: { cookie: 'ev_visitor=mine' } }))).not.toBe('ev_visitor=mine');
  });

  it('201: stores neither the cookie nor the network address in plain text', async () => {
    const [, cookie] = cookieOf(await check('a@example.com')).split('=');
    const kept = await inTransaction((tx) =>
      queryRows(
        z.object({ key: z.string() }),
        Prisma.sql`
      SELECT "visitorKey" AS "key" FROM "Verification" UNION ALL SELECT "key" FROM "rate_limit"`,
        tx,
      ),
    );
    expect(kept.length).toBeGreaterThan(1);
    for (const { key } of kept) {
      expect(key).not.toContain(cookie);
      expect(key).not.toContain('2001:db8');
    }
  });

  it('429: after one network’s checks for the day, whatever cookie or header it forges; other networks are not affected', async () => {
    for (let n = 0; n < FREE_CHECKS_A_DAY; n++) {
      const started = await check(`n${n}@example.com`, { headers: { 'x-client-address': address.replace('::1', `::${n + 1}`) } });
      expect(started.headers.get('x-free-checks-remaining')).toBe(String(FREE_CHECKS_A_DAY - 1 - n));
    }
    const refused = await check('more@example.com', {
      headers: { 'x-forwarded-for': '203.0.113.200', 'x-real-ip': '203.0.113.200' },
    });
    expect(refused).toMatchObject({
      status: 429,
      json: { code: 'rate_limited', detail: 'Today’s free checks are used up. You can check again in 24 hours.' },
    });
    expect(refused.headers.get('x-free-checks-remaining')).toBe('0');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000);
    expect(await allowance()).toMatchObject({ remaining: 0, limit: FREE_CHECKS_A_DAY });
    expect(await check('more@example.com', { headers: { 'x-client-address': '2001:db8:ffff::1' } })).toMatchObject({
      status: 201,
    });
  });

  it('429: an IPv6 household is a /56, and the /48 around it has four times as much', async () => {
    const from = (household: number, at: number) =>
      check(`h${household}-${at}@example.com`, {
        headers: { 'x-client-address': `2001:db8:${network.toString(16)}:${(household * 256 + at).toString(16)}::1` },
      });
    for (let household = 1; household <= FREE_CHECKS_A_SITE_A_DAY / FREE_CHECKS_A_DAY; household++) {
      for (let at = 0; at < FREE_CHECKS_A_DAY; at++) expect((await from(household, at)).status).toBe(201);
      expect((await from(household, 99)).status).toBe(429);
    }
    expect((await from(9, 0)).status).toBe(429);
    const household = `2001:db8:${network.toString(16)}:900::1`;
    expect(await allowance(household)).toMatchObject({ remaining: 0 });
  });

  it('201: each IPv4 address is a separate visitor', async () => {
    const from = (last: number, n: number) =>
      check(`${last}-${n}@example.com`, { headers: { 'x-client-address': `192.0.2.${last}` } });
    for (let n = 0; n < FREE_CHECKS_A_DAY; n++) expect((await from(1, n)).status).toBe(201);
    expect([(await from(1, 99)).status, (await from(2, 0)).status]).toEqual([429, 201]);
  });

  it('201: bad syntax, the sandbox and repeated answers are not counted, but are limited too', async () => {
    const told = await check('told@example.com');
    await readEvents(await watch(idOf(told), cookieOf(told)));
    expect(await check('told@example.com', { headers: { cookie: cookieOf(told) } })).toMatchObject({ json: { cached: true } });
    const left = { remaining: FREE_CHECKS_A_DAY - 1 };
    expect(await allowance()).toMatchObject(left);
    for (const free of ['no address', 'x..y@gmail.com', 'alice@greylisted.sandbox.test']) {
      const started = await check(free);
      expect([started.status, started.headers.get('x-free-checks-remaining')]).toEqual([201, String(left.remaining)]);
    }
    for (let n = 3; n < FREE_UNCOUNTED_CHECKS.points; n++) expect((await check(`nonsense ${n}`)).status).toBe(201);
    const refused = await check('one more');
    expect(refused.headers.get('x-free-checks-remaining')).toBe(String(left.remaining));
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('That was a lot of checks at once');
    expect((await check('counted@example.com')).status).toBe(201);
  });

  it('201: a check that we fail to finish is returned to the allowance, once', async () => {
    const started = await check('internal-error@example.com');
    await readEvents(await watch(idOf(started), cookieOf(started)));
    expect(await allowance()).toMatchObject({ remaining: FREE_CHECKS_A_DAY });
    expect(await giveUpVerification(idOf(started), Date.now())).toBe(false);
    await check('jane@example.com');
    expect(await allowance()).toMatchObject({ remaining: FREE_CHECKS_A_DAY - 1 });
  });

  it('429: of many checks at once, no more start than the day allows', async () => {
    const answers = await Promise.all(Array.from({ length: FREE_CHECKS_A_DAY * 2 }, (_, n) => check(`at-once-${n}@example.com`)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(FREE_CHECKS_A_DAY);
  });

  it.each<{ status: number; why: string; how: Partial<Call>; email?: unknown }>([
    { status: 403, why: 'another origin', how: { headers: { origin: 'https://evil.example' } } },
    { status: 403, why: 'no origin', how: { headers: { origin: '' } } },
    { status: 415, why: 'a form', how: { headers: { 'content-type': 'text/plain' } } },
    { status: 413, why: 'too large a body', how: { body: ' '.repeat(API_BODY_MAX_BYTES + 1) } },
    { status: 400, why: 'broken JSON', how: { body: '{' } },
    { status: 400, why: 'an unknown field', how: { body: { email: 'a@example.com', max_age_s: 0 } } },
    { status: 400, why: 'no text', how: {}, email: 7 },
    { status: 400, why: 'nothing', how: {}, email: '' },
  ])('$status: $why, and nothing is counted', async ({ status, how, email = 'a@example.com' }) => {
    expect(await check(email, how)).toMatchObject({ status, json: { status } });
    expect(await allowance()).toMatchObject({ remaining: FREE_CHECKS_A_DAY, limit: FREE_CHECKS_A_DAY });
  });

  it('405: there is no list of checks', async () => {
    expect(await call(getChecks)).toMatchObject({ status: 405 });
  });

  it('500: an internal failure is not counted', async () => {
    const failed = await withoutTable('Verification', () => check('a@example.com'));
    expect(failed.status).toBe(500);
    expect(await allowance()).toMatchObject({ remaining: FREE_CHECKS_A_DAY });
  });
});

describe('GET /api/free/verifications/{id}/events', () => {
  it('200: shows the check from its current to its final state, and ends', async () => {
    const started = await check('jane@example.com');
    const response = await watch(idOf(started), cookieOf(started));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    const events = await readEvents(response);
    expect(events.at(-1)).toMatchObject({
      event: 'verification',
      data: { id: idOf(started), status: 'deliverable', reason: 'mailbox_exists' },
    });
  });

  it('404: to another visitor, to one without a cookie, to a malformed id, and for a check that is not a visitor’s', async () => {
    const started = await check('jane@example.com');
    const stranger = cookieOf(await check('joe@example.com'));
    const scope = await makeWorkspace(5);
    const own = await startVerification(scope, { email: 'a@example.com', source: 'app' });
    if (!own.ok) throw own.error;
    const cases = [
      [idOf(started), stranger],
      [idOf(started), ''],
      [idOf(started), 'ev_visitor=x'],
      [own.value.id, stranger],
      [newId('verification'), stranger],
      ['\u0000', stranger],
    ] as const;
    for (const [id, cookie] of cases) expect((await watch(id, cookie)).status).toBe(404);
  });

  it('429: one network has a limited number of open streams, and closing one frees its place', async () => {
    const started = await check('greylisted@example.com');
    const leaving = new AbortController();
    const open = () => watch(idOf(started), cookieOf(started), { signal: leaving.signal });
    const streams = await Promise.all(Array.from({ length: STREAMS_A_CLIENT }, open));
    expect(streams.map(({ status }) => status)).toEqual(Array(STREAMS_A_CLIENT).fill(200));
    const refused = await open();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('5');
    await streams[0]?.body?.cancel();
    expect((await open()).status).toBe(200);
    leaving.abort();
    const afterwards = new AbortController();
    const again = await watch(idOf(started), cookieOf(started), { signal: afterwards.signal });
    expect(again.status).toBe(200);
    afterwards.abort();
  });

  it('a refused stream takes no place', async () => {
    const visitor = cookieOf(await check('jane@example.com'));
    for (let n = 0; n <= STREAMS_A_CLIENT; n++) expect((await watch(newId('verification'), visitor)).status).toBe(404);
  });

  it('405: HEAD would open a stream that nobody reads', async () => {
    expect(await call(headEvents, { method: 'HEAD', params: { id: 'x' } })).toMatchObject({ status: 405 });
  });
});

it('visitors’ checks appear in no workspace, and each visitor’s memory is separate', async () => {
  const first = await check('same@example.com');
  await readEvents(await watch(idOf(first), cookieOf(first)));
  expect(await check('same@example.com', { headers: { cookie: cookieOf(first) } })).toMatchObject({
    json: { cached: true, status: 'deliverable' },
  });
  expect(await check('same@example.com')).toMatchObject({ json: { cached: false, status: 'pending' } });
  expect((await listVerifications({ workspaceId: VISITORS_WORKSPACE_ID })).items).toEqual([]);
});
