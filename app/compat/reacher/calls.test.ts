import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listLists } from '@/lib/lists/read';
import { BATCH_MAX_EMAILS } from '@/lib/platform/limits';
import { call, makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET as missing } from '../[[...path]]/route';
import { POST as checkV0 } from './v0/check_email/route';
import { GET as progress } from './v1/bulk/[id]/route';
import { GET as results } from './v1/bulk/[id]/results/route';
import { POST as createBulk } from './v1/bulk/route';
import { POST as checkV1 } from './v1/check_email/route';

useTestDatabase();
useWorker();

const PATH = '/compat/reacher/v1';

async function makeCustomer(credits = 20) {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope) };
}

describe('check_email', () => {
  it.each([
    ['v0', checkV0],
    ['v1', checkV1],
  ])('%s, with the key bare or as their secret', async (_, check) => {
    const { key } = await makeCustomer();
    const ways: Record<string, string>[] = [
      { authorization: key },
      { 'x-reacher-secret': key },
      { authorization: `Bearer ${key}` },
    ];
    for (const headers of ways) {
      const { status, json } = await call(check, {
        path: PATH,
        headers,
        body: { to_email: 'ann@example.org', from_email: 'me@example.net' },
      });
      expect(status).toBe(200);
      expect(json).toMatchObject({
        input: 'ann@example.org',
        is_reachable: 'safe',
        mx: { accepts_mail: true, records: ['mx.example.com.'] },
        smtp: { can_connect_smtp: true, is_deliverable: true, is_catch_all: false },
        syntax: { is_valid_syntax: true, username: 'ann', domain: 'example.org' },
      });
    }
  });

  it('refuses with an error in words', async () => {
    const { key } = await makeCustomer(0);
    const ask = (body: object, headers: Record<string, string> = { authorization: key }) =>
      call(checkV1, { path: PATH, headers, body });
    expect(await ask({ to_email: 'a@example.org' }, {})).toMatchObject({
      status: 401,
      json: { error: expect.any(String) as string },
    });
    expect(await ask({})).toMatchObject({ status: 400, json: { error: 'to_email is missing' } });
    expect(await ask({ to_email: 'a@example.org' })).toMatchObject({ status: 402 });
  });
});

it('bulk: from the addresses to pages of results, and a file', async () => {
  const { key } = await makeCustomer();
  const headers = { authorization: key };
  const input = ['ann@example.org', 'mailbox-not-found@example.org', 'catch-all@example.org'];
  const { json } = await call(createBulk, { path: `${PATH}/bulk`, headers, body: { input } });
  const { job_id: id } = z.object({ job_id: z.int() }).parse(json);
  const params = { id: String(id) };
  const read = async () => (await call(progress, { path: `${PATH}/bulk/${id}`, headers, params })).json;
  await expect.poll(read).toMatchObject({ job_status: 'Completed' });
  expect(await read()).toMatchObject({
    job_id: id,
    total_records: 3,
    total_processed: 3,
    summary: { total_safe: 1, total_risky: 1, total_invalid: 1, total_unknown: 0 },
  });
  const page = (query: string) => call(results, { path: `${PATH}/bulk/${id}/results?${query}`, headers, params });
  expect((await page('limit=1&offset=1')).json).toMatchObject({
    results: [{ input: 'mailbox-not-found@example.org', is_reachable: 'invalid' }],
  });
  expect((await page('format=csv')).text.trim().split('\r\n')).toHaveLength(4);
  expect((await page('format=xml')).status).toBe(400);
});

it('bulk: of many inputs, those that repeat another or are no address are processed and answered, too', async () => {
  const people = Array.from({ length: BATCH_MAX_EMAILS + 1 }, (_, n) => `p${n}@example.org`);
  const { key } = await makeCustomer(people.length + 10);
  const input = [...people, 'no address', 'p0@example.org'];
  const { json } = await call(createBulk, { path: `${PATH}/bulk`, key, body: { input } });
  const { job_id: id } = z.object({ job_id: z.int() }).parse(json);
  const params = { id: String(id) };
  const read = async () => (await call(progress, { path: `${PATH}/bulk/${id}`, key, params })).json;
  await expect.poll(read, { timeout: 60_000 }).toMatchObject({ job_status: 'Completed' });
  expect(await read()).toMatchObject({ total_records: input.length, total_processed: input.length });
  const path = `${PATH}/bulk/${id}/results?limit=2&offset=${people.length}`;
  expect((await call(results, { path, key, params })).json).toMatchObject({
    results: [
      { input: 'no address', is_reachable: 'invalid', syntax: { is_valid_syntax: false } },
      { input: 'p0@example.org', is_reachable: 'safe' },
    ],
  });
}, 90_000);

it('bulk: refuses an empty list, and does not find another workspace’s', async () => {
  const [{ scope, key }, other] = [await makeCustomer(), await makeCustomer()];
  const make = (input: readonly string[]) => call(createBulk, { path: `${PATH}/bulk`, key, body: { input } });
  expect((await make([])).status).toBe(400);
  expect((await listLists(scope)).items).toEqual([]);
  const { job_id: id } = z.object({ job_id: z.int() }).parse((await make(['ann@example.org'])).json);
  const params = { id: String(id) };
  expect((await call(progress, { path: `${PATH}/bulk/${id}`, key: other.key, params })).status).toBe(404);
});

it('any other path is a 404 that programs can read', async () => {
  expect(await call(missing, { path: '/compat/nobody/v9' })).toMatchObject({ status: 404, json: { code: 'not_found' } });
});
