// Callback URLs that clients of other services register for the end of a job, called over real sockets by the real sender and queue.
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { POST as createEmailable } from '@/app/compat/emailable/v1/batch/route';
import { GET as download } from '@/app/compat/kickbox/v2/downloads/[token]/route';
import { PUT as createKickbox } from '@/app/compat/kickbox/v2/verify-batch/route';
import { POST as createNeverBounce } from '@/app/compat/neverbounce/v4.2/jobs/create/route';
import { POST as sendFile } from '@/app/compat/zerobounce/v2/sendfile/route';
import { listLists } from '@/lib/lists/read';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { CALLBACK_HEADERS_MAX, CALLBACK_HEADERS_MAX_BYTES } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { purgeExpiredRows } from '@/lib/verifications/store/maintenance';
import { listCallbacks, listEndpoints } from '@/lib/webhooks/endpoints';
import { listDeliveries, replayDelivery } from '@/lib/webhooks/deliveries';
import { call, makeKey } from '@/tests/api/call';
import { encodeForm, formRequest, type FormPart } from '@/tests/api/upload-form';
import { answerByName, useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { type Received, sendToThisMachine, useReceiver } from './use-receiver';

useTestDatabase();
useWorker(answerByName, undefined, sendToThisMachine);
const receiver = useReceiver();
const { received } = receiver;
/** A path of the receiver that belongs to the running test alone. */
let origin = '';

let scope: Scope;
let key: string;
beforeEach(async () => {
  origin = receiver.origin();
  scope = await makeWorkspace(20, 'business');
  key = await makeKey(scope);
});

const EMAILS = ['ann@example.org', 'mailbox-not-found@example.org'];
const heard = (event?: string): Received | undefined =>
  received.find(({ body }) => event === undefined || z.object({ event: z.literal(event) }).safeParse(body).success);
const called = (event?: string) => expect.poll(() => heard(event), { timeout: 10_000 }).toBeDefined();
const neverBounce = (fields: object) =>
  call(createNeverBounce, {
    path: '/compat/neverbounce/v4.2/jobs/create',
    body: { key, input: EMAILS, auto_start: true, ...fields },
  });
const callbacks = () => db().webhookEndpoint.findMany({ where: { workspaceId: scope.workspaceId, listId: { not: null } } });

describe('each service is told in its own form', () => {
  it('NeverBounce: the number and an event, with the headers that were asked for', async () => {
    const headers = { 'X-Secret': 's3cret', Authorization: 'Bearer mine' };
    const { json } = await neverBounce({ callback_url: `${origin}/nb`, callback_headers: headers });
    const { job_id: id } = z.object({ job_id: z.int() }).parse(json);
    await called('job_run_finished');
    expect(heard('job_run_finished')).toMatchObject({
      path: '/nb',
      body: { job_id: id, event: 'job_run_finished' },
      headers: { 'x-secret': 's3cret', authorization: 'Bearer mine', 'content-type': 'application/json' },
    });
    expect(received[0]?.headers).not.toHaveProperty('webhook-signature');
  });

  it('Kickbox: the batch with its counts, and a link to the file that needs no key, with its fields as columns', async () => {
    const path = '/compat/kickbox/v2/verify-batch';
    const headers = { 'content-type': 'text/csv', 'x-kickbox-callback': `${origin}/kb`, 'x-kickbox-filename': 'people' };
    const { json } = await call(createKickbox, { method: 'PUT', path, key, headers, body: EMAILS.join('\n') });
    const { id } = z.object({ id: z.int() }).parse(json);
    await called();
    const body = z.object({ download_url: z.url() }).loose().parse(heard()?.body);
    expect(body).toMatchObject({
      id,
      name: 'people',
      status: 'completed',
      stats: { deliverable: 1, undeliverable: 1, risky: 0, unknown: 0, sendex: 0.9, addresses: 2 },
      error: null,
      duration: expect.any(Number) as number,
    });
    const { pathname } = new URL(body.download_url);
    expect(pathname).toMatch(/^\/compat\/kickbox\/v2\/downloads\//);
    const token = pathname.slice(pathname.lastIndexOf('/') + 1);
    const file = await call(download, { path: pathname, params: { token } });
    expect(file.headers.get('content-type')).toBe('text/csv');
    expect(file.text.split('\r\n')[0]).toMatch(/result,reason,role,free,disposable,accept_all,did_you_mean,sendex$/);
    expect(file.text).toMatch(/mailbox-not-found@example\.org,undeliverable,rejected_email,/);
    expect((await call(download, { path: `${pathname}x`, params: { token: `${token}x` } })).status).toBe(404);
  });

  it('ZeroBounce: the file, with the time in their format', async () => {
    const parts: FormPart[] = [
      { name: 'api_key', value: key },
      { name: 'email_address_column', value: '1' },
      { name: 'return_url', value: `${origin}/zb` },
      { name: 'file', value: EMAILS.join('\n'), fileName: 'people.csv' },
    ];
    const answered = await sendFile(formRequest(encodeForm(parts), {}), { params: Promise.resolve({}) });
    const { file_id: id } = z.object({ file_id: z.string() }).parse(await answered.json());
    await called();
    expect(heard()?.body).toEqual({
      file_id: id,
      file_name: 'people.csv',
      upload_date: expect.stringMatching(/^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d [AP]M$/) as string,
    });
  });

  it('Emailable: the batch with its answers', async () => {
    const { json } = await call(createEmailable, {
      path: '/compat/emailable/v1/batch',
      key,
      body: { emails: EMAILS.join(','), url: `${origin}/em` },
    });
    const { id } = z.object({ id: z.string() }).parse(json);
    await called();
    expect(heard()?.body).toMatchObject({
      id,
      message: 'Batch verification completed',
      emails: [{ state: 'deliverable' }, { state: 'undeliverable' }],
      total_counts: { total: 2 },
    });
  });
});

it('a failed callback is sent again, and each attempt is in its log', async () => {
  receiver.status = 500;
  await neverBounce({ callback_url: origin });
  await called('job_run_finished');
  const [callback] = await callbacks();
  const ended = async () => {
    const page = await listDeliveries(scope, callback?.id ?? '');
    return page.ok ? page.value.items.find(({ eventType }) => eventType === 'list.completed') : undefined;
  };
  await expect.poll(ended).toMatchObject({ attempts: 1, state: 'pending', lastStatus: 500 });
  receiver.status = 204;
  await expect.poll(ended, { timeout: 15_000 }).toMatchObject({ attempts: 2, state: 'delivered' });
  expect(await listCallbacks(scope)).toMatchObject([
    { id: callback?.id, url: origin, callback: { service: 'neverbounce' }, lastDelivery: { state: 'delivered', status: 204 } },
  ]);
  expect(await listCallbacks(await makeWorkspace())).toEqual([]);
  const delivery = { endpointId: callback?.id ?? '', id: (await ended())?.id ?? '' };
  expect(await replayDelivery(scope, delivery)).toMatchObject({ ok: true });
  await expect.poll(ended, { timeout: 15_000 }).toMatchObject({ attempts: 3, state: 'delivered' });
}, 60_000);

it('no other list triggers it, and the workspace’s webhooks are unchanged', async () => {
  const endpoint = await makeEndpoint(scope, { url: `${origin}/hook` });
  await neverBounce({ callback_url: `${origin}/nb`, filename: 'told.csv' });
  await called('job_run_finished');
  const first = received.length;
  await neverBounce({ filename: 'untold.csv' });
  await expect.poll(() => received.filter(({ path }) => path === '/hook').length, { timeout: 10_000 }).toBe(2);
  expect(received.slice(first).map(({ path }) => path)).not.toContain('/nb');
  expect(received.find(({ path }) => path === '/hook')?.headers).toHaveProperty('webhook-signature');
  expect((await listEndpoints(scope)).map(({ id }) => id)).toEqual([endpoint.id]);
});

describe('an invalid callback URL', () => {
  it.each<[string, object]>([
    ['no URL', { callback_url: 'done' }],
    ['a port of another protocol', { callback_url: 'https://example.org:25/' }],
    ['a header that says where it goes', { callback_url: 'https://example.org', callback_headers: { Host: 'x' } }],
    ['a header with a line end', { callback_url: 'https://example.org', callback_headers: { 'X-A': 'a\r\nX-B: b' } }],
    [
      'too many headers',
      {
        callback_url: 'https://example.org',
        callback_headers: Array.from({ length: CALLBACK_HEADERS_MAX + 1 }, (_, n) => `X-${n}: 1`),
      },
    ],
    [
      'headers that are too long',
      { callback_url: 'https://example.org', callback_headers: { 'X-A': 'a'.repeat(CALLBACK_HEADERS_MAX_BYTES) } },
    ],
  ])('is refused, and no list is made: %s', async (_, fields) => {
    expect((await neverBounce(fields)).json).toMatchObject({
      status: 'general_failure',
      message: expect.stringContaining('callback_url: ') as string,
    });
    expect((await listLists(scope)).items).toEqual([]);
    expect(await callbacks()).toEqual([]);
  });

  it('the maximum number of headers is accepted', async () => {
    const headers = Array.from({ length: CALLBACK_HEADERS_MAX }, (_, n) => `X-${n}: ${n}`);
    await neverBounce({ callback_url: origin, callback_headers: headers });
    await called('job_run_finished');
    expect(received[0]?.headers).toMatchObject({ 'x-0': '0', [`x-${CALLBACK_HEADERS_MAX - 1}`]: '19' });
  });
});

it('a list that is not created leaves no callback, and a deleted list takes its callback with it', async () => {
  scope = await makeWorkspace(0, 'business');
  key = await makeKey(scope);
  expect((await neverBounce({ callback_url: origin })).json).toMatchObject({ status: 'general_failure' });
  expect(await callbacks()).toEqual([]);

  await neverBounce({ callback_url: origin, auto_start: false });
  const [kept] = await callbacks();
  await purgeExpiredRows();
  expect(await callbacks()).toHaveLength(1);
  await inTransaction((tx) => tx.list.deleteMany({ where: { id: kept?.listId ?? '' } }));
  await inTransaction((tx) =>
    tx.webhookEndpoint.updateMany({ where: { id: kept?.id ?? '' }, data: { createdAt: new Date(Date.now() - 2 * 86_400_000) } }),
  );
  await purgeExpiredRows();
  expect(await callbacks()).toEqual([]);
});
