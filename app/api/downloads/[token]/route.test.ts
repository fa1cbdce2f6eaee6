import { beforeEach, describe, expect, it, test, vi } from 'vitest';
import { sealSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { DOWNLOAD_LINK_TTL_S } from '@/lib/platform/limits';
import { startSession } from '@/lib/accounts/sign-in';
import { createUser } from '@/lib/credits/free-credits';
import { signDownload } from '@/lib/lists/export/open-export';
import { call, ORIGIN } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { readCsv } from '@/tests/database/read-csv';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { POST } from '../../lists/[id]/downloads/route';
import { GET, HEAD } from './route';

const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({ get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined) }),
  headers: () => Promise.resolve(new Headers()),
}));

useTestDatabase();
beforeEach(() => jar.clear());

let people = 0;
async function signIn(): Promise<Scope> {
  const made = await createUser({ email: `person-${++people}@example.org`, password: 'violet-harbour-lantern-42' });
  if (!made.ok) throw made.error;
  jar.set(sessionCookieName(), await sealSessionCookie(await startSession(made.value.userId, 'Chrome on Linux')));
  return { workspaceId: made.value.workspaceId };
}

const ROWS = [
  { cells: ['a@example.com'], reason: 'mailbox_exists' as const },
  { cells: ['b@example.com'], reason: 'no_mx' as const },
];
const FORM = { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN };
const ask = (id: string, form: string, headers: Record<string, string> = FORM) =>
  call(POST, { path: `/api/lists/${id}/downloads`, params: { id }, method: 'POST', body: form, headers });
const follow = (token: string, headers: Record<string, string> = {}) =>
  call(GET, { path: `/api/downloads/${token}`, params: { token }, headers });
const tokenOf = (location: string | null): string => location?.replace('/api/downloads/', '') ?? '';

describe('a form', () => {
  it('303: leads to a link that needs no session and contains what was requested, with the byte order mark for Excel', async () => {
    const id = await seedList(await signIn(), { rows: ROWS });
    const made = await ask(id, 'segment=send&file=excel&status=&q=');
    expect(made.status).toBe(303);
    jar.clear();
    const file = await follow(tokenOf(made.headers.get('location')));
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toContain('filename="A list-send.csv"');
    expect(readCsv(file.text).map(([email]) => email)).toEqual(['email', 'a@example.com']);
  });

  it('303: applies the filter of the table', async () => {
    const id = await seedList(await signIn(), { rows: ROWS });
    const made = await ask(id, 'file=jsonl&status=undeliverable&reason=no_mx&q=b%40');
    const file = await follow(tokenOf(made.headers.get('location')));
    expect(
      file.text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([{ email: 'b@example.com' }]);
  });

  test.each(['file=pdf', 'segment=best', 'status=good', 'something=else', 'bom=true'])('400 for %s', async (form) => {
    expect(await ask(await seedList(await signIn(), { rows: ROWS }), form)).toMatchObject({ status: 400 });
  });

  it('401 without a session, 403 from another site, 404 for another workspace’s list, 413 and 415 for other bodies', async () => {
    const id = await seedList(await makeWorkspace(), { rows: ROWS });
    expect(await ask(id, '')).toMatchObject({ status: 401 });
    const own = await seedList(await signIn(), { rows: ROWS });
    expect(await ask(own, '', { ...FORM, origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect(await ask(id, '')).toMatchObject({ status: 404 });
    expect(await ask('nonsense', '')).toMatchObject({ status: 404 });
    expect(await ask(own, `q=${'a'.repeat(5_000)}`)).toMatchObject({ status: 413 });
    expect(await ask(own, '{}', { ...FORM, 'content-type': 'application/json' })).toMatchObject({ status: 415 });
  });
});

describe('a link', () => {
  const wish = { segment: 'all', filter: {}, format: 'csv', bom: false } as const;
  const PAGE = { accept: 'text/html,application/xhtml+xml' };

  it('404 when it is forged, or names a list of another workspace', async () => {
    const [scope, other] = [await makeWorkspace(), await makeWorkspace()];
    const listId = await seedList(scope, { rows: ROWS });
    const token = signDownload({ scope, listId, wish });
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect(await follow(forged)).toMatchObject({ status: 404 });
    expect(await follow(signDownload({ scope: other, listId, wish }))).toMatchObject({ status: 404 });
  });

  it('410 when it has expired, and when the rows are deleted; people get a page that says so', async () => {
    const scope = await makeWorkspace();
    const listId = await seedList(scope, { rows: ROWS });
    const old = signDownload({ scope, listId, wish }, Date.now() - DOWNLOAD_LINK_TTL_S * 1_000);
    expect(await follow(old)).toMatchObject({ status: 410, json: { code: 'gone' } });
    const token = signDownload({ scope, listId, wish });
    await inTransaction((tx) => tx.list.update({ where: { id: listId }, data: { status: 'expired' } }));
    expect(await follow(token)).toMatchObject({ status: 410, json: { code: 'gone' } });
    const page = await follow(token, PAGE);
    expect(page.status).toBe(410);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('The rows of this list were deleted');
  });

  it('409 before the start', async () => {
    const scope = await makeWorkspace();
    const listId = await seedList(scope, { status: 'ready', rows: ROWS });
    expect(await follow(signDownload({ scope, listId, wish }))).toMatchObject({ status: 409 });
  });

  it('405 for HEAD, which could say nothing about a file that is generated while it is sent', async () => {
    expect((await call(HEAD, { params: { token: 'a' }, method: 'HEAD' })).status).toBe(405);
  });
});
