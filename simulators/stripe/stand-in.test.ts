// The parts of Stripe's API behavior that the product relies on, called by the real SDK over HTTP, and the stand-in's own guarantees.
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { signEvent, type Webhook } from './deliver-events';
import { startStandIn, type StandIn } from './start-stand-in';

const KEY = 'sk_test_stand_in_of_a_test';
const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
const journalFile = join(folder, 'journal.jsonl');
const running: StandIn[] = [];

async function start(more: { webhook?: Webhook; journalFile?: string | null } = {}): Promise<StandIn> {
  const standIn = await startStandIn({ mode: 'local', port: 0, secretKey: KEY, journalFile: null, webhook: null, ...more });
  running.push(standIn);
  return standIn;
}

function sdk({ baseUrl }: StandIn, key = KEY): Stripe {
  const port = Number(new URL(baseUrl).port);
  return new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
}

let shared: StandIn;
let stripe: Stripe;
beforeAll(async () => {
  shared = await startStandIn({ mode: 'local', port: 0, secretKey: KEY, journalFile: null, webhook: null });
  stripe = sdk(shared);
});
afterEach(() => Promise.all(running.splice(0).map((standIn) => standIn.close())));
afterAll(async () => {
  await shared.close();
  rmSync(folder, { recursive: true, force: true });
});

test('it does not run in production mode', async () => {
  const options = { port: 0, secretKey: KEY, journalFile: null, webhook: null };
  await expect(startStandIn({ ...options, mode: 'production' })).rejects.toThrow(/production/);
});

test('another key, another version and an unknown call are refused', async () => {
  await expect(sdk(shared, 'sk_test_other').customers.list()).rejects.toThrow(Stripe.errors.StripeAuthenticationError);
  const old = await fetch(`${shared.baseUrl}/v1/customers`, {
    headers: { authorization: `Bearer ${KEY}`, 'stripe-version': '2020-08-27' },
  });
  expect(old.status).toBe(400);
  await expect(stripe.balance.retrieve()).rejects.toMatchObject({ statusCode: 404 });
});

test('a parameter that Stripe does not know is refused by name', async () => {
  const response = await fetch(`${shared.baseUrl}/v1/customers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}` },
    body: new URLSearchParams({ 'metadata[a]': 'b', color: 'red' }),
  });
  expect(await response.json()).toMatchObject({ error: { code: 'parameter_unknown', param: 'color' } });
});

test('a missing object is an error in Stripe’s format', async () => {
  await expect(stripe.customers.retrieve('cus_none')).rejects.toMatchObject({
    type: 'StripeInvalidRequestError',
    code: 'resource_missing',
    message: "No such customer: 'cus_none'",
  });
});

test('an idempotency key repeats its answer, and is refused with other parameters', async () => {
  const options = { idempotencyKey: randomUUID() };
  const first = await stripe.customers.create({ name: 'A' }, options);
  const again = await stripe.customers.create({ name: 'A' }, options);
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
  await expect(stripe.customers.create({ name: 'B' }, options)).rejects.toThrow(Stripe.errors.StripeIdempotencyError);
});

test('the SDK itself pages through lists, newest first', async () => {
  const standIn = await start();
  const own = sdk(standIn);
  const made: string[] = [];
  for (let n = 0; n < 7; n++) made.unshift((await own.customers.create({ name: `c${n}` })).id);
  const first = await own.customers.list({ limit: 3 });
  expect(first).toMatchObject({ has_more: true });
  expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 3));
  expect((await own.customers.list({ limit: 3 }).autoPagingToArray({ limit: 100 })).map(({ id }) => id)).toEqual(made);
  const back = await own.customers.list({ limit: 3, ending_before: made[4] });
  expect(back.data.map(({ id }) => id)).toEqual(made.slice(1, 4));
});

test('a deleted customer is marked as deleted, and is not listed', async () => {
  const { id } = await stripe.customers.create({ email: `${randomUUID()}@example.org` });
  await stripe.customers.del(id);
  expect(await stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true });
  expect((await stripe.customers.list({ limit: 100 })).data.map((customer) => customer.id)).not.toContain(id);
});

test('events carry the pinned version, and are listed and found', async () => {
  const customer = await stripe.customers.create({ name: 'Told of' });
  await stripe.customers.update(customer.id, { name: 'Renamed' });
  const { data } = await stripe.events.list({ type: 'customer.updated', limit: 1 });
  expect(data[0]).toMatchObject({ api_version: Stripe.API_VERSION, data: { previous_attributes: { name: 'Told of' } } });
  expect(await stripe.events.retrieve(data[0]?.id ?? '')).toMatchObject({ data: { object: { name: 'Renamed' } } });
});

test('answered requests survive a restart, even if the crash cut the last line', async () => {
  const before = await start({ journalFile });
  const kept = await sdk(before).customers.create({ name: 'Kept', metadata: { workspace_id: 'ws_1' } });
  const lost = await sdk(before).customers.create({ name: 'Half written' });
  await before.close();
  truncateSync(journalFile, statSync(journalFile).size - 20);
  const after = sdk(await start({ journalFile }));
  expect(await after.customers.retrieve(kept.id)).toMatchObject({ name: 'Kept', metadata: { workspace_id: 'ws_1' } });
  await expect(after.customers.retrieve(lost.id)).rejects.toMatchObject({ code: 'resource_missing' });
});

test('decimal numbers come back as the SDK expects them, even after a restart', async () => {
  const file = join(folder, 'decimals.jsonl');
  const before = await start({ journalFile: file });
  const product = await sdk(before).products.create({ name: 'P' });
  const price = await sdk(before).prices.create({ product: product.id, currency: 'usd', unit_amount: 900 });
  await before.close();
  const after = await sdk(await start({ journalFile: file })).prices.retrieve(price.id);
  expect([price.unit_amount_decimal?.toString(), after.unit_amount_decimal?.toString()]).toEqual(['900', '900']);
});

test('a lookup key is not taken from another price by accident', async () => {
  const product = await stripe.products.create({ name: 'Keyed' });
  const price = { product: product.id, currency: 'usd', unit_amount: 100, lookup_key: `key_${randomUUID()}` };
  const first = await stripe.prices.create(price);
  await expect(stripe.prices.create(price)).rejects.toMatchObject({ param: 'lookup_key' });
  const second = await stripe.prices.create({ ...price, transfer_lookup_key: true });
  const found = await stripe.prices.list({ lookup_keys: [price.lookup_key], active: true });
  expect(found.data.map(({ id }) => id)).toEqual([second.id]);
  expect(await stripe.prices.retrieve(first.id)).toMatchObject({ lookup_key: null });
});

test('its pages say what they are, and accept forms only from themselves', async () => {
  const page = await fetch(shared.baseUrl);
  expect(await page.text()).toContain('Stripe stand-in · test equipment, no real money');
  const form = { method: 'POST', redirect: 'manual', body: new URLSearchParams({ act: 'advance', id: 'day' }) } as const;
  const forged = await fetch(shared.baseUrl, { ...form, headers: { origin: 'https://evil.example' } });
  expect(forged.status).toBe(403);
  const { name } = await stripe.customers.create({ name: '<script>alert(1)</script>' });
  expect(name).toBe('<script>alert(1)</script>');
});

test('another host name is not answered, so no page on the internet can reach it by a name that resolves here', async () => {
  const { request } = await import('node:http');
  const status = await new Promise((done) => {
    request(shared.baseUrl, { headers: { host: 'evil.example' } }, (response) => done(response.statusCode)).end();
  });
  expect(status).toBe(421);
});

test('the signature is made as Stripe’s own: HMAC-SHA256 over time and body', () => {
  const expected = createHmac('sha256', 'whsec_x').update('12.{}').digest('hex');
  expect(signEvent('{}', 'whsec_x', 12)).toBe(`t=12,v1=${expected}`);
});

test('events arrive signed and are repeated until accepted; a restart forgets none', async () => {
  const secret = `whsec_${randomUUID()}`;
  const taken = new Map<string, Stripe.Event>();
  let isTaking = false;
  let refused = 0;
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const event = stripe.webhooks.constructEvent(Buffer.concat(chunks), request.headers['stripe-signature'] ?? '', secret);
      if (isTaking) taken.set(event.id, event);
      else refused += 1;
      response.writeHead(isTaking ? 200 : 500).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  const address = receiver.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const webhook = { url: `http://127.0.0.1:${port}/api/stripe/webhook`, secret };
  const file = join(folder, 'webhook.jsonl');
  const before = await start({ webhook, journalFile: file });
  const { id } = await sdk(before).customers.create({ name: 'Announced' });
  await expect.poll(() => refused).toBeGreaterThan(0);
  await before.close();
  isTaking = true;
  const after = await start({ webhook, journalFile: file });
  await expect.poll(() => after.world.store.list('event')[0]?.pending_webhooks).toBe(0);
  // Delivery is at least once: the same event may come twice, but no other event.
  expect([...taken.values()]).toMatchObject([{ type: 'customer.created', data: { object: { id } } }]);
  receiver.close();
});
