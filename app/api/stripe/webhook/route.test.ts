// Receiving Stripe events: which are accepted, which are refused, and that each is acted on once.
import { expect, test } from 'vitest';
import { HANDLED_EVENTS } from '@/lib/billing/handle-event';
import { insertStripeEvent } from '@/lib/billing/store/stripe-events';
import { inTransaction } from '@/lib/platform/db/transaction';
import { STRIPE_EVENT_MAX_BYTES, STRIPE_SIGNATURE_MAX_AGE_S } from '@/lib/platform/limits';
import { processStripeEvent } from '@/lib/billing/stripe-events';
import { signEvent } from '@/simulators/stripe/deliver-events';
import { sendEvent } from '@/tests/billing/buyer';
import { idIn, jobsOfEvent, makeUpEvent, signAsSdk, storedEvent } from '@/tests/billing/made-up-event';
import { useStandIn, WEBHOOK_SECRET } from '@/tests/billing/use-stand-in';
import { useTestDatabase } from '@/tests/database/use-test-database';

useTestDatabase();
useStandIn();

const nowS = (): number => Math.floor(Date.now() / 1_000);

test('200: a signed event is stored with its job', async () => {
  const body = makeUpEvent();
  const response = await sendEvent(body, signEvent(body, WEBHOOK_SECRET));
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ received: true, duplicate: false });
  expect(await storedEvent(body)).toMatchObject({ type: 'customer.updated', processedAt: null });
  expect(await jobsOfEvent(body)).toHaveLength(1);
});

test('200: a signature made by the SDK’s own test helper is accepted too', async () => {
  const body = makeUpEvent();
  const header = signAsSdk(body);
  expect(header).toBe(signEvent(body, WEBHOOK_SECRET, Number(/t=(\d+)/.exec(header)?.[1])));
  expect((await sendEvent(body, header)).status).toBe(200);
});

test('200: the same event again, even at the same moment, is stored once', async () => {
  const body = makeUpEvent();
  const answers = await Promise.all(Array.from({ length: 5 }, () => sendEvent(body, signEvent(body, WEBHOOK_SECRET))));
  const told = await Promise.all(answers.map((answer) => answer.json() as Promise<{ duplicate: boolean }>));
  expect(told.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  expect(await jobsOfEvent(body)).toHaveLength(1);
});

test('200: an event of a type that we do not handle is stored and ignored', async () => {
  const body = makeUpEvent({ type: 'terminal.reader.action_failed' });
  expect((await sendEvent(body, signEvent(body, WEBHOOK_SECRET))).status).toBe(200);
  expect(await jobsOfEvent(body)).toHaveLength(0);
  await processStripeEvent(idIn(body));
  expect(await storedEvent(body)).toMatchObject({ error: null });
});

test('200: an event about somebody else’s customer changes nothing', async () => {
  const body = makeUpEvent({
    type: 'checkout.session.completed',
    data: { object: { id: 'cs_test_of_nobody', object: 'checkout.session', customer: 'cus_of_nobody' } },
  });
  expect((await sendEvent(body, signEvent(body, WEBHOOK_SECRET))).status).toBe(200);
  await processStripeEvent(idIn(body));
  expect((await storedEvent(body))?.processedAt).not.toBeNull();
});

test.each([
  ['no signature', () => ''],
  ['another secret', (body: string) => signEvent(body, 'whsec_of_somebody_else')],
  ['another body', () => signEvent(makeUpEvent(), WEBHOOK_SECRET)],
  ['too old', (body: string) => signEvent(body, WEBHOOK_SECRET, nowS() - STRIPE_SIGNATURE_MAX_AGE_S - 5)],
  [
    'the time changed afterwards',
    (body: string) => signEvent(body, WEBHOOK_SECRET, nowS() - 900).replace(/t=\d+/, `t=${nowS()}`),
  ],
  ['a scheme of old', (body: string) => signEvent(body, WEBHOOK_SECRET).replace('v1=', 'v0=')],
  ['nonsense', () => 'nonsense'],
])('400: forged (%s), nothing is stored', async (_what, sign) => {
  const body = makeUpEvent();
  const response = await sendEvent(body, sign(body));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'invalid_request' });
  expect(await storedEvent(body)).toBeNull();
});

const NO_CHARGE = { id: 'ch_x', object: 'refund' };

test.each([
  ['no JSON', 'not json'],
  ['null', 'null'],
  ['a list', '[]'],
  ['half of an event', makeUpEvent().slice(0, -20)],
  ['no id', makeUpEvent({ id: undefined })],
  ['an id that is a number', makeUpEvent({ id: 7 })],
  ['an id too long', makeUpEvent({ id: `evt_${'x'.repeat(300)}` })],
  ['no type', makeUpEvent({ type: undefined })],
  ['no time', makeUpEvent({ created: undefined })],
  ['a time out of time', makeUpEvent({ created: 1e18 })],
  ['of another kind', makeUpEvent({ object: 'v2.core.event' })],
  ['no data', makeUpEvent({ data: undefined })],
  ['data without an object', makeUpEvent({ data: {} })],
  ['an object that is none', makeUpEvent({ data: { object: 'cus_x' } })],
  ['an object without an id', makeUpEvent({ data: { object: { object: 'customer' } } })],
  ['an object of another kind', makeUpEvent({ type: 'charge.refunded', data: { object: NO_CHARGE } })],
  [
    'a customer that is a number',
    makeUpEvent({ type: 'invoice.paid', data: { object: { id: 'in_x', object: 'invoice', customer: 5 } } }),
  ],
])('400, once: signed, but %s; no job, and a repeat is recognized', async (_what, body) => {
  const first = await sendEvent(body, signEvent(body, WEBHOOK_SECRET));
  expect(first.status).toBe(400);
  expect(await first.json()).toMatchObject({ code: 'invalid_request' });
  expect(await jobsOfEvent(body)).toHaveLength(0);
  const again = await sendEvent(body, signEvent(body, WEBHOOK_SECRET));
  expect([again.status, await again.json()]).toEqual([200, { received: true, duplicate: true }]);
  // It is not among the events that are retried, either.
  expect(HANDLED_EVENTS).not.toContain('unreadable');
});

test('200: a good event is acted on even if a broken one used its id before', async () => {
  const good = makeUpEvent();
  const broken = good.replace('"object":"customer"', '"object":"chair"');
  expect((await sendEvent(broken, signEvent(broken, WEBHOOK_SECRET))).status).toBe(400);
  expect((await sendEvent(good, signEvent(good, WEBHOOK_SECRET))).status).toBe(200);
  expect(await jobsOfEvent(good)).toHaveLength(1);
});

test('413: a body at the limit is read, one byte more is refused', async () => {
  const empty = makeUpEvent({ data: { object: { id: 'cus_of_nobody', object: 'customer', note: '' } } });
  const filled = (bytes: number) => empty.replace('"note":""', `"note":"${'x'.repeat(bytes - empty.length)}"`);
  const fits = filled(STRIPE_EVENT_MAX_BYTES);
  expect((await sendEvent(fits, signEvent(fits, WEBHOOK_SECRET))).status).toBe(200);
  const tooLarge = filled(STRIPE_EVENT_MAX_BYTES + 1);
  expect((await sendEvent(tooLarge, signEvent(tooLarge, WEBHOOK_SECRET))).status).toBe(413);
});

test('an event that could not be handled keeps its error until a later try succeeds', async () => {
  const body = makeUpEvent({ type: 'checkout.session.completed', data: { object: {} } });
  // Stored before events were checked this strictly.
  const old = { id: idIn(body), type: 'checkout.session.completed', created: new Date(), payload: JSON.parse(body) as unknown };
  await inTransaction((tx) => insertStripeEvent(old, tx));
  await expect(processStripeEvent(idIn(body))).rejects.toThrow();
  expect(await storedEvent(body)).toMatchObject({ processedAt: null });
  expect((await storedEvent(body))?.error).not.toBeNull();
});
