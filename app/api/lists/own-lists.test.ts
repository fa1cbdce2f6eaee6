// The calls that our own pages make to bring in a list: in their order, and refused.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sealSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import type { Scope } from '@/lib/platform/scope';
import { PLANS } from '@/lib/accounts/rules/plans';
import { inTransaction } from '@/lib/platform/db/transaction';
import { LIST_FILE_MAX_BYTES, LIST_RETENTION_DAYS, PASTE_MAX_BYTES, UPLOAD_PART_BYTES } from '@/lib/platform/limits';
import { newId } from '@/lib/platform/ids';
import { startSession } from '@/lib/accounts/sign-in';
import { createUser } from '@/lib/credits/free-credits';
import { cancelList } from '@/lib/lists/end';
import { call, ORIGIN, type Call, type Called } from '@/tests/api/call';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { PUT as putPart } from './[id]/parts/[no]/route';
import { GET as readUpload, POST as endUpload, PUT as putUpload } from './[id]/upload/route';
import { POST as paste } from './paste/route';
import { POST as begin } from './route';

const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({ get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined) }),
  headers: () => Promise.resolve(new Headers()),
}));

useTestDatabase();
beforeEach(() => jar.clear());

let count = 0;
async function signIn(): Promise<Scope> {
  const made = await createUser({ email: `person-${++count}@example.org`, password: 'violet-harbour-lantern-42', credits: 10 });
  if (!made.ok) throw made.error;
  jar.set(sessionCookieName(), await sealSessionCookie(await startSession(made.value.userId, 'Chrome on Linux')));
  return { workspaceId: made.value.workspaceId };
}

const OURS = { origin: ORIGIN };
const wish = { policy: 'newsletter', retentionDays: LIST_RETENTION_DAYS.default };
const beginWith = (more: object = {}) =>
  call(begin, { body: { fileName: 'customers.csv', sizeBytes: UPLOAD_PART_BYTES + 5, ...wish, ...more }, headers: OURS });
const on = (id: string, more: Partial<Call> = {}): Call => ({ params: { id }, headers: OURS, ...more });
const idOf = ({ json }: Called): string => String(typeof json === 'object' && json !== null && 'id' in json && json.id);
const send = (id: string, no: number | string, text: string) =>
  call(putPart, {
    method: 'PUT',
    params: { id, no: String(no) },
    body: text,
    headers: { ...OURS, 'content-type': 'application/octet-stream' },
  });
const FIRST = 'a'.repeat(UPLOAD_PART_BYTES);
const LAST = '@b.cd';

describe('a file in parts', () => {
  it('is begun, sent in any order, inspected, and completed', async () => {
    const scope = await signIn();
    const begun = await beginWith({ name: 'Spring' });
    expect(begun).toMatchObject({ status: 201, json: { partBytes: UPLOAD_PART_BYTES, parts: [] } });
    const id = idOf(begun);
    expect(await send(id, 2, LAST)).toMatchObject({ status: 200, json: { receivedBytes: 5, parts: [2] } });
    expect(await call(readUpload, on(id))).toMatchObject({ status: 200, json: { id, status: 'uploading', parts: [2] } });
    expect(await call(endUpload, on(id, { method: 'POST' }))).toMatchObject({ status: 409, json: { code: 'conflict' } });
    expect(await send(id, 1, FIRST)).toMatchObject({ status: 200 });
    expect(await send(id, 1, FIRST)).toMatchObject({ status: 200, json: { parts: [1, 2] } });
    const ended = await call(endUpload, on(id, { method: 'POST' }));
    expect(ended).toMatchObject({ status: 200, json: { id, status: 'parsing' } });
    expect((await call(endUpload, on(id, { method: 'POST' }))).status).toBe(200);
    const list = await inTransaction((tx) =>
      tx.list.findFirst({ where: { ...scope, id }, select: { name: true, createdById: true } }),
    );
    expect(list?.name).toBe('Spring');
    expect(list?.createdById).toMatch(/^usr_/);
  });

  it('is refused if a part is not as it must be', async () => {
    await signIn();
    const id = idOf(await beginWith());
    expect(await send(id, 1, 'too short')).toMatchObject({ status: 400 });
    expect(await send(id, 1, `${FIRST}x`)).toMatchObject({ status: 413, json: { code: 'payload_too_large' } });
    expect(await send(id, 3, LAST)).toMatchObject({ status: 400 });
    for (const no of ['0', '-1', '1.5', 'x', '100000']) expect((await send(id, no, LAST)).status).toBe(404);
    await send(id, 2, LAST);
    expect(await send(id, 2, '@c.de')).toMatchObject({ status: 409, json: { code: 'conflict' } });
  });

  it('accepts nothing after the list was discarded', async () => {
    const scope = await signIn();
    const id = idOf(await beginWith());
    await cancelList(scope, { listId: id });
    expect(await send(id, 2, LAST)).toMatchObject({ status: 409, json: { code: 'list_status_conflict' } });
    expect(await call(readUpload, on(id))).toMatchObject({ status: 200, json: { status: 'cancelled', parts: [] } });
  });

  it('may be as large as the plan’s free storage, and not empty', async () => {
    await signIn();
    expect(await beginWith({ sizeBytes: PLANS.free.keeps.bytes + 1 })).toMatchObject({
      status: 403,
      json: { code: 'quota_exceeded' },
    });
    expect((await beginWith({ sizeBytes: PLANS.free.keeps.bytes })).status).toBe(201);
    expect(await beginWith({ sizeBytes: LIST_FILE_MAX_BYTES + 1 })).toMatchObject({
      status: 413,
      json: { code: 'file_too_large' },
    });
    expect(await beginWith({ sizeBytes: 0 })).toMatchObject({ status: 422, json: { code: 'unreadable_file' } });
    expect(await beginWith({ retentionDays: 91 })).toMatchObject({ status: 400 });
    expect(await beginWith({ fileName: '' })).toMatchObject({ status: 400 });
  });
});

describe('pasted text', () => {
  const pasted = (text: string) => call(paste, { body: { ...wish, text }, headers: OURS });

  it('is read like a file', async () => {
    await signIn();
    expect(await pasted('ann@example.com\nben@example.com')).toMatchObject({ status: 201, json: { status: 'parsing' } });
  });

  it('is accepted at its limit, and refused above it', async () => {
    await signIn();
    expect((await pasted('\n'.padStart(PASTE_MAX_BYTES, 'a'))).status).toBe(201);
    expect((await pasted('é'.repeat(PASTE_MAX_BYTES / 2 + 1))).status).toBe(413);
    expect((await pasted(' \n ')).status).toBe(400);
  });
});

const everyCall = (id: string, headers: Record<string, string>) => [
  call(putPart, {
    method: 'PUT',
    params: { id, no: '2' },
    body: LAST,
    headers: { ...headers, 'content-type': 'application/octet-stream' },
  }),
  call(endUpload, { method: 'POST', params: { id }, headers }),
  call(readUpload, { params: { id }, headers }),
];

it('401: without a session', async () => {
  await signIn();
  const id = idOf(await beginWith());
  jar.clear();
  for (const answered of await Promise.all([beginWith(), ...everyCall(id, OURS)]))
    expect(answered).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
});

it('403: another site can change nothing on behalf of a signed-in person', async () => {
  const scope = await signIn();
  const id = idOf(await beginWith());
  const foreign = { origin: 'https://evil.example' };
  const [part, end] = await Promise.all(everyCall(id, foreign));
  expect([part?.status, end?.status]).toEqual([403, 403]);
  for (const headers of [foreign, {}]) {
    expect((await call(begin, { body: { fileName: 'a.csv', sizeBytes: 1, ...wish }, headers })).status).toBe(403);
    expect((await call(paste, { body: { ...wish, text: 'a@b.cd' }, headers })).status).toBe(403);
  }
  expect(await inTransaction((tx) => tx.list.count({ where: scope }))).toBe(1);
});

it('404: another workspace’s list, an unknown one, and a malformed id', async () => {
  await signIn();
  const id = idOf(await beginWith());
  await signIn();
  for (const other of [id, newId('list'), 'x', '\u0000'])
    for (const answered of await Promise.all(everyCall(other, OURS))) expect(answered.status).toBe(404);
});

it('405: an upload does not accept PUT', async () => {
  expect((await call(putUpload, { method: 'PUT', body: {}, params: { id: 'x' } })).status).toBe(405);
});
