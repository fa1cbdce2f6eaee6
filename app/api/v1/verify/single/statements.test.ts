// How many SQL statements a check costs, including the worker's: each is a round trip that somebody waits for. The queue's own statements,
// which poll for work all the time, don't count.
import { Client } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { flushApiRequests } from '@/lib/accounts/requests';
import { addLines } from '@/lib/blocklist/blocklist';
import { call, makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { POST } from './route';

useTestDatabase();
useWorker();

const statement = z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)]);
const IS_THE_QUEUE_S = /^\s*(?:with j as|delete from "graphile_worker"|update "graphile_worker"|listen|select 1$)|_private_/i;
const sent: string[] = [];

beforeEach(() => {
  const original = Client.prototype.query;
  const query = vi.spyOn(Client.prototype, 'query');
  query.mockImplementation(function (this: Client, ...args: unknown[]): void {
    sent.push(statement.parse(args[0]));
    return z.custom<undefined>(() => true).parse(Reflect.apply(original, this, args));
  });
});
afterEach(() => vi.restoreAllMocks());

const TURNS = 3;

/**
 * The statements of one call, after two calls that warm everything up. Of three calls the one with the fewest: on a busy machine, what runs
 * on a timer (a heartbeat, the log of requests) falls into a call now and then.
 */
async function statementsOf(key: string, body: object): Promise<string[]> {
  const ask = () => call(POST, { path: '/api/v1/verify/single', key, body: { email: 'ann@example.org', ...body } });
  for (let warm = 0; warm < 2; warm++) expect(await ask()).toMatchObject({ status: 200 });
  let fewest: string[] | null = null;
  for (let turn = 0; turn < TURNS; turn++) {
    await flushApiRequests();
    sent.length = 0;
    const { status, headers, json } = await ask();
    expect(status).toBe(200);
    const { credits_charged: charged } = z.object({ credits_charged: z.int() }).parse(json);
    expect(headers.get('x-credits-charged')).toBe(String(charged));
    const own = sent.filter((text) => !IS_THE_QUEUE_S.test(text));
    if (fewest === null || own.length < fewest.length) fewest = own;
  }
  return fewest ?? [];
}

it('a charged check: six', async () => {
  const key = await makeKey(await makeWorkspace(100, 'business'));
  expect(await statementsOf(key, { max_age_s: 0 })).toHaveLength(6);
});

it('a test key’s check: five', async () => {
  const key = await makeKey(await makeWorkspace(0, 'business'), { mode: 'test' });
  expect(await statementsOf(key, {})).toHaveLength(5);
});

it('an answer from memory: four', async () => {
  const key = await makeKey(await makeWorkspace(100, 'business'));
  expect(await statementsOf(key, {})).toHaveLength(4);
});

it('a blocklist that names other addresses costs none', async () => {
  const scope = await makeWorkspace(100, 'business');
  expect(await addLines(scope, 'bob@example.org\nexample.net')).toMatchObject({ ok: true });
  const key = await makeKey(scope);
  expect(await statementsOf(key, { max_age_s: 0 })).toHaveLength(6);
  expect(await statementsOf(key, {})).toHaveLength(4);
});

it('a listening webhook costs more, and is notified each time', async () => {
  const scope = await makeWorkspace(100, 'business');
  await makeEndpoint(scope, { events: ['verification.completed'] });
  const texts = await statementsOf(await makeKey(scope), {});
  expect(texts.filter((text) => text.includes('"WebhookDelivery"'))).not.toEqual([]);
});
