import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { getBalance } from '@/lib/credits/balance';
import { listLists } from '@/lib/lists/read';
import { numberOfId } from '@/lib/platform/ids';
import { BATCH_BODY_MAX_BYTES } from '@/lib/platform/limits';
import { call, makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { useUpCalls } from '@/tests/database/free-answers';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { POST as accountInfo } from './account/info/route';
import { POST as create } from './jobs/create/route';
import { POST as deleteJob } from './jobs/delete/route';
import { POST as download } from './jobs/download/route';
import { POST as parseJob } from './jobs/parse/route';
import { POST as results } from './jobs/results/route';
import { POST as search } from './jobs/search/route';
import { POST as start } from './jobs/start/route';
import { GET as statusByGet, POST as jobStatus } from './jobs/status/route';
import { GET as checkByGet, POST as check } from './single/check/route';

useTestDatabase();
useWorker();

const PATH = '/compat/neverbounce/v4.2/x';
type Handler = Parameters<typeof call>[0];
const post = (handler: Handler, body: Record<string, unknown>) => call(handler, { path: PATH, body });

async function makeCustomer(credits = 20, mode: 'live' | 'test' = 'live') {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope, { mode }) };
}

describe('single/check', () => {
  it('answers in their words, to POST and GET, and with Basic auth', async () => {
    const { scope, key } = await makeCustomer();
    const { status, json } = await post(check, { key, email: 'ann@example.org', address_info: 1, credits_info: true });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 'success',
      result: 'valid',
      flags: expect.arrayContaining(['has_dns', 'smtp_connectable']) as string[],
      suggested_correction: '',
      address_info: { addr: 'ann', host: 'example.org' },
      credits_info: { paid_credits_used: 1, paid_credits_remaining: 19 },
      execution_time: expect.any(Number) as number,
    });
    const query = new URLSearchParams({ key, email: 'mailbox-not-found@example.org' }).toString();
    expect((await call(checkByGet, { path: `${PATH}?${query}` })).json).toMatchObject({ status: 'success', result: 'invalid' });
    const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
    const byBasic = await call(checkByGet, { path: `${PATH}?email=ann@example.org`, headers: { authorization } });
    expect(byBasic.json).toMatchObject({ status: 'success', result: 'valid' });
    expect(await getBalance(scope)).toMatchObject({ available: 18 });
  });

  it('every refusal has the status 200 and one of their words', async () => {
    const { scope, key } = await makeCustomer(0);
    const said = async (fields: Record<string, unknown>) => {
      const { status, json } = await post(check, fields);
      expect(status).toBe(200);
      return json;
    };
    expect(await said({ email: 'ann@example.org' })).toMatchObject({
      status: 'auth_failure',
      message: expect.any(String) as string,
    });
    expect(await said({ key: 'wrong', email: 'ann@example.org' })).toMatchObject({ status: 'auth_failure' });
    expect(await said({ key })).toMatchObject({ status: 'general_failure', message: 'email is missing' });
    expect(await said({ key, email: 'ann@example.org' })).toMatchObject({ status: 'general_failure' });
    await useUpCalls(scope, 'verify');
    expect(await said({ key, email: 'ann@example.org' })).toMatchObject({ status: 'throttle_triggered' });
  });

  it('413 is the one exception', async () => {
    const body = ' '.repeat(BATCH_BODY_MAX_BYTES + 1);
    expect(await call(check, { path: PATH, body })).toMatchObject({ status: 413, json: { status: 'general_failure' } });
  });
});

const made = z.object({ job_id: z.int().positive() });

describe('jobs', () => {
  const INPUT = [
    { email: 'ann@example.org', name: 'Ann' },
    ['mailbox-not-found@example.org', 'B'],
    'no address',
    'ann@example.org',
  ];

  async function finished(key: string, id: number) {
    await expect.poll(async () => (await post(jobStatus, { key, job_id: id })).json).toMatchObject({ job_status: 'complete' });
  }

  it('are followed by number, from their creation to their results', async () => {
    const { key } = await makeCustomer();
    const { job_id: id } = made.parse(
      (await post(create, { key, input_location: 'supplied', input: INPUT, filename: 'people.csv' })).json,
    );
    expect((await post(jobStatus, { key, job_id: id })).json).toMatchObject({ status: 'success', id, job_status: 'waiting' });
    expect((await post(results, { key, job_id: id })).json).toMatchObject({ status: 'general_failure' });
    expect((await post(parseJob, { key, job_id: id })).json).toMatchObject({ status: 'success' });
    expect((await post(start, { key, job_id: id })).json).toMatchObject({ status: 'success' });
    await finished(key, id);
    expect((await call(statusByGet, { path: `${PATH}?key=${key}&job_id=${id}` })).json).toMatchObject({
      percent_complete: 100,
      total: { records: 4, billable: 2, processed: 3, valid: 1, invalid: 2, duplicates: 1, bad_syntax: 1 },
    });
    const page = await post(results, { key, job_id: id, page: 1, items_per_page: 2 });
    expect(page.json).toMatchObject({
      total_results: 4,
      total_pages: 2,
      results: [
        { data: { email: 'ann@example.org', name: 'Ann' }, verification: { result: 'valid' } },
        { data: { email: 'mailbox-not-found@example.org', 1: 'B' }, verification: { result: 'invalid' } },
      ],
    });
    const next = await post(results, { key, job_id: id, page: 2, items_per_page: 2 });
    expect(next.json).toMatchObject({ results: [{ data: { email: 'no address' } }, { data: { email: 'ann@example.org' } }] });
  });

  it('an address is found in any column, and the other columns come back', async () => {
    const { key } = await makeCustomer();
    const input = [['1', 'ann@example.org', 'Ann'], { id: 2, Email: 'ben@example.org' }, { id: 3, contact: 'cat@example.org' }];
    const { job_id: id } = made.parse((await post(create, { key, input, auto_start: '1' })).json);
    await finished(key, id);
    expect((await post(results, { key, job_id: String(id), items_per_page: '' })).json).toMatchObject({
      results: [
        { data: { 0: '1', email: 'ann@example.org', 2: 'Ann' } },
        { data: { id: 2, Email: 'ben@example.org' } },
        { data: { id: 3, contact: 'cat@example.org' }, verification: { result: 'valid' } },
      ],
    });
  });

  it('a page after the last is empty, which is how their Python client stops', async () => {
    const { key } = await makeCustomer();
    const { job_id: id } = made.parse((await post(create, { key, input: INPUT, auto_start: true })).json);
    await finished(key, id);
    const { json } = await post(results, { key, job_id: id, page: 2, items_per_page: 10, valids: 1 });
    expect(json).toMatchObject({ total_pages: 1, query: { page: 2 }, results: [] });
    expect((await post(search, { key, page: 9 })).json).toMatchObject({ total_results: 1, results: [] });
  });

  it('are found in the database by the number that their id has here', async () => {
    const { scope, key } = await makeCustomer();
    const { job_id: id } = made.parse((await post(create, { key, input: ['a@example.org'] })).json);
    await post(create, { key, input: ['b@example.org'] });
    const [first] = (await listLists(scope, { number: id })).items;
    expect(first && numberOfId(first.id)).toBe(id);
    expect((await listLists(scope, { number: id })).items).toHaveLength(1);
  });

  it('accept rows in an object with numbered keys, as their Go client sends them', async () => {
    const { scope, key } = await makeCustomer();
    await post(create, { key, input: { 0: { email: 'a@example.org' }, 1: { email: 'b@example.org' } } });
    expect((await listLists(scope)).items.map(({ quote }) => quote?.rows)).toEqual([2]);
  });

  it('a file with only the requested rows', async () => {
    const { key } = await makeCustomer();
    const { job_id: id } = made.parse((await post(create, { key, input: INPUT, auto_start: true })).json);
    await finished(key, id);
    const { text, headers } = await post(download, { key, job_id: id, valids: 1, include_duplicates: 0 });
    expect(headers.get('content-type')).toBe('application/octet-stream');
    const linesOf = async (fields: object) => (await post(download, { key, job_id: id, ...fields })).text.trim().split('\r\n');
    expect(text.trim().split('\r\n')).toHaveLength(2);
    expect(text).toContain('ann@example.org');
    // Their documented default: everything except duplicates, with the column email_status added.
    const whole = ['email,name,email_status', 'ann@example.org,Ann,valid', 'mailbox-not-found@example.org,,invalid'];
    expect(await linesOf({})).toEqual([...whole, 'no address,,invalid']);
    expect(await linesOf({ include_duplicates: 1 })).toHaveLength(5);
    expect(await linesOf({ only_duplicates: true })).toEqual([whole[0], 'ann@example.org,,valid']);
    expect(await linesOf({ only_bad_syntax: 1 })).toEqual([whole[0], 'no address,,invalid']);
    expect(await linesOf({ valids: 0 })).toHaveLength(3);
  });

  it('a file with the columns that their Python and Go clients request, and with their words for yes and no', async () => {
    const { key } = await makeCustomer();
    const input = ['ann+news@mail.example.org'];
    const { job_id: id } = made.parse((await post(create, { key, input, auto_start: true })).json);
    await finished(key, id);
    const appends = { addr: 1, alias: 1, host: 1, subdomain: 1, domain: 1, tld: 1, bad_syntax: 1, has_dns_info: 1 };
    const asked = { ...appends, mail_server_reachable: true, email_status_int: true, email_status: 0 };
    const python = { binary_operators_type: 'BIN_Yes_No', line_feed_type: 'LINEFEED_0A' };
    const { text } = await post(download, { key, job_id: id, ...asked, ...python });
    expect(text).toBe(
      'email,bad_syntax,addr,alias,host,subdomain,domain,tld,has_dns_info,mail_server_reachable,email_status_int\n' +
        'ann+news@mail.example.org,No,ann,news,mail.example.org,mail,example,org,Yes,Yes,0\n',
    );
    const go = await post(download, { key, job_id: id, role_account: true, binary_operator_type: 'BIN_y_n' });
    expect(go.text).toBe('email,role_account,email_status\r\nann+news@mail.example.org,n,valid\r\n');
  });

  it('results of only the requested rows, page by page', async () => {
    const { key } = await makeCustomer();
    const { job_id: id } = made.parse((await post(create, { key, input: INPUT, auto_start: true })).json);
    await finished(key, id);
    const page = (fields: object) => post(results, { key, job_id: id, items_per_page: 1, ...fields });
    expect((await page({ invalids: 1, page: 2 })).json).toMatchObject({
      total_results: 2,
      total_pages: 2,
      query: { valids: 0, invalids: 1, disposables: 0 },
      results: [{ data: { email: 'no address' } }],
    });
    expect((await page({ only_duplicates: 1 })).json).toMatchObject({ total_results: 1, results: [{ data: {} }] });
  });

  it('are not started as a free sample, because it would be charged', async () => {
    const { scope, key } = await makeCustomer();
    const { job_id: id } = made.parse((await post(create, { key, input: ['a@example.org'] })).json);
    expect((await post(start, { key, job_id: id, run_sample: true })).json).toMatchObject({ status: 'general_failure' });
    expect(await getBalance(scope)).toMatchObject({ available: 20, held: 0 });
  });

  it('are searched page by page, and deleted', async () => {
    const { scope, key } = await makeCustomer();
    for (const filename of ['a.csv', 'b.csv', 'c.csv']) await post(create, { key, input: ['x@example.org'], filename });
    const found = (more: Record<string, unknown>) => post(search, { key, ...more });
    expect((await found({ items_per_page: 2 })).json).toMatchObject({ total_results: 3, total_pages: 2 });
    const { json } = await found({ filename: 'b.csv' });
    expect(json).toMatchObject({ total_results: 1, results: [{ filename: 'b.csv', job_status: 'waiting' }] });
    const { results: jobs } = z.object({ results: z.array(z.object({ id: z.int() })) }).parse(json);
    expect((await post(deleteJob, { key, job_id: jobs[0]?.id })).json).toMatchObject({ status: 'success' });
    expect((await listLists(scope, { statuses: ['expired'] })).items.map(({ name }) => name)).toEqual(['b.csv']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a file at an address', { input_location: 'remote_url', input: ['https://example.org/list.csv'] }],
    ['nothing', { input: [] }],
    ['something without an address', { input: [{ name: 'Ann' }] }],
    ['an address to call back that is none', { input: ['a@example.org'], callback_url: 'done' }],
    ['what was meant as a free sample', { input: ['a@example.org'], run_sample: 1, auto_start: 1 }],
  ])('are not made of %s', async (_, fields) => {
    const { scope, key } = await makeCustomer();
    expect((await post(create, { key, ...fields })).json).toMatchObject({ status: 'general_failure' });
    expect((await listLists(scope)).items).toEqual([]);
  });

  it('of another workspace, or unknown, are not found', async () => {
    const { key } = await makeCustomer();
    const other = await makeCustomer();
    const { job_id: id } = made.parse((await post(create, { key, input: ['a@example.org'] })).json);
    for (const job of [id, id + 1, -1, 'x', undefined])
      expect((await post(jobStatus, { key: other.key, job_id: job })).json).toMatchObject({ status: 'general_failure' });
  });
});

it('account/info: credits left, and the number of jobs', async () => {
  const { key } = await makeCustomer(9);
  await post(create, { key, input: ['a@example.org'] });
  expect((await post(accountInfo, { key })).json).toMatchObject({
    status: 'success',
    credits_info: { paid_credits_remaining: 9 },
    job_counts: { completed: 0, queued: 1, processing: 0, under_review: 0 },
  });
});
