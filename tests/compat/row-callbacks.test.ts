// Reacher's webhook, called for each address of a bulk job over real sockets, by the real sender, queue and tasks.
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { POST as checkV1 } from '@/app/compat/reacher/v1/check_email/route';
import { GET as results } from '@/app/compat/reacher/v1/bulk/[id]/results/route';
import { POST as createBulk } from '@/app/compat/reacher/v1/bulk/route';
import { deleteList } from '@/lib/lists/keep';
import { listLists } from '@/lib/lists/read';
import { retryUnknowns } from '@/lib/lists/start';
import { db } from '@/lib/platform/db/client';
import {
  ADDRESS_INPUT_MAX_CHARS,
  CALLBACK_EXTRA_MAX_BYTES,
  CALLBACK_HEADERS_MAX,
  CALLBACK_ROWS_MAX,
} from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { listCallbacks } from '@/lib/webhooks/endpoints';
import { call, makeKey } from '@/tests/api/call';
import { answerByName, useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { sendToThisMachine, useReceiver } from './use-receiver';

useTestDatabase();
useWorker(answerByName, undefined, sendToThisMachine);
const receiver = useReceiver();

let scope: Scope;
let key: string;
beforeEach(async () => {
  scope = await makeWorkspace(50, 'business');
  key = await makeKey(scope);
});

const PATH = '/compat/reacher/v1/bulk';
const EMAILS = ['ann@example.org', 'mailbox-not-found@example.org', 'catch-all@example.org'];
const PATIENCE = { timeout: 30_000 };

const Post = z.object({ result: z.looseObject({ input: z.string(), is_reachable: z.string() }), extra: z.unknown() });
const posts = () => receiver.received.map(({ body }) => Post.parse(body));
const inputs = () => posts().map(({ result }) => result.input);
const bulk = (onEachEmail: object | null, input: readonly string[] = EMAILS) =>
  call(createBulk, { path: PATH, key, body: { input, webhook: { on_each_email: onEachEmail } } });
const made = async (onEachEmail: object | null, input?: readonly string[]): Promise<number> =>
  z.object({ job_id: z.int() }).parse((await bulk(onEachEmail, input)).json).job_id;
const list = async () => {
  const [found] = (await listLists(scope)).items;
  if (found === undefined) throw new Error('no list was made');
  return found;
};
const states = async () =>
  (await db().webhookDelivery.groupBy({ by: ['state'], where: { workspaceId: scope.workspaceId }, _count: true })).map(
    ({ state, _count }) => [state, _count],
  );
const allAre = (state: string, count: number) => expect.poll(states, PATIENCE).toEqual([[state, count]]);

it('each address is posted once, as the page of results has it, with the headers and the extra of the call', async () => {
  const input = [...EMAILS, 'ANN@example.org', 'not an address', ''];
  const extra = { campaign: 'ü\0\ud800', ids: [1, null] };
  const id = await made({ url: `${receiver.origin()}/each`, headers: { 'X-Secret': 's3cret' }, extra }, input);
  await allAre('delivered', input.length);
  const page = await call(results, { path: `${PATH}/${id}/results`, key, params: { id: String(id) } });
  const shown = z.object({ results: z.array(z.looseObject({ input: z.string() })) }).parse(page.json).results;
  expect(shown.map((row) => row.input)).toEqual(input);
  const byInput = (a: { input: string }, b: { input: string }) => (a.input < b.input ? -1 : 1);
  expect(
    posts()
      .map(({ result }) => result)
      .toSorted(byInput),
  ).toEqual(shown.toSorted(byInput));
  expect(new Set(receiver.received.map(({ body }) => JSON.stringify(Post.parse(body).extra)))).toEqual(
    new Set([JSON.stringify(extra)]),
  );
  for (const { path, headers } of receiver.received) {
    expect(path).toBe('/each');
    expect(headers).toMatchObject({ 'x-secret': 's3cret', 'content-type': 'application/json' });
    expect(headers).not.toHaveProperty('webhook-signature');
  }
  expect(await listCallbacks(scope)).toMatchObject([{ callback: { service: 'reacher' }, lastDelivery: { state: 'delivered' } }]);
}, 60_000);

it('an address that is asked again later does not hold up the others, and an answer that changes is posted again', async () => {
  await made({ url: receiver.origin() }, ['timeout@example.org', ...EMAILS]);
  await allAre('delivered', 4);
  expect(posts().every(({ extra }) => extra === null)).toBe(true);
  expect((await retryUnknowns(scope, { listId: (await list()).id })).ok).toBe(true);
  await allAre('delivered', 5);
  expect(inputs().filter((email) => email === 'timeout@example.org')).toHaveLength(2);

  await made({ url: `${receiver.origin()}/waiting` }, ['greylisted@example.org', 'ben@example.org']);
  await allAre('delivered', 6);
  expect(inputs()).toContain('ben@example.org');
  expect((await list()).status).toBe('running');
}, 60_000);

it('a receiver that fails for a while gets every address', async () => {
  receiver.status = 503;
  await made({ url: receiver.origin() });
  await expect.poll(() => receiver.received.length, PATIENCE).toBeGreaterThanOrEqual(EMAILS.length);
  receiver.received.length = 0;
  receiver.status = 200;
  await allAre('delivered', EMAILS.length);
  expect(inputs().toSorted()).toEqual(EMAILS.toSorted());
}, 60_000);

it('nothing more is sent after a 410', async () => {
  receiver.status = 410;
  const input = Array.from({ length: 12 }, (_, n) => `person-${n}@example.org`);
  await made({ url: receiver.origin() }, input);
  await expect.poll(async () => (await list()).status, PATIENCE).toBe('completed');
  await expect.poll(states, PATIENCE).toEqual([['failed', expect.any(Number)]]);
  expect(receiver.received.length).toBeLessThan(input.length);
  expect(await listCallbacks(scope)).toMatchObject([{ state: 'disabled', disabledReason: 'gone' }]);
}, 60_000);

it('nothing more is sent once the list is deleted', async () => {
  receiver.status = 500;
  await made({ url: receiver.origin() });
  await expect.poll(async () => (await list()).status, PATIENCE).toBe('completed');
  await expect.poll(() => receiver.received.length, PATIENCE).toBeGreaterThan(0);
  expect((await deleteList(scope, { listId: (await list()).id })).ok).toBe(true);
  await allAre('failed', EMAILS.length);
}, 60_000);

it('the largest post fits', async () => {
  const input = ['\u0001'.repeat(ADDRESS_INPUT_MAX_CHARS), `${'"'.repeat(ADDRESS_INPUT_MAX_CHARS - 12)}@example.org`];
  await made({ url: receiver.origin(), extra: 'x'.repeat(CALLBACK_EXTRA_MAX_BYTES - 2) }, input);
  await allAre('delivered', input.length);
}, 60_000);

describe('what is wrong with a call is said in a sentence, and no list is made', () => {
  const url = 'https://example.org/hook';
  it.each<[string, unknown, string]>([
    ['no URL', {}, 'webhook.on_each_email.url is missing'],
    ['not a URL', { url: 'here' }, 'webhook.on_each_email: This is not a complete URL'],
    ['a port of another protocol', { url: 'https://example.org:25/' }, 'webhook.on_each_email: Use port 443'],
    ['not an object', url, 'webhook.on_each_email '],
    ['a header that is not text', { url, headers: { 'X-A': 1 } }, 'webhook.on_each_email.headers.X-A must be text'],
    ['a header that says where it goes', { url, headers: { Host: 'x' } }, 'webhook.on_each_email: The header'],
    [
      'too many headers',
      { url, headers: Object.fromEntries(Array.from({ length: CALLBACK_HEADERS_MAX + 1 }, (_, n) => [`X-${n}`, ''])) },
      'webhook.on_each_email: Send at most 20 headers.',
    ],
    ['too large an extra', { url, extra: 'x'.repeat(CALLBACK_EXTRA_MAX_BYTES - 1) }, 'webhook.on_each_email: extra exceeds'],
  ])('%s', async (_, onEachEmail, sentence) => {
    const body = { input: EMAILS, webhook: { on_each_email: onEachEmail } };
    expect(await call(createBulk, { path: PATH, key, body })).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining(sentence) as string },
    });
    expect((await listLists(scope)).items).toEqual([]);
    expect(await listCallbacks(scope)).toEqual([]);
  });

  it('a webhook that is not an object', async () => {
    const body = { input: EMAILS, webhook: url };
    expect(await call(createBulk, { path: PATH, key, body })).toMatchObject({
      status: 400,
      json: { error: 'webhook must be an object' },
    });
  });

  it('more addresses than may be posted; the most that may are accepted', async () => {
    const input = Array.from({ length: CALLBACK_ROWS_MAX + 1 }, (_, n) => `${n}@example.org`);
    expect(await bulk({ url }, input)).toMatchObject({
      status: 400,
      json: { error: 'input has more than 100,000 addresses, the maximum with a webhook' },
    });
    expect((await bulk({ url }, input.slice(1))).status).toBe(200);
  });
});

it('a call without a URL for each address makes no callback, and a check of one address has its answer in its response', async () => {
  await made(null);
  expect((await call(createBulk, { path: PATH, key, body: { input: EMAILS, webhook: null } })).status).toBe(200);
  expect(await listCallbacks(scope)).toEqual([]);
  const body = { to_email: 'ann@example.org', webhook: { on_each_email: { url: receiver.origin() } } };
  expect((await call(checkV1, { path: '/compat/reacher/v1/check_email', key, body })).status).toBe(200);
  expect(receiver.received).toEqual([]);
});
