import { describe, expect, it } from 'vitest';
import type { Scope } from '@/lib/platform/scope';
import { FEEDBACK_MAX_ITEMS } from '@/lib/platform/limits';
import { feedbackAnswerSchema, feedbackBatchSchema } from '@/lib/verifications/api';
import { completeVerification } from '@/lib/verifications/complete';
import { getBalance } from '@/lib/credits/balance';
import { startVerification } from '@/lib/verifications/start';
import { call, makeKey } from '@/tests/api/call';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

useTestDatabase();

const PATH = '/api/v1/feedback';
const post = (key: string, body: unknown) => call(POST, { path: PATH, key, body });

async function makeCustomer(mode: 'live' | 'test' = 'live') {
  const scope = await makeWorkspace(20, 'business');
  return { scope, key: await makeKey(scope, { mode, scopes: ['verify:write'] }) };
}
async function judge(scope: Scope, email: string): Promise<string> {
  const { id } = mustBeOk(await startVerification(scope, { email, source: 'api' }));
  await completeVerification(scope, { id, answer: fakeAnswer(email, 'mailbox_exists'), earlierEvidence: [], isCharged: true });
  return id;
}

describe('200', () => {
  it('a bounce is recorded and refunded, and reporting it again changes nothing', async () => {
    const { scope, key } = await makeCustomer();
    const id = await judge(scope, 'gone@example.com');
    const told = { email: 'gone@example.com', outcome: 'hard_bounce', smtp_code: '550 5.1.1' };
    const first = await post(key, told);
    expect(first.status).toBe(200);
    expect(feedbackAnswerSchema.parse(first.json)).toEqual({
      outcome: 'hard_bounce',
      verification_id: id,
      list_id: null,
      row: null,
      recorded: true,
      refund: { credits: 1, reason: 'refunded', detail: 'The cost of this answer was refunded.' },
    });
    expect((await post(key, told)).json).toMatchObject({ recorded: false, refund: { credits: 0, reason: 'already_refunded' } });
    expect(await getBalance(scope)).toMatchObject({ balance: 20 });
  });

  it.each(['delivered', 'soft_bounce', 'complaint'])('%s is recorded, with the reason for no refund', async (outcome) => {
    const { scope, key } = await makeCustomer();
    const told = await post(key, { verification_id: await judge(scope, 'a@example.com'), outcome });
    expect(told).toMatchObject({ status: 200, json: { recorded: true, refund: { credits: 0, reason: 'not_a_hard_bounce' } } });
  });

  it('an array is processed item by item; unknown items are named in their place', async () => {
    const { scope, key } = await makeCustomer();
    await judge(scope, 'a@example.com');
    const id = await judge(scope, 'b@example.com');
    const told = await post(key, [
      { email: 'a@example.com', outcome: 'hard_bounce', smtp_code: 550 },
      { email: 'nobody@example.com', outcome: 'delivered' },
      { verification_id: id, outcome: 'delivered' },
      { verification_id: id, outcome: 'hard_bounce', smtp_code: 'user unknown' },
    ]);
    expect(told.status).toBe(200);
    const { data, ...sums } = feedbackBatchSchema.parse(told.json);
    expect(sums).toEqual({ recorded: 2, credits_refunded: 1 });
    expect(data).toMatchObject([
      { refund: { credits: 1 } },
      { error: { code: 'not_found' } },
      { verification_id: id, recorded: true },
      { error: { code: 'invalid_request' } },
    ]);
  });

  it('an array may be as long as its limit, but not longer and not empty', async () => {
    const { scope, key } = await makeCustomer();
    const verification_id = await judge(scope, 'a@example.com');
    const items = Array.from({ length: FEEDBACK_MAX_ITEMS }, () => ({ verification_id, outcome: 'delivered' }));
    expect(await post(key, items)).toMatchObject({ status: 200, json: { recorded: 1 } });
    expect(await post(key, [...items, ...items.slice(0, 1)])).toMatchObject({ status: 400 });
    expect(await post(key, [])).toMatchObject({ status: 400 });
  });

  it('a test key’s report is discarded: nothing is recorded or refunded', async () => {
    const { scope, key } = await makeCustomer('test');
    await judge(scope, 'a@example.com');
    const told = { email: 'a@example.com', outcome: 'hard_bounce', smtp_code: 550 };
    expect(await post(key, told)).toMatchObject({ status: 200, json: { recorded: false, refund: { credits: 0 } } });
    expect(await getBalance(scope)).toMatchObject({ balance: 19 });
  });
});

it.each([
  [{ outcome: 'delivered' }, 'email'],
  [{ email: 'a@example.com', verification_id: `ver_${'0'.repeat(26)}`, outcome: 'delivered' }, 'email'],
  [{ verification_id: 'ver_1', outcome: 'delivered' }, 'verification_id'],
  [{ email: 'a@example.com', outcome: 'opened' }, 'outcome'],
  [{ email: 'a@example.com', outcome: 'delivered', note: 'x' }, 'note'],
  [{ email: 'a@example.com', outcome: 'hard_bounce', smtp_code: 700 }, 'smtp_code'],
  [{ email: 'a@example.com', outcome: 'hard_bounce', smtp_code: [] }, 'smtp_code'],
  [[{ email: 'a@example.com', outcome: 'delivered' }, { outcome: 'delivered' }], '1.email'],
])('400 for %j, naming %s', async (body, field) => {
  const { key } = await makeCustomer();
  const refused = await post(key, body);
  expect(refused).toMatchObject({ status: 400, json: { code: 'invalid_request', errors: [{ field }] } });
});

it('404 for an address that this workspace never checked', async () => {
  const [{ key }, other] = [await makeCustomer(), await makeCustomer()];
  const verification_id = await judge(other.scope, 'theirs@example.com');
  for (const target of [{ email: 'theirs@example.com' }, { verification_id }])
    expect(await post(key, { ...target, outcome: 'delivered' })).toMatchObject({ status: 404, json: { code: 'not_found' } });
});

it('401 without a key, 403 without the scope, 405 for another method, 415 for a body that is not JSON', async () => {
  const { scope, key } = await makeCustomer();
  expect(await call(POST, { path: PATH, body: {} })).toMatchObject({ status: 401 });
  expect(await post(await makeKey(scope, { scopes: ['credits:read'] }), {})).toMatchObject({ status: 403 });
  expect(await call(GET, { path: PATH, key })).toMatchObject({ status: 405 });
  expect(await call(POST, { path: PATH, key, body: 'x', headers: { 'content-type': 'text/plain' } })).toMatchObject({
    status: 415,
  });
});
