import { describe, expect, it } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import { ADDRESS_INPUT_MAX_CHARS, METADATA_MAX_BYTES } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import type { Reason } from '@/lib/verdict/verdict';
import { verificationEndedDataSchema } from '@/lib/webhooks/event-data';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { completeVerification } from './complete';
import { getVerification, promiseUpdate } from './read';
import { startVerification, type StartVerification } from './start';

useTestDatabase();

async function start(scope: Scope, more: Partial<StartVerification> = {}) {
  const started = await startVerification(scope, { email: 'a@example.com', source: 'api', ...more });
  if (!started.ok) throw started.error;
  return started.value;
}
const complete = (
  scope: Scope,
  id: string,
  { reason = 'mailbox_exists', test = false }: { reason?: Reason; test?: boolean } = {},
) => completeVerification(scope, { id, answer: fakeAnswer('a@example.com', reason), earlierEvidence: [], isCharged: !test });
const eventsOf = ({ workspaceId }: Scope) => inTransaction((tx) => tx.webhookEvent.findMany({ where: { workspaceId }, take: 9 }));
async function customer() {
  const scope = await makeWorkspace(5);
  await makeEndpoint(scope, { events: ['verification.updated'] });
  return scope;
}

describe('verification.updated', () => {
  it('follows once if the API answered 202', async () => {
    const scope = await customer();
    const view = await start(scope);
    expect(await promiseUpdate(scope, view)).toMatchObject({ status: 'pending' });
    expect([await complete(scope, view.id), await complete(scope, view.id)]).toEqual([true, false]);
    const events = await eventsOf(scope);
    expect(events).toMatchObject([{ type: 'verification.updated', test: false }]);
    expect(verificationEndedDataSchema.parse(events[0]?.data)).toMatchObject({
      id: view.id,
      status: 'deliverable',
      reason: 'mailbox_exists',
      valid: true,
      credits_charged: 1,
    });
  });

  it('does not follow an answer that came in time', async () => {
    const scope = await customer();
    const view = await start(scope);
    await complete(scope, view.id);
    expect(await eventsOf(scope)).toEqual([]);
  });

  it('does not follow if the check ended just before the 202: the answer has the result', async () => {
    const scope = await customer();
    const view = await start(scope);
    await complete(scope, view.id);
    expect(await promiseUpdate(scope, view)).toMatchObject({ id: view.id, status: 'deliverable' });
    expect(await eventsOf(scope)).toEqual([]);
  });

  it('of a test key says so', async () => {
    const scope = await customer();
    const view = await start(scope, { test: true });
    await promiseUpdate(scope, view);
    await complete(scope, view.id, { test: true });
    expect(await eventsOf(scope)).toMatchObject([{ test: true, data: { test: true } }]);
  });

  it('fits for the longest address with the largest metadata', async () => {
    const scope = await customer();
    const metadata = { text: 'ü'.repeat((METADATA_MAX_BYTES - 20) / 2) };
    const view = await start(scope, { email: '"'.repeat(ADDRESS_INPUT_MAX_CHARS), metadata });
    await promiseUpdate(scope, view);
    await complete(scope, view.id, { reason: 'syntax_invalid' });
    expect(await eventsOf(scope)).toHaveLength(1);
  });

  it('is dropped if nobody listens, and the check ends all the same', async () => {
    const scope = await makeWorkspace(5);
    const view = await start(scope);
    await promiseUpdate(scope, view);
    expect(await complete(scope, view.id)).toBe(true);
    expect(await getVerification(scope, view.id)).toMatchObject({ ok: true, value: { status: 'deliverable' } });
  });
});

describe('verification.completed', () => {
  const listening = async () => {
    const scope = await makeWorkspace(5);
    await makeEndpoint(scope, { events: ['verification.completed'] });
    return scope;
  };

  it('is sent once for each check, whether or not the API answered in time', async () => {
    const scope = await listening();
    const [inTime, late] = [await start(scope), await start(scope, { maxAgeS: 0 })];
    await promiseUpdate(scope, late);
    for (const { id } of [inTime, late]) expect([await complete(scope, id), await complete(scope, id)]).toEqual([true, false]);
    const events = await eventsOf(scope);
    expect(events.map(({ type }) => type)).toEqual(['verification.completed', 'verification.completed']);
    const told = events.map(({ data }) => verificationEndedDataSchema.parse(data));
    expect(told.map(({ id }) => id).toSorted()).toEqual([inTime.id, late.id].toSorted());
    expect(told).toMatchObject([
      { status: 'deliverable', credits_charged: 1, cached: false },
      { status: 'deliverable', credits_charged: 1, cached: false },
    ]);
  });

  it('for an answer from memory says so, and that it cost nothing', async () => {
    const scope = await listening();
    await complete(scope, (await start(scope)).id);
    const again = await start(scope);
    expect(again.status).toBe('deliverable');
    const told = (await eventsOf(scope)).map(({ data }) => verificationEndedDataSchema.parse(data));
    expect(told.find(({ id }) => id === again.id)).toMatchObject({ cached: true, credits_charged: 0 });
  });

  it('goes together with verification.updated to an endpoint that listens for both: two events, two ids', async () => {
    const scope = await makeWorkspace(5);
    await makeEndpoint(scope, { events: ['verification.completed', 'verification.updated'] });
    const view = await start(scope);
    await promiseUpdate(scope, view);
    await complete(scope, view.id);
    const events = await eventsOf(scope);
    expect(events.map(({ type }) => type).toSorted()).toEqual(['verification.completed', 'verification.updated']);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  });

  it('of a test key says so', async () => {
    const scope = await listening();
    const view = await start(scope, { test: true });
    await complete(scope, view.id, { test: true });
    expect(await eventsOf(scope)).toMatchObject([{ type: 'verification.completed', test: true, data: { test: true } }]);
  });

  it('is not sent for a visitor’s check', async () => {
    const scope = await listening();
    const view = await start(scope, { source: 'landing', visitorKey: 'v'.repeat(64) });
    await completeVerification(scope, {
      id: view.id,
      answer: fakeAnswer('a@example.com', 'mailbox_exists'),
      earlierEvidence: [],
      isCharged: false,
    });
    expect(await eventsOf(scope)).toEqual([]);
  });
});
