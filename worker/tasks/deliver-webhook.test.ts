import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { inTransaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { createSlots, type Slots } from '@/lib/platform/slots';
import {
  WEBHOOK_FAILING_MAX_MS,
  WEBHOOK_FAILURES_MIN,
  WEBHOOK_HISTORY_MAX,
  WEBHOOK_KEEP_DAYS,
  WEBHOOK_OLD_SECRET_TTL_MS,
} from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import { getDelivery, replayDelivery, requeueLostDeliveries } from '@/lib/webhooks/deliveries';
import { deleteEndpoint, getEndpoint, rotateSecret, updateEndpoint } from '@/lib/webhooks/endpoints';
import {
  type AttemptOutcome,
  EMITTED_EVENT_TYPES,
  isDelivered,
  type SendWebhook,
  WEBHOOK_SCHEDULE_S,
  type WebhookRequest,
} from '@/lib/webhooks/rules';
import { sendTestEvent } from '@/lib/webhooks/emit';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { listCompleted, deliverOne, lastDelivery, makeEndpoint } from '@/tests/database/webhooks';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { createPurgeExpired } from './verifications';
import { createDeliverWebhook, createMailWebhookDisabled } from './webhooks';

useTestDatabase();
const { mailsTo } = useTestOutbox();

const DAY_MS = 86_400_000;
const outcome = (status: number | null, more: Partial<AttemptOutcome> = {}): AttemptOutcome => ({
  status,
  error: null,
  answer: 'answer',
  durationMs: 7,
  ...more,
});
const answering = (...outcomes: AttemptOutcome[]) => {
  const sent: WebhookRequest[] = [];
  const send: SendWebhook = (request) => {
    sent.push(request);
    return Promise.resolve(outcomes[Math.min(sent.length, outcomes.length) - 1] ?? outcome(200));
  };
  return { send, sent };
};
const many = (): Slots => createSlots({ total: 100, each: 100 });
const run = (send: SendWebhook, deliveryId: string, attempt: number, slots = many()) =>
  createDeliverWebhook({ send, slots, now: Date.now, random: () => 0.5 }).run({ deliveryId, attempt });
const makeDue = (id: string) =>
  inTransaction((tx) =>
    tx.webhookDelivery.updateMany({ where: { id, state: 'pending' }, data: { nextAttemptAt: new Date(Date.now() - 1_000) } }),
  );
const jobsOf = (id: string) =>
  inTransaction((tx) =>
    queryRows(
      z.object({ key: z.string(), run_at: z.date() }),
      Prisma.sql`
      SELECT "key", "run_at" FROM graphile_worker.jobs WHERE "key" LIKE ${`webhook:${id}:%`} ORDER BY "key"`,
      tx,
    ),
  );
const verifier = (secret: string) => new Webhook(secret);
const endpointOf = async ({ scope, id }: { scope: { workspaceId: string }; id: string }) => {
  const found = await getEndpoint(scope, id);
  if (!found.ok) throw found.error;
  return found.value;
};

describe('one attempt', () => {
  it('is signed so that an independent library verifies it, and also in the first generation’s header', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const delivery = await deliverOne(endpoint);
    const { send, sent } = answering(outcome(204));
    await run(send, delivery.id, 0);
    const [request] = sent;
    if (!request) throw new Error('nothing was sent');
    expect(request.url).toBe('https://hooks.example.com/in');
    const payload = verifier(endpoint.secret).verify(request.body, { ...request.headers });
    expect(payload).toMatchObject({
      event: 'list.completed',
      event_id: delivery.eventId,
      test: false,
      data: listCompleted().data,
    });
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(payload)).sort()).toEqual([
      'data',
      'event',
      'event_id',
      'test',
      'timestamp',
    ]);
    expect(request.body).toMatch(/"timestamp":"\d{4}-\d\d-\d\dT[\d:.]+Z"/);
    expect(request.headers['webhook-id']).toBe(delivery.eventId);
    const hex = createHmac('sha256', endpoint.secret).update(request.body).digest('hex');
    expect(request.headers['x-ev-signature']).toBe(hex);
    expect(() => verifier(endpoint.secret).verify(`${request.body} `, { ...request.headers })).toThrow();
  });

  it('with a 2xx answer is a delivery, once, however often its job runs', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id } = await deliverOne(endpoint);
    const { send, sent } = answering(outcome(200));
    await run(send, id, 0);
    await run(send, id, 0);
    expect(sent).toHaveLength(1);
    expect(await lastDelivery(endpoint)).toMatchObject({
      state: 'delivered',
      attempts: 1,
      nextAttemptAt: null,
      lastStatus: 200,
      lastAnswer: 'answer',
      lastDurationMs: 7,
      history: [{ status: 200, error: null, durationMs: 7 }],
    });
    expect((await jobsOf(id)).map(({ key }) => key)).toEqual([`webhook:${id}:0`]);
  });

  it('made by two workers at once is recorded once', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id } = await deliverOne(endpoint);
    const { send } = answering(outcome(500));
    await Promise.all([run(send, id, 0), run(send, id, 0)]);
    expect(await lastDelivery(endpoint)).toMatchObject({ state: 'pending', attempts: 1 });
    expect(await jobsOf(id)).toHaveLength(2);
  });

  it('that is killed before it is recorded is made again with the same id', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id, eventId } = await deliverOne(endpoint);
    const killed = vi.fn<SendWebhook>(() => Promise.reject(new Error('killed')));
    await expect(run(killed, id, 0)).rejects.toThrow('killed');
    const { send, sent } = answering(outcome(200));
    await run(send, id, 0);
    expect(killed.mock.calls[0]?.[0].headers['webhook-id']).toBe(eventId);
    expect(sent[0]?.headers['webhook-id']).toBe(eventId);
    expect(sent[0]?.body).toBe(killed.mock.calls[0]?.[0].body);
    expect(await lastDelivery(endpoint)).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it('before its time sends nothing', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id } = await deliverOne(endpoint);
    const { send, sent } = answering(outcome(500));
    await run(send, id, 0);
    await run(send, id, 1);
    expect(sent).toHaveLength(1);
  });

  it('keeps a replacement for characters that PostgreSQL cannot store', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id } = await deliverOne(endpoint);
    await run(answering(outcome(200, { answer: 'a\0b' })).send, id, 0);
    expect((await lastDelivery(endpoint)).lastAnswer).toBe('a\ufffdb');
  });

  it('whose endpoint was deleted meanwhile is forgotten', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id } = await deliverOne(endpoint);
    await run(
      async () => {
        await deleteEndpoint(endpoint.scope, endpoint.id);
        return outcome(200);
      },
      id,
      0,
    );
    expect(await getDelivery(endpoint.scope, { endpointId: endpoint.id, id })).toMatchObject({ ok: false });
  });
});

describe('the schedule', () => {
  it.each([199, 300, 302, 400, 404, 429, 500, 503])('takes %i as a failure', (status) => {
    expect(isDelivered(outcome(status))).toBe(false);
  });
  it.each([200, 201, 204, 299])('takes %i as a success', (status) => expect(isDelivered(outcome(status))).toBe(true));

  it('tries nine times with one id and one body, at growing intervals, and then fails', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id, eventId } = await deliverOne(endpoint);
    const { send, sent } = answering(outcome(null, { error: 'timeout', answer: null }));
    for (let attempt = 0; attempt < WEBHOOK_SCHEDULE_S.length; attempt++) {
      const before = Date.now();
      await run(send, id, attempt);
      const { nextAttemptAt } = await lastDelivery(endpoint);
      const wanted = WEBHOOK_SCHEDULE_S[attempt + 1];
      if (wanted !== undefined) {
        const waitS = (Date.parse(nextAttemptAt ?? '') - before) / 1_000;
        expect(waitS).toBeGreaterThan(wanted * 1.1 - 5);
        expect(waitS).toBeLessThan(wanted * 1.1 + 5);
        const jobs = await jobsOf(id);
        expect(jobs.find(({ key }) => key === `webhook:${id}:${attempt + 1}`)?.run_at.toISOString()).toBe(nextAttemptAt);
      }
      await makeDue(id);
    }
    expect(sent).toHaveLength(WEBHOOK_SCHEDULE_S.length);
    expect(new Set(sent.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([eventId]));
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    for (const request of sent)
      expect(() => verifier(endpoint.secret).verify(request.body, { ...request.headers })).not.toThrow();
    expect(await lastDelivery(endpoint)).toMatchObject({
      state: 'failed',
      attempts: 9,
      nextAttemptAt: null,
      lastError: 'timeout',
    });
  });

  it('starts over on a replay, with the same id; a delivered event can be replayed too', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id, eventId } = await deliverOne(endpoint);
    const { send, sent } = answering(outcome(200), outcome(500), outcome(200));
    await run(send, id, 0);
    expect(await replayDelivery(endpoint.scope, { endpointId: endpoint.id, id })).toMatchObject({ ok: true });
    await run(send, id, 1);
    expect(await lastDelivery(endpoint)).toMatchObject({ state: 'pending', attempts: 2 });
    expect(await replayDelivery(endpoint.scope, { endpointId: endpoint.id, id })).toMatchObject({ ok: true });
    await run(send, id, 2);
    expect(await lastDelivery(endpoint)).toMatchObject({ state: 'delivered', attempts: 3 });
    expect(sent.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId, eventId]);
  });

  it('keeps only the latest attempts of a delivery that is replayed again and again', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id } = await deliverOne(endpoint);
    for (let attempt = 0; attempt < WEBHOOK_HISTORY_MAX + 3; attempt++) {
      await run(answering(outcome(200, { durationMs: attempt })).send, id, attempt);
      await replayDelivery(endpoint.scope, { endpointId: endpoint.id, id });
    }
    const { history } = await lastDelivery(endpoint);
    expect(history.map(({ durationMs }) => durationMs)).toEqual(Array.from({ length: WEBHOOK_HISTORY_MAX }, (_, n) => n + 3));
  });

  it('gives a new job to a delivery that has lost its own', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id } = await deliverOne(endpoint);
    await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS "done" FROM graphile_worker.remove_job(${`webhook:${id}:0`})`;
      await tx.webhookDelivery.updateMany({ where: { id }, data: { nextAttemptAt: new Date(Date.now() - 11 * 60_000) } });
    });
    expect(await requeueLostDeliveries()).toBe(1);
    expect(await requeueLostDeliveries()).toBe(0);
    expect(await jobsOf(id)).toHaveLength(1);
  });
});

describe('a secret that is rotated', () => {
  it('is replaced at once, and the old one also signs for a day', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const rotated = await rotateSecret(endpoint.scope, endpoint.id);
    if (!rotated.ok) throw rotated.error;
    const { id } = await deliverOne(endpoint);
    const { send, sent } = answering(outcome(500), outcome(200));
    await run(send, id, 0);
    const [both] = sent;
    if (!both) throw new Error('nothing was sent');
    expect(both.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const secret of [rotated.value.secret, endpoint.secret])
      expect(() => verifier(secret).verify(both.body, { ...both.headers })).not.toThrow();
    const hex = createHmac('sha256', rotated.value.secret).update(both.body).digest('hex');
    expect(both.headers['x-ev-signature']).toBe(hex);

    await makeDue(id);
    await inTransaction((tx) =>
      tx.webhookEndpoint.updateMany({ where: { id: endpoint.id }, data: { oldSecretEndsAt: new Date(Date.now() - 1_000) } }),
    );
    await run(send, id, 1);
    const [, one] = sent;
    if (!one) throw new Error('nothing was sent');
    expect(() => verifier(rotated.value.secret).verify(one.body, { ...one.headers })).not.toThrow();
    expect(() => verifier(endpoint.secret).verify(one.body, { ...one.headers })).toThrow();
  });

  it('ends a day from now', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const rotated = await rotateSecret(endpoint.scope, endpoint.id);
    const endsAt = rotated.ok ? Date.parse(rotated.value.view.oldSecretEndsAt ?? '') : 0;
    expect(Math.abs(endsAt - Date.now() - WEBHOOK_OLD_SECRET_TTL_MS)).toBeLessThan(60_000);
  });
});

describe('an endpoint', () => {
  async function withOwner() {
    const scope = await makeWorkspace();
    const email = `${scope.workspaceId.toLowerCase()}@example.com`;
    await inTransaction(async (tx) => {
      const userId = newId('user');
      await tx.user.create({ data: { id: userId, email, emailVerified: new Date() }, select: { id: true } });
      await tx.membership.create({ data: { ...scope, userId, role: 'owner' }, select: { userId: true } });
    });
    return { endpoint: await makeEndpoint(scope), email };
  }
  const mailJob = async (endpoint: { scope: { workspaceId: string }; id: string }) => {
    const jobs = await inTransaction((tx) =>
      queryRows(
        z.unknown(),
        Prisma.sql`SELECT 1 FROM graphile_worker.jobs WHERE "key" = ${`webhook-disabled:${endpoint.id}`}`,
        tx,
      ),
    );
    if (jobs.length > 0) await createMailWebhookDisabled().run({ ...endpoint.scope, endpointId: endpoint.id });
  };

  it('that answers 410 is disabled at once, its owner is told, and nothing more is sent', async () => {
    const { endpoint, email } = await withOwner();
    const first = await deliverOne(endpoint, 'a');
    const second = await deliverOne(endpoint, 'b');
    const { send, sent } = answering(outcome(410));
    await run(send, first.id, 0);
    expect(await endpointOf(endpoint)).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    await run(send, second.id, 0);
    expect(sent).toHaveLength(1);
    expect(await lastDelivery(endpoint)).toMatchObject({ state: 'failed', lastError: 'endpoint_disabled', attempts: 0 });
    await mailJob(endpoint);
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(`/webhooks/${endpoint.id}`);
  });

  const failAgain = async (endpoint: Awaited<ReturnType<typeof makeEndpoint>>, state: { failures: number; forMs: number }) => {
    await inTransaction((tx) =>
      tx.webhookEndpoint.updateMany({
        where: { id: endpoint.id },
        data: { failures: state.failures - 1, failingSince: new Date(Date.now() - state.forMs) },
      }),
    );
    const { id } = await deliverOne(endpoint, newId('request'));
    await run(answering(outcome(500)).send, id, 0);
  };

  it('that has failed for five days is disabled and its owner is told', async () => {
    const { endpoint, email } = await withOwner();
    await failAgain(endpoint, { failures: WEBHOOK_FAILURES_MIN, forMs: WEBHOOK_FAILING_MAX_MS + 1_000 });
    expect(await endpointOf(endpoint)).toMatchObject({ state: 'disabled', disabledReason: 'failing' });
    await mailJob(endpoint);
    expect(await mailsTo(email)).toHaveLength(1);
  });

  it.each([
    ['a little less than five days', WEBHOOK_FAILURES_MIN, WEBHOOK_FAILING_MAX_MS - 60_000],
    ['long, but only now and then', WEBHOOK_FAILURES_MIN - 1, WEBHOOK_FAILING_MAX_MS * 2],
  ])('that has failed for %s stays enabled', async (_, failures, forMs) => {
    const { endpoint } = await withOwner();
    await failAgain(endpoint, { failures, forMs });
    expect(await endpointOf(endpoint)).toMatchObject({ state: 'enabled' });
  });

  it('that accepts again has a clean record, and so has one that is enabled again', async () => {
    const { endpoint } = await withOwner();
    await failAgain(endpoint, { failures: 5, forMs: DAY_MS });
    expect((await endpointOf(endpoint)).failingSince).not.toBeNull();
    const { id } = await deliverOne(endpoint, 'well');
    await run(answering(outcome(200)).send, id, 0);
    expect((await endpointOf(endpoint)).failingSince).toBeNull();
    await failAgain(endpoint, { failures: WEBHOOK_FAILURES_MIN, forMs: WEBHOOK_FAILING_MAX_MS + 1_000 });
    await updateEndpoint(endpoint.scope, endpoint.id, { state: 'enabled' });
    expect(await endpointOf(endpoint)).toMatchObject({ state: 'enabled', disabledReason: null, failingSince: null });
  });

  it('that is tested gets a signed event with `test: true`, even of a type that it is not subscribed to', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    for (const type of EMITTED_EVENT_TYPES) {
      const started = await sendTestEvent(endpoint.scope, endpoint.id, type);
      if (!started.ok) throw started.error;
      const { send, sent } = answering(outcome(200));
      await run(send, started.value.deliveryId, 0);
      const payload = verifier(endpoint.secret).verify(sent[0]?.body ?? '', { ...sent[0]?.headers });
      expect(payload).toMatchObject({ event: type, test: true });
    }
  });

  it('that is disabled is neither tested nor replayed', async () => {
    const endpoint = await makeEndpoint(await makeWorkspace());
    const { id } = await deliverOne(endpoint);
    await updateEndpoint(endpoint.scope, endpoint.id, { state: 'disabled' });
    expect(await sendTestEvent(endpoint.scope, endpoint.id)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await replayDelivery(endpoint.scope, { endpointId: endpoint.id, id })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
  });
});

describe('slow receivers', () => {
  it('take up no more than a share of the worker; a delivery without a slot comes back without an attempt', async () => {
    const [slow, other] = [await makeEndpoint(await makeWorkspace()), await makeEndpoint(await makeWorkspace())];
    const ids = [await deliverOne(slow, 'a'), await deliverOne(slow, 'b'), await deliverOne(other, 'a')].map(({ id }) => id);
    const slots = createSlots({ total: 2, each: 1 });
    let answer = (): void => undefined;
    const hanging = vi.fn<SendWebhook>(() => new Promise((done) => (answer = () => done(outcome(200)))));
    const held = run(hanging, ids[0] ?? '', 0, slots);
    await expect.poll(() => hanging.mock.calls).toHaveLength(1);
    const quick = answering(outcome(200));
    await run(quick.send, ids[1] ?? '', 0, slots);
    await run(quick.send, ids[2] ?? '', 0, slots);
    expect(quick.sent).toHaveLength(1);
    expect(await lastDelivery(slow)).toMatchObject({ state: 'pending', attempts: 0 });
    const [job] = await jobsOf(ids[1] ?? '');
    expect(job?.run_at.getTime()).toBeGreaterThan(Date.now());
    answer();
    await held;
    await run(quick.send, ids[1] ?? '', 0, slots);
    expect(await lastDelivery(slow)).toMatchObject({ state: 'delivered' });
  });

  it('give their slot back only once', () => {
    const slots = createSlots({ total: 1, each: 1 });
    const giveBack = slots.take('a');
    giveBack?.();
    giveBack?.();
    expect(slots.take('a')).not.toBeNull();
    expect(slots.take('b')).toBeNull();
  });
});

it('events and their deliveries are kept for 30 days', async () => {
  const endpoint = await makeEndpoint(await makeWorkspace());
  const old = await deliverOne(endpoint, 'old');
  const young = await deliverOne(endpoint, 'young');
  for (const [{ eventId }, days] of [
    [old, WEBHOOK_KEEP_DAYS + 0.1],
    [young, WEBHOOK_KEEP_DAYS - 0.1],
  ] as const) {
    const createdAt = new Date(Date.now() - days * DAY_MS);
    await inTransaction((tx) => tx.webhookEvent.updateMany({ where: { id: eventId }, data: { createdAt } }));
  }
  await createPurgeExpired(log('test')).run({});
  const kept = await inTransaction((tx) =>
    tx.webhookDelivery.findMany({ where: { endpointId: endpoint.id }, select: { id: true }, take: 9 }),
  );
  expect(kept).toEqual([{ id: young.id }]);
});
