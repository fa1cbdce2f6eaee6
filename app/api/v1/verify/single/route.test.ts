import { afterEach, describe, expect, it, vi } from 'vitest';
import { listApiKeys, revokeApiKey } from '@/lib/accounts/keys';
import { API_KEY_RANDOM_CHARS, composeApiKey } from '@/lib/accounts/rules/keys';
import { getBalance } from '@/lib/credits/balance';
import { PLANS } from '@/lib/accounts/rules/plans';
import { listVerifications } from '@/lib/dashboard/history';
import {
  ADDRESS_INPUT_MAX_CHARS,
  API_BODY_MAX_BYTES,
  API_KEY_FAILURES,
  IDEMPOTENCY_KEY_MAX_CHARS,
  METADATA_MAX_BYTES,
} from '@/lib/platform/limits';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { pendingAnswerSchema, verificationAnswerSchema } from '@/lib/verdict/verification-schema';
import { call, type Call, makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { setFreeAnswers, useUpCalls } from '@/tests/database/free-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { withoutTable } from '@/tests/database/without-table';
import { DELETE, GET, POST } from './route';

useTestDatabase();
useWorker();
afterEach(() => vi.useRealTimers());

const PATH = '/api/v1/verify/single';
const post = (body: unknown, key: string, more: Partial<Call> = {}) => call(POST, { path: PATH, body, key, ...more });
const lastIdOf = async (scope: Scope) => (await listVerifications(scope)).items[0]?.id;

/** On the Business plan, because no test here comes near its rate limit. */
async function makeCustomer(credits = 20, mode: 'live' | 'test' | 'pub' = 'live') {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope, { mode }) };
}

describe('200', () => {
  it('answers with every field of the product’s answer, including the first generation’s, and charges one credit', async () => {
    const { scope, key } = await makeCustomer();
    const askedAt = performance.now();
    const answered = await post({ email: 'jane@example.com', policy: 'cold', metadata: { ref: 7 } }, key);
    const waitedMs = Math.ceil(performance.now() - askedAt);
    expect(answered.status).toBe(200);
    const answer = verificationAnswerSchema.parse(answered.json);
    // This is how long the customer waited, not how long the engine took.
    expect(answer.response_time).toBeGreaterThan(0);
    expect(answer.response_time).toBeLessThanOrEqual(waitedMs);
    expect(answer).toMatchObject({
      id: await lastIdOf(scope),
      email: 'jane@example.com',
      status: 'deliverable',
      reason: 'mailbox_exists',
      recommendation: 'send',
      mx: { host: 'mx.example.com', provider: 'example', gateway: false },
      cached: false,
      credits_charged: 1,
      test: false,
      metadata: { ref: 7 },
      valid: true,
      deliverable: true,
      risk_level: 'low',
      provider: 'example',
      details: { syntax_valid: true, domain_exists: true, mx_record: true, smtp_valid: true },
    });
    expect(answered.headers.get('x-credits-charged')).toBe('1');
    expect(answered.headers.get('x-credits-remaining')).toBe('19');
    expect(await getBalance(scope)).toEqual({ balance: 19, held: 0, available: 19 });
  });

  it('says who asked, forbids caching, and reports the state of the rate limit', async () => {
    const { key } = await makeCustomer();
    const { headers } = await post({ email: 'jane@example.com' }, key);
    expect(headers.get('x-request-id')).toMatch(/^req_[0-9A-Z]{26}$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('ratelimit-policy')).toBe('"verify";q=2000;w=10');
    expect(headers.get('ratelimit')).toBe('"verify";r=1999;t=1');
  });

  it.each([
    'not an address',
    '@',
    'a@b',
    'x\r\nRCPT TO:<y@example.com>',
    '\u0000@example.com',
    '\ud800@example.com',
    'x'.repeat(ADDRESS_INPUT_MAX_CHARS),
  ])('a bad address gets an answer, for free: %j', async (email) => {
    const { scope, key } = await makeCustomer(1);
    const answered = await post({ email }, key);
    expect(answered).toMatchObject({
      status: 200,
      json: { status: 'undeliverable', reason: 'syntax_invalid', credits_charged: 0, valid: false },
    });
    expect(await getBalance(scope)).toMatchObject({ available: 1, held: 0 });
  });

  it('from memory is free and says so; max_age_s 0 asks again and is charged', async () => {
    const { scope, key } = await makeCustomer(5);
    const first = verificationAnswerSchema.parse((await post({ email: 'again@example.com' }, key)).json);
    const again = verificationAnswerSchema.parse((await post({ email: 'again@example.com' }, key)).json);
    expect(again).toMatchObject({ cached: true, credits_charged: 0, status: 'deliverable', response_time: 0 });
    expect(first.evidence.map(({ remembered }) => remembered)).toEqual(first.evidence.map(() => false));
    expect(again.evidence).toEqual(first.evidence.map((item) => ({ ...item, remembered: true })));
    expect(again.layers.map(({ duration_ms }) => duration_ms)).toEqual(again.layers.map(() => 0));
    expect((await post({ email: 'again@example.com', max_age_s: 0 }, key)).json).toMatchObject({
      cached: false,
      credits_charged: 1,
    });
    expect(await getBalance(scope)).toMatchObject({ available: 3 });
  });

  it('repeats its input exactly as received, beside the trimmed address, also from memory and if both are the same', async () => {
    const { key } = await makeCustomer(5);
    const input = '\t Joined.On@example.com \u00a0';
    const first = verificationAnswerSchema.parse((await post({ email: input }, key)).json);
    expect(first).toMatchObject({ input, email: 'Joined.On@example.com', cached: false });
    const second = verificationAnswerSchema.parse((await post({ email: ' Joined.On@example.com' }, key)).json);
    expect(second).toMatchObject({ input: ' Joined.On@example.com', email: 'Joined.On@example.com', cached: true });
    const plain = verificationAnswerSchema.parse((await post({ email: 'plain@example.com' }, key)).json);
    expect(plain).toMatchObject({ input: 'plain@example.com', email: 'plain@example.com' });
  });

  it('accepts the key in X-API-Key too, with every option at its limits', async () => {
    const { key } = await makeCustomer();
    const body = {
      email: 'a@example.com',
      timeout_ms: 30_000,
      max_age_s: 86_400,
      metadata: { a: 'x'.repeat(METADATA_MAX_BYTES - 8) },
    };
    expect(await call(POST, { path: PATH, body, headers: { 'x-api-key': key } })).toMatchObject({ status: 200 });
    expect(await post({ email: 'a@example.com', timeout_ms: 500, max_age_s: 0 }, key)).toMatchObject({ status: 200 });
  });

  it.each([
    { email: 'mailbox-not-found@example.com', is: { status: 'undeliverable', reason: 'mailbox_not_found' }, smtp: false },
    { email: 'someone+greylisted@example.com', is: { status: 'unknown', reason: 'greylisted' }, smtp: null },
    { email: 'domain-not-found@example.com', is: { status: 'undeliverable', reason: 'domain_not_found' }, smtp: null },
    { email: 'anyone@example.com', is: { status: 'deliverable', reason: 'mailbox_exists' }, smtp: true },
    { email: 'pending-then-deliverable@example.com', is: { status: 'deliverable', reason: 'mailbox_exists' }, smtp: true },
  ])('a test key’s answer is determined by the address, for free: $email', async ({ email, is, smtp }) => {
    const { scope, key } = await makeCustomer(0, 'test');
    const answered = await post({ email }, key);
    expect(answered).toMatchObject({ status: 200, json: { ...is, test: true, credits_charged: 0 } });
    expect(verificationAnswerSchema.parse(answered.json).details.smtp_valid).toBe(smtp);
    expect(await getBalance(scope)).toMatchObject({ balance: 0 });
  });
});

describe('202', () => {
  it('when the time is over, the work goes on and the answer says where to look', async () => {
    const { scope, key } = await makeCustomer(3);
    const answered = await post({ email: 'greylisted@example.com', timeout_ms: 500 }, key);
    expect(answered.status).toBe(202);
    const id = await lastIdOf(scope);
    expect(pendingAnswerSchema.parse(answered.json)).toEqual({
      id,
      input: 'greylisted@example.com',
      status: 'pending',
      poll_url: `http://localhost:3000/v1/verifications/${id}`,
    });
    expect(answered.headers.get('x-credits-charged')).toBe('0');
    expect(answered.headers.get('x-credits-remaining')).toBe('2');
  });

  it('a client that disconnects ends the wait, not the work', async () => {
    const { scope, key } = await makeCustomer(3);
    const leaving = new AbortController();
    const waiting = post({ email: 'greylisted@example.com', timeout_ms: 30_000 }, key, { signal: leaving.signal });
    await expect.poll(() => lastIdOf(scope)).toBeDefined();
    const since = performance.now();
    leaving.abort();
    await waiting;
    // Half of what it would otherwise have waited.
    expect(performance.now() - since).toBeLessThan(15_000);
    expect((await listVerifications(scope)).items).toMatchObject([{ status: 'pending' }]);
  });
});

describe('400', () => {
  it.each<{ why: string; body: unknown; field: string }>([
    { why: 'no address', body: {}, field: 'email' },
    { why: 'an empty address', body: { email: '' }, field: 'email' },
    { why: 'an address that is no text', body: { email: 7 }, field: 'email' },
    { why: 'an endless address', body: { email: 'x'.repeat(ADDRESS_INPUT_MAX_CHARS + 1) }, field: 'email' },
    { why: 'too short a time', body: { email: 'a@example.com', timeout_ms: 499 }, field: 'timeout_ms' },
    { why: 'too long a time', body: { email: 'a@example.com', timeout_ms: 30_001 }, field: 'timeout_ms' },
    { why: 'half a millisecond', body: { email: 'a@example.com', timeout_ms: 500.5 }, field: 'timeout_ms' },
    { why: 'too old an age', body: { email: 'a@example.com', max_age_s: 86_401 }, field: 'max_age_s' },
    { why: 'a negative age', body: { email: 'a@example.com', max_age_s: -1 }, field: 'max_age_s' },
    { why: 'an unknown policy', body: { email: 'a@example.com', policy: 'strict' }, field: 'policy' },
    { why: 'metadata that is no object', body: { email: 'a@example.com', metadata: 'x' }, field: 'metadata' },
    {
      why: 'too much metadata',
      body: { email: 'a@example.com', metadata: { a: 'x'.repeat(METADATA_MAX_BYTES - 7) } },
      field: 'metadata',
    },
    { why: 'an unknown field', body: { email: 'a@example.com', timeout: 500 }, field: 'timeout' },
    { why: 'no object', body: '[]', field: 'body' },
    { why: 'null', body: 'null', field: 'body' },
  ])('$why', async ({ body, field }) => {
    const { scope, key } = await makeCustomer();
    const refused = await post(body, key);
    expect(refused).toMatchObject({ status: 400, json: { code: 'invalid_request', errors: [{ field }] } });
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await lastIdOf(scope)).toBeUndefined();
  });

  it.each(['{', '', '{"email":"a@example.com"} x', '{"email":"\\"}'])('broken JSON: %j', async (body) => {
    const { key } = await makeCustomer();
    expect(await post(body, key)).toMatchObject({ status: 400, json: { code: 'invalid_request', status: 400 } });
  });

  it.each(['', 'x'.repeat(IDEMPOTENCY_KEY_MAX_CHARS + 1), 'schlüssel', 'a\tb'])(
    'an Idempotency-Key such as %j',
    async (idempotencyKey) => {
      const { key } = await makeCustomer();
      const headers = { 'idempotency-key': idempotencyKey };
      expect(await post({ email: 'a@example.com' }, key, { headers })).toMatchObject({
        status: 400,
        json: { errors: [{ field: 'Idempotency-Key' }] },
      });
    },
  );
});

describe('401', () => {
  it('no key', async () => {
    const refused = await call(POST, { path: PATH, body: { email: 'a@example.com' } });
    expect(refused).toMatchObject({
      status: 401,
      json: { code: 'missing_key', request_id: refused.headers.get('x-request-id') },
    });
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    expect(await call(POST, { path: PATH, body: {}, headers: { authorization: 'Basic eDp5' } })).toMatchObject({
      json: { code: 'missing_key' },
    });
  });

  it('a key that is misspelt, unknown, revoked or expired', async () => {
    const { scope, key } = await makeCustomer();
    const swapped = key.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    expect(await post({}, swapped)).toMatchObject({ status: 401, json: { code: 'invalid_key' } });
    const soon = await makeKey(scope, { expiresAt: new Date(Date.now() + 60_000) });
    vi.useFakeTimers({ now: Date.now() + 60_001, toFake: ['Date'] });
    expect(await post({}, soon)).toMatchObject({ status: 401, json: { detail: 'This API key has expired.' } });
    vi.useRealTimers();
    for (const { id } of await listApiKeys(scope)) await revokeApiKey(scope, id);
    expect(await post({}, key)).toMatchObject({ status: 401, json: { detail: 'This API key has been revoked.' } });
  });
});

describe('402', () => {
  it('without a credit nothing is started', async () => {
    const { scope, key } = await makeCustomer(0);
    expect(await post({ email: 'a@example.com' }, key)).toMatchObject({ status: 402, json: { code: 'insufficient_credits' } });
    expect(await lastIdOf(scope)).toBeUndefined();
  });

  it.each([
    [402, 'insufficient_credits'],
    ['402-budget', 'budget_exceeded'],
    [429, 'rate_limited'],
    [503, 'unavailable'],
  ])('a test key gets %s on request', async (asked, code) => {
    const status = Number.parseInt(String(asked), 10);
    const { scope, key } = await makeCustomer(0, 'test');
    for (const email of [`http-${asked}@example.com`, `x+http-${asked}@example.com`]) {
      const refused = await post({ email }, key);
      expect(refused).toMatchObject({ status, json: { code } });
      expect(refused.headers.get('retry-after')).toBe(status === 402 ? null : '1');
    }
    expect(await lastIdOf(scope)).toBeUndefined();
    const live = await makeCustomer();
    expect(await post({ email: `http-${asked}@example.com` }, live.key)).toMatchObject({ status: 200 });
  });
});

it('a requested 402 emits its event to a webhook that listens, once per request', async () => {
  const { scope, key } = await makeCustomer(0, 'test');
  await makeEndpoint(scope, { events: ['credits.low', 'budget.exceeded'] });
  for (const email of ['http-402@example.com', 'http-402-budget@example.com', 'http-429@example.com']) await post({ email }, key);
  const { workspaceId } = scope;
  const events = await inTransaction((tx) =>
    tx.webhookEvent.findMany({ where: { workspaceId }, orderBy: { id: 'asc' }, take: 9 }),
  );
  expect(events).toMatchObject([
    { type: 'credits.low', test: true },
    { type: 'budget.exceeded', test: true, data: { key_name: 'Test key' } },
  ]);
});

describe('403', () => {
  it('without the scope', async () => {
    const { scope } = await makeCustomer(5);
    const key = await makeKey(scope, { scopes: ['credits:read', 'lists:write'] });
    expect(await post({ email: 'a@example.com' }, key)).toMatchObject({ status: 403, json: { code: 'insufficient_scope' } });
  });
});

describe('405', () => {
  it('another method is told which one to use', async () => {
    for (const handler of [GET, DELETE]) {
      const refused = await call(handler, { path: PATH });
      expect(refused).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } });
      expect(refused.headers.get('allow')).toBe('POST, OPTIONS');
    }
  });
});

describe('413 and 415', () => {
  it('a body over the limit, announced or not', async () => {
    const { key } = await makeCustomer();
    expect(await post(' '.repeat(API_BODY_MAX_BYTES + 1), key)).toMatchObject({
      status: 413,
      json: { code: 'payload_too_large' },
    });
  });

  it('a body that is not JSON by its type', async () => {
    const { key } = await makeCustomer();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      expect(await post('{}', key, { headers: { 'content-type': type } })).toMatchObject({
        status: 415,
        json: { code: 'unsupported_media_type' },
      });
    }
  });
});

describe('429 when the day’s free answers are used up', () => {
  it('says so, and until when, before anything is held; bad syntax still gets an answer', async () => {
    const { scope, key } = await makeCustomer();
    await setFreeAnswers(scope, PLANS.business.freeAnswersADay);
    const refused = await post({ email: 'jane@example.com' }, key);
    expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
    expect(refused.text).toContain('free answers is used up. It resets at 00:00 UTC');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds > 0 && seconds <= 86_400).toBe(true);
    expect((await getBalance(scope)).available).toBe(20);
    expect(await post({ email: 'nonsense' }, key)).toMatchObject({ status: 200, json: { reason: 'syntax_invalid' } });
  });
});

describe('429', () => {
  it('over the plan’s rate, with the time to wait; another key is not affected', async () => {
    const scope = await makeWorkspace(5, 'free');
    const key = await makeKey(scope);
    await useUpCalls(scope, 'verify');
    const { status, headers, json } = await post({}, key);
    expect(status).toBe(429);
    expect(json).toMatchObject({ code: 'rate_limited', retry_after: 1 });
    expect(headers.get('retry-after')).toBe('1');
    expect(headers.get('ratelimit-policy')).toBe('"verify";q=20;w=10');
    expect(headers.get('ratelimit')).toBe('"verify";r=0;t=1');
    const other = await post({}, await makeKey(scope));
    expect(other.status).toBe(400);
    expect(other.headers.get('ratelimit')).toBe('"verify";r=19;t=1');
    expect(await post({}, (await makeCustomer()).key)).toMatchObject({ status: 400 });
  });

  it('a client that tries keys that do not exist, whatever header it forges; a real key still works from there', async () => {
    const { key } = await makeCustomer();
    const from = (address: string, forged: number) => ({
      headers: { 'x-client-address': address, 'x-forwarded-for': `203.0.113.${forged}` },
    });
    for (let n = 0; n < API_KEY_FAILURES.points; n++)
      expect(await post({}, 'evk_live_guess', from('2001:db8::1', n))).toMatchObject({ status: 401 });
    const madeUp = composeApiKey('live', '0'.repeat(API_KEY_RANDOM_CHARS));
    for (const wrong of ['evk_live_guess', madeUp]) {
      const refused = await post({}, wrong, from('2001:db8::ffff', 200));
      expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(await post({}, key, from('2001:db8::1', 201))).toMatchObject({ status: 400 });
    expect(await post({}, madeUp, from('2001:db8:0:1::1', 202))).toMatchObject({ status: 401 });
  });
});

describe('500', () => {
  it('an internal failure reveals nothing about its cause, and a retry with the same Idempotency-Key charges once', async () => {
    const { scope, key } = await makeCustomer();
    const headers = { 'idempotency-key': 'after-failure' };
    const failed = await withoutTable('CreditHold', () => post({ email: 'a@example.com' }, key, { headers }));
    expect(failed).toMatchObject({ status: 500, json: { code: 'internal_error', detail: 'Something went wrong on our side.' } });
    expect(failed.text).not.toMatch(/CreditHold|a@example/);
    expect(await post({ email: 'a@example.com' }, key, { headers })).toMatchObject({ status: 200, json: { credits_charged: 1 } });
    expect(await getBalance(scope)).toMatchObject({ available: 19, held: 0 });
  });
});
