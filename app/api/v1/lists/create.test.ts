import { describe, expect, it } from 'vitest';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import { LIST_NAME_MAX_CHARS, LIST_RETENTION_DAYS, LISTS_AT_WORK_A_WORKSPACE, METADATA_MAX_BYTES } from '@/lib/platform/limits';
import { newId } from '@/lib/platform/ids';
import { listSchema } from '@/lib/lists/api';
import { cancelList } from '@/lib/lists/end';
import { getList } from '@/lib/lists/read';
import { call, makeKey } from '@/tests/api/call';
import { encodeForm, formRequest, type FormPart } from '@/tests/api/upload-form';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList } from '@/tests/database/seed-list';
import { useUpCalls } from '@/tests/database/free-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { POST } from './route';

useTestDatabase();

const CSV = 'name,email\nAnn,ann@example.com\n';
const file = (more: Partial<FormPart> = {}): FormPart => ({ name: 'file', value: CSV, fileName: 'customers.csv', ...more });
const fieldsOf = (fields: Record<string, string>): FormPart[] => Object.entries(fields).map(([name, value]) => ({ name, value }));

async function makeCustomer(): Promise<{ scope: Scope; key: string }> {
  const scope = await makeWorkspace(100, 'business');
  return { scope, key: await makeKey(scope) };
}

interface Sent {
  status: number;
  headers: Headers;
  json: unknown;
}

async function send(key: string | null, parts: readonly FormPart[], headers: Record<string, string> = {}): Promise<Sent> {
  const auth: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const response = await POST(formRequest(encodeForm(parts), { ...auth, ...headers }), { params: Promise.resolve({}) });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

const upload = (key: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  send(key, [...fieldsOf(fields), file()], headers);

async function bytesOf(listId: string): Promise<string> {
  const parts = await inTransaction((tx) =>
    tx.fileChunk.findMany({ where: { fileId: listId }, orderBy: { no: 'asc' }, take: 10 }),
  );
  return Buffer.concat(parts.map(({ bytes }) => bytes)).toString();
}

describe('202', () => {
  it('the file is accepted as it is, and is being read', async () => {
    const { key } = await makeCustomer();
    const { status, headers, json } = await upload(key);
    expect(status).toBe(202);
    const list = listSchema.parse(json);
    expect(list).toMatchObject({ name: 'customers', source: 'upload', status: 'parsing', test: false, quote: null, mode: null });
    expect(list.file).toMatchObject({ name: 'customers.csv', size_bytes: CSV.length, received_bytes: CSV.length });
    expect(await bytesOf(list.id)).toBe(CSV);
    expect(headers.get('X-Credits-Remaining')).toBe('100');
  });

  it('with every option', async () => {
    const { scope, key } = await makeCustomer();
    const fields = {
      name: 'Spring',
      policy: 'cold',
      start: 'true',
      mode: 'until_empty',
      credit_cap: '50',
      retention_days: '7',
      metadata: '{"order":[1,2]}',
    };
    const list = listSchema.parse((await upload(key, fields)).json);
    expect(list).toMatchObject({
      name: 'Spring',
      policy: 'cold',
      mode: 'until_empty',
      credit_cap: 50,
      retention_days: 7,
      metadata: { order: [1, 2] },
    });
    const row = await inTransaction((tx) =>
      tx.list.findFirst({
        where: { id: list.id, ...scope },
        select: { apiKeyId: true, run: { select: { startOnReady: true } } },
      }),
    );
    expect(row?.run?.startOnReady).toBe(true);
    expect(row?.apiKeyId).toMatch(/^key_/);
  });

  it('empty fields count as missing', async () => {
    const { key } = await makeCustomer();
    const { json } = await upload(key, {
      name: '',
      policy: '',
      start: '',
      mode: '',
      credit_cap: '',
      retention_days: '',
      metadata: '',
    });
    expect(listSchema.parse(json)).toMatchObject({
      name: 'customers',
      retention_days: LIST_RETENTION_DAYS.default,
      metadata: null,
    });
  });

  it('of a test key is a test', async () => {
    const scope = await makeWorkspace();
    const { json } = await upload(await makeKey(scope, { mode: 'test' }));
    expect(listSchema.parse(json).test).toBe(true);
  });

  it('at each limit', async () => {
    const { key } = await makeCustomer();
    const metadata = JSON.stringify({ x: 'x'.repeat(METADATA_MAX_BYTES - 8) });
    const { min, max } = LIST_RETENTION_DAYS;
    expect(metadata).toHaveLength(METADATA_MAX_BYTES);
    expect((await upload(key, { metadata, name: 'n'.repeat(LIST_NAME_MAX_CHARS), retention_days: String(max) })).status).toBe(
      202,
    );
    expect((await upload(key, { retention_days: String(min) })).status).toBe(202);
  });

  it('once per Idempotency-Key: the same list again, and the file is not received twice', async () => {
    const { scope, key } = await makeCustomer();
    const again = { 'Idempotency-Key': 'order-1' };
    const [first, second] = [await upload(key, { name: 'One' }, again), await upload(key, { name: 'One' }, again)];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.json).toEqual(first.json);
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await inTransaction((tx) => tx.list.count({ where: scope }))).toBe(1);
  });
});

describe('400', () => {
  it.each<[string, string, string]>([
    ['a policy that does not exist', 'policy', 'hot'],
    ['a start that is neither', 'start', 'yes'],
    ['a mode without a start', 'mode', 'full'],
    ['a cap without a start', 'credit_cap', '5'],
    ['days that are too many', 'retention_days', '91'],
    ['days that are too few', 'retention_days', '0'],
    ['days that are no number', 'retention_days', '1e1'],
    ['metadata that is no JSON', 'metadata', '{'],
    ['metadata that is no object', 'metadata', '[1]'],
    ['metadata that is too long', 'metadata', JSON.stringify({ x: 'x'.repeat(METADATA_MAX_BYTES) })],
    ['a name that is too long', 'name', 'n'.repeat(LIST_NAME_MAX_CHARS + 1)],
    ['a field that does not exist', 'polcy', 'cold'],
  ])('%s', async (_, field, value) => {
    const { scope, key } = await makeCustomer();
    expect(await upload(key, { [field]: value })).toMatchObject({
      status: 400,
      json: { code: 'invalid_request', errors: [{ field }] },
    });
    expect(await inTransaction((tx) => tx.list.count({ where: scope }))).toBe(0);
  });

  it('a cap for a list that starts in full', async () => {
    const { key } = await makeCustomer();
    expect(await upload(key, { start: 'true', credit_cap: '5' })).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'credit_cap' }] },
    });
  });

  it('no file; a field after the file, and nothing of the file is kept', async () => {
    const { scope, key } = await makeCustomer();
    const before = await inTransaction((tx) => tx.fileChunk.count());
    expect(await send(key, [])).toMatchObject({ status: 400, json: { errors: [{ field: 'file' }] } });
    expect(await send(key, [file(), ...fieldsOf({ start: 'true' })])).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'start', detail: 'must come before the file' }] },
    });
    expect(await inTransaction((tx) => tx.list.count({ where: scope }))).toBe(0);
    expect(await inTransaction((tx) => tx.fileChunk.count())).toBe(before);
  });
});

it('401, 403: without a key, and without the scope', async () => {
  const scope = await makeWorkspace();
  expect(await send(null, [file()])).toMatchObject({ status: 401, json: { code: 'missing_key' } });
  const reader = await makeKey(scope, { scopes: ['lists:read', 'verify:write'] });
  expect(await send(reader, [file()])).toMatchObject({ status: 403, json: { code: 'insufficient_scope' } });
});

it('405: PUT', async () => {
  const { PUT } = await import('./route');
  const answered = await call(PUT, { method: 'PUT', body: {} });
  expect([answered.status, answered.headers.get('Allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
});

it('409: more lists under way than a workspace may have', async () => {
  const { scope, key } = await makeCustomer();
  for (let n = 1; n < LISTS_AT_WORK_A_WORKSPACE; n++) await seedList(scope, { status: 'running' });
  expect((await upload(key)).status).toBe(202);
  expect(await upload(key)).toMatchObject({ status: 409, json: { code: 'limit_reached' } });
});

it('413: a file that is announced to be too large', async () => {
  const { key } = await makeCustomer();
  expect(await upload(key, {}, { 'content-length': '300000000' })).toMatchObject({
    status: 413,
    json: { code: 'file_too_large' },
  });
});

it('409: a list that is ended while its file arrives', async () => {
  const { scope, key } = await makeCustomer();
  const whole = encodeForm([file()]);
  const cancelWithin = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    await expect.poll(() => inTransaction((tx) => tx.list.count({ where: scope }))).toBe(1);
    const { id: listId } = await inTransaction((tx) => tx.list.findFirstOrThrow({ where: scope }));
    expect(await cancelList(scope, { listId })).toMatchObject({ ok: true });
    controller.enqueue(whole.subarray(-1));
    controller.close();
  };
  const start = (controller: ReadableStreamDefaultController<Uint8Array>) => controller.enqueue(whole.subarray(0, -1));
  const body = new ReadableStream<Uint8Array>({ start, pull: cancelWithin }, { highWaterMark: 0 });
  const response = await POST(formRequest(body, { authorization: `Bearer ${key}` }), { params: Promise.resolve({}) });
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ code: 'conflict' });
});

it('415: another type', async () => {
  const { key } = await makeCustomer();
  expect(await upload(key, {}, { 'content-type': 'text/csv' })).toMatchObject({
    status: 415,
    json: { code: 'unsupported_media_type' },
  });
});

describe('422', () => {
  it('an empty file', async () => {
    const { scope, key } = await makeCustomer();
    expect(await send(key, [file({ value: '' })])).toMatchObject({ status: 422, json: { code: 'unreadable_file' } });
    expect(await inTransaction((tx) => tx.list.count({ where: scope }))).toBe(0);
  });

  it('an Idempotency-Key that was used for another form', async () => {
    const { key } = await makeCustomer();
    const again = { 'Idempotency-Key': 'order-2' };
    await upload(key, { name: 'One' }, again);
    expect(await upload(key, { name: 'Two' }, again)).toMatchObject({ status: 422, json: { code: 'idempotency_mismatch' } });
    expect(await upload(key, { name: 'One' }, { ...again, 'content-length': '999' })).toMatchObject({ status: 422 });
  });
});

it('429: more requests than the plan allows', async () => {
  const { scope, key } = await makeCustomer();
  await useUpCalls(scope, 'verify');
  expect(await upload(key)).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
});

it('a list belongs to its own workspace only', async () => {
  const { key } = await makeCustomer();
  const stranger = await makeCustomer();
  const list = listSchema.parse((await upload(key)).json);
  expect((await getList(stranger.scope, list.id)).ok).toBe(false);
  expect((await getList(stranger.scope, newId('list'))).ok).toBe(false);
});
