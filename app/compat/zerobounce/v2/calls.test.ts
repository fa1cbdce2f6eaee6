import { describe, expect, it } from 'vitest';
import { flushApiRequests, listApiRequests } from '@/lib/accounts/requests';
import { listApiKeys } from '@/lib/accounts/keys';
import { getBalance } from '@/lib/credits/balance';
import { inTransaction } from '@/lib/platform/db/transaction';
import { COMPAT_AT_ONCE_MAX, COMPAT_FORM_MAX_BYTES } from '@/lib/platform/limits';
import { listLists } from '@/lib/lists/read';
import { startList } from '@/lib/lists/start';
import { call, type Call, makeKey } from '@/tests/api/call';
import { encodeForm, formRequest, type FormPart } from '@/tests/api/upload-form';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useUpCalls } from '@/tests/database/free-answers';
import { makeList } from '@/tests/database/make-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET as notOfferedByGet, POST as notOffered } from './[...call]/route';
import { GET as activity } from './activity/route';
import { GET as deleteFile } from './deletefile/route';
import { GET as fileStatus } from './filestatus/route';
import { GET as getApiUsage } from './getapiusage/route';
import { GET as getCredits } from './getcredits/route';
import { GET as getFile } from './getfile/route';
import { POST as sendFile } from './sendfile/route';
import { GET as validate, HEAD as validateHead, POST as validatePost } from './validate/route';
import { POST as validateBatch } from './validatebatch/route';

useTestDatabase();
useWorker();

async function makeCustomer(credits = 20, mode: 'live' | 'test' = 'live') {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope, { mode }) };
}

type Handler = Parameters<typeof call>[0];
const get = (handler: Handler, fields: Record<string, string>, more: Partial<Call> = {}) =>
  call(handler, { path: `/compat/zerobounce/v2/x?${new URLSearchParams(fields).toString()}`, ...more });

describe('validate', () => {
  it('answers in their words, and charges one credit', async () => {
    const { scope, key } = await makeCustomer();
    const { status, json, headers } = await get(validate, { api_key: key, email: 'jane@example.org', ip_address: '' });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      address: 'jane@example.org',
      status: 'valid',
      sub_status: '',
      mx_found: 'true',
      domain: 'example.org',
    });
    expect(headers.get('x-ev-reason')).toBe('mailbox_exists');
    expect(await getBalance(scope)).toMatchObject({ available: 19, held: 0 });
  });

  it('an answer that is not ready in time is unknown, and the same question continues that check, charged once', async () => {
    const { scope, key } = await makeCustomer();
    const ask = () => get(validate, { api_key: key, email: 'greylisted@example.org', timeout: '3' });
    expect((await ask()).json).toMatchObject({ status: 'unknown', sub_status: 'greylisted' });
    expect((await ask()).json).toMatchObject({ status: 'unknown', sub_status: 'greylisted' });
    expect(await inTransaction((tx) => tx.verification.count({ where: scope }))).toBe(1);
    expect(await getBalance(scope)).toMatchObject({ held: 1 });
  });

  it('a test key gets their test answers and ours, for free', async () => {
    const { key } = await makeCustomer(0, 'test');
    const said = async (email: string) => (await get(validate, { api_key: key, email })).json;
    expect(await said('spamtrap@example.com')).toMatchObject({ status: 'spamtrap', sub_status: '' });
    expect(await said('possible_trap@example.com')).toMatchObject({ status: 'do_not_mail', sub_status: 'possible_trap' });
    expect(await said('mailbox-full@example.org')).toMatchObject({ status: 'invalid', sub_status: 'mailbox_quota_exceeded' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['no address', {}, 'email is missing'],
    ['no number of seconds', { email: 'a@example.org', timeout: 'soon' }, 'timeout must be a number'],
  ])('400: %s', async (_, fields, sentence) => {
    const { key } = await makeCustomer();
    const { status, json } = await get(validate, { api_key: key, ...fields });
    expect(status).toBe(400);
    expect(json).toEqual({ error: expect.stringContaining(sentence) as string });
  });

  it('400: without a key, with a wrong one, and without credits, in the same words', async () => {
    const { key } = await makeCustomer(0);
    const error = 'Invalid API key or your account ran out of credits';
    const email = 'jane@example.org';
    const asked: Record<string, string>[] = [{ email }, { api_key: 'wrong', email }, { api_key: key, email }];
    for (const fields of asked) expect(await get(validate, fields)).toMatchObject({ status: 400, json: { error } });
  });

  it('405: HEAD and POST, which would spend a check on nothing', async () => {
    expect((await call(validateHead, {})).status).toBe(405);
    expect((await call(validatePost, { body: {} })).status).toBe(405);
  });

  it('429 in their format, with the time to wait', async () => {
    const { scope, key } = await makeCustomer();
    await useUpCalls(scope, 'verify');
    const { status, json, headers } = await get(validate, { api_key: key, email: 'a@example.org' });
    expect(status).toBe(429);
    expect(json).toHaveProperty('error');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('the request log contains neither the key nor the address', async () => {
    const { scope, key } = await makeCustomer();
    await get(validate, { api_key: key, email: 'jane@example.org' });
    await flushApiRequests();
    const [{ id } = { id: '' }] = await listApiKeys(scope);
    const [noted] = await listApiRequests(scope, id);
    expect(noted?.path).toBe('/compat/zerobounce/v2/x');
  });
});

describe('validatebatch', () => {
  const post = (key: string, emails: readonly string[], headers: Record<string, string> = {}) => {
    const body = JSON.stringify({
      api_key: key,
      email_batch: emails.map((email) => ({ email_address: email, ip_address: null })),
    });
    // Their own client sends JSON as text/plain.
    return call(validateBatch, {
      path: '/compat/zerobounce/v2/validatebatch',
      body,
      headers: { 'content-type': 'text/plain', ...headers },
    });
  };

  it('every address is answered in its place', async () => {
    const { scope, key } = await makeCustomer();
    const { status, json } = await post(key, [
      'ann@example.org',
      'mailbox-not-found@example.org',
      'no address',
      'ann@example.org',
    ]);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      email_batch: [
        { address: 'ann@example.org', status: 'valid' },
        { address: 'mailbox-not-found@example.org', status: 'invalid', sub_status: 'mailbox_not_found' },
        { address: 'no address', status: 'invalid', sub_status: 'failed_syntax_check' },
        { address: 'ann@example.org', status: 'valid' },
      ],
      errors: [],
    });
    expect(await getBalance(scope)).toMatchObject({ held: 0, available: 18 });
  });

  it('with too few credits nothing is checked, and the error is in the body', async () => {
    const { scope, key } = await makeCustomer(1);
    const { status, json } = await post(key, ['ann@example.org', 'ben@example.org']);
    expect(status).toBe(200);
    expect(json).toMatchObject({ email_batch: [], errors: [{ email_address: 'all' }] });
    expect((await listLists(scope)).items).toEqual([]);
  });

  it('accepts as many addresses as theirs, and not one more', async () => {
    const { key } = await makeCustomer(0, 'test');
    const many = (count: number) => Array.from({ length: count }, (_, n) => `p${n}@example.org`);
    expect((await post(key, many(COMPAT_AT_ONCE_MAX))).json).toMatchObject({ errors: [] });
    expect((await post(key, many(COMPAT_AT_ONCE_MAX + 1))).json).toMatchObject({ errors: [{ email_address: 'all' }] });
  });

  it('runs once per Idempotency-Key', async () => {
    const { scope, key } = await makeCustomer();
    const headers = { 'idempotency-key': 'zb-1' };
    const [first, second] = [await post(key, ['ann@example.org'], headers), await post(key, ['ann@example.org'], headers)];
    expect(second.text).toBe(first.text);
    expect((await listLists(scope)).items).toHaveLength(1);
  });
});

describe('credits and usage', () => {
  it('credits as text, which their Go client requires, and -1 for a key that does not exist', async () => {
    const { key } = await makeCustomer(7);
    expect(await get(getCredits, { api_key: key })).toMatchObject({ status: 200, json: { Credits: '7' } });
    expect(await get(getCredits, { api_key: 'wrong' })).toMatchObject({ status: 200, json: { Credits: '-1' } });
  });

  it('counts answers by their words', async () => {
    const { key } = await makeCustomer();
    for (const name of ['ann', 'ben', 'mailbox-not-found']) await get(validate, { api_key: key, email: `${name}@example.org` });
    const today = new Date().toISOString().slice(0, 10);
    const { json } = await get(getApiUsage, { api_key: key, start_date: today, end_date: today });
    const day = `${Number(today.slice(5, 7))}/${Number(today.slice(8, 10))}/${today.slice(0, 4)}`;
    expect(json).toMatchObject({
      total: 3,
      status_valid: 2,
      status_invalid: 1,
      status_catch_all: 0,
      sub_status_mailbox_not_found: 1,
      sub_status_toxic: 0,
      start_date: day,
      end_date: day,
    });
    expect((await get(getApiUsage, { api_key: key, start_date: 'soon', end_date: today })).status).toBe(400);
  });
});

describe('their other products', () => {
  it('activity: nothing was found', async () => {
    const { key } = await makeCustomer();
    const asked = { api_key: key, email: 'ann@example.org' };
    expect(await get(activity, asked)).toMatchObject({ status: 200, json: { found: false, active_in_days: null } });
    expect(await get(activity, { api_key: 'wrong', email: 'a' })).toMatchObject({
      status: 400,
      json: { error: expect.any(String) as string },
    });
  });

  it('404: scoring and finding are refused on the path that each of their clients uses', async () => {
    const error = expect.stringContaining('not offered') as string;
    const refused = { status: 404, json: { success: false, error, message: error, error_message: error } };
    expect(await call(notOffered, { method: 'POST', path: '/compat/zerobounce/v2/scoring/sendfile', body: {} })).toMatchObject(
      refused,
    );
    expect(await get(notOfferedByGet, { domain: 'example.org' })).toMatchObject(refused);
  });
});

describe('files', () => {
  const CSV = 'name,email\nAnn,ann@example.org\nBen,mailbox-not-found@example.org\n';

  /** Sends the fields after the file, as their JavaScript client does. */
  async function send(key: string, fields: Record<string, string>, value = CSV) {
    const file: FormPart = { name: 'file', value, fileName: 'people.csv' };
    const behind = Object.entries({ ...fields, api_key: key }).map(([name, text]): FormPart => ({ name, value: text }));
    const response = await sendFile(formRequest(encodeForm([file, ...behind]), {}), { params: Promise.resolve({}) });
    const json: unknown = await response.json();
    return { status: response.status, json };
  }

  it('a file is accepted and read from the column they name', async () => {
    const { scope, key } = await makeCustomer();
    const { status, json } = await send(key, { email_address_column: '2', has_header_row: 'true' });
    // Their Go client accepts no other status.
    expect(status).toBe(201);
    const [list] = (await listLists(scope)).items;
    expect(json).toEqual({ success: true, message: 'File Accepted', file_name: 'people.csv', file_id: list?.id });
    const about = await get(fileStatus, { api_key: key, file_id: list?.id ?? '' });
    expect(about.json).toMatchObject({ success: true, file_name: 'people.csv', file_status: expect.any(String) as string });
    // Their Python client parses it with a pattern that has whole seconds.
    expect(about.json).toHaveProperty('upload_date', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/));
  });

  it.each<[string, Record<string, string>]>([
    ['no column', {}],
    ['an address to call back that is none', { email_address_column: '2', return_url: 'done' }],
  ])('400: %s, and no list', async (_, fields) => {
    const { scope, key } = await makeCustomer();
    const { status, json } = await send(key, fields);
    expect(status).toBe(400);
    expect(json).toMatchObject({ success: false, message: expect.any(String) as string });
    expect((await listLists(scope)).items).toEqual([]);
  });

  it('400: a form that is too large, before it is read', async () => {
    const { key } = await makeCustomer();
    expect((await send(key, { email_address_column: '2' }, 'x'.repeat(COMPAT_FORM_MAX_BYTES))).status).toBe(400);
  });

  it('a file that is done is downloaded with their columns, and deleted', async () => {
    const { scope, key } = await makeCustomer();
    const id = await makeList(scope, { emails: ['ann@example.org', 'mailbox-not-found@example.org'], status: 'ready' });
    const fields = { api_key: key, file_id: id };
    expect((await get(getFile, fields)).json).toMatchObject({ success: false });
    await startList(scope, { listId: id, mode: 'full' });
    const status = async () => (await get(fileStatus, fields)).json;
    await expect.poll(status).toMatchObject({ file_status: 'Complete', complete_percentage: '100%' });
    const { text, headers } = await get(getFile, fields);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(text.split('\r\n').slice(0, 3)).toEqual([
      'ZB Status,ZB Sub Status,ZB Account,ZB Domain,ZB First Name,ZB Last Name,ZB Gender,ZB Free Email,ZB MX Found,ZB MX Record,ZB SMTP Provider,ZB Did You Mean',
      'valid,,ann,example.org,,,,False,true,mx.example.com,example,',
      'invalid,mailbox_not_found,mailbox-not-found,example.org,,,,False,true,mx.example.com,example,',
    ]);
    expect((await get(deleteFile, fields)).json).toMatchObject({ success: true, message: 'File Deleted', file_id: id });
    expect((await get(getFile, fields)).json).toMatchObject({ success: false });
  });

  it('404: another workspace’s file, and a file of the other mode', async () => {
    const { scope, key } = await makeCustomer();
    const other = await makeCustomer();
    const id = await makeList(scope, { emails: ['ann@example.org'] });
    expect((await get(fileStatus, { api_key: other.key, file_id: id })).status).toBe(404);
    const testKey = await makeKey(scope, { mode: 'test' });
    expect((await get(fileStatus, { api_key: testKey, file_id: id })).status).toBe(404);
    expect((await get(fileStatus, { api_key: key, file_id: id })).status).toBe(200);
  });
});
