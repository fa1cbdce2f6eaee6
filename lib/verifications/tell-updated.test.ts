import { describe, expect, it } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import { ADDRESS_INPUT_MAX_CHARS, METADATA_MAX_BYTES } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import type { Reason } from '@/lib/verdict/verdict';
import { verificationUpdatedDataSchema } from '@/lib/webhooks/event-data';
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
  it('follows once where the API answered 202', async () => {
    const scope = await customer();
    const view = await start(scope);
    expect(await promiseUpdate(scope, view)).toMatchObject({ status: 'pending' });
    expect([await complete(scope, view.id), await complete(scope, view.id)]).toEqual([true, false]);
    const events = await eventsOf(scope);
    expect(events).toMatchObject([{ type: 'verification.updated', test: false }]);
    expect(verificationUpdatedDataSchema.parse(events[0]?.data)).toMatchObject({
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

  it('does not follow where the check ended just before 202 would have been said: the answer tells', async () => {
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

  it('is lost with nobody to hear it, and the check ends all the same', async () => {
    const scope = await makeWorkspace(5);
    const view = await start(scope);
    await promiseUpdate(scope, view);
    expect(await complete(scope, view.id)).toBe(true);
    expect(await getVerification(scope, view.id)).toMatchObject({ ok: true, value: { status: 'deliverable' } });
  });
});
