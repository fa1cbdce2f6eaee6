import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimKey } from '@/lib/platform/idempotency';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import { IDEMPOTENCY_STALE_MS, IDEMPOTENCY_TTL_MS } from '@/lib/platform/limits';
import { newId } from '@/lib/platform/ids';
import { verificationAnswerSchema } from '@/lib/verdict/verification-schema';
import { getBalance } from '@/lib/credits/balance';
import { listVerifications } from '@/lib/dashboard/history';
import { startVerification } from '@/lib/verifications/start';
import { call, makeKey, type Called } from '@/tests/api/call';
import { answerByName, useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withoutTable } from '@/tests/database/without-table';
import { POST } from './route';

/** While the gate is shut, the engine answers nobody. */
let gate = Promise.resolve();
let openGate = (): void => undefined;
const shutGate = (): void => {
  gate = new Promise((open) => (openGate = open));
};

useTestDatabase();
useWorker(async (subject, onLayer) => {
  await gate;
  return answerByName(subject, onLayer);
});

let scope: Scope;
let key: string;
beforeEach(async () => {
  scope = await makeWorkspace(50, 'business');
  key = await makeKey(scope);
});
afterEach(() => openGate());

const post = (
  name: string,
  body: unknown = { email: 'jane@example.com' },
  more: { key?: string; path?: string; signal?: AbortSignal } = {},
) => call(POST, { path: '/api/v1/verify/single', key, body, ...more, headers: { 'idempotency-key': name } });
const idOf = ({ json }: Called): string => verificationAnswerSchema.parse(json).id;
const made = async () => (await listVerifications(scope)).items;
const spent = async () => 50 - (await getBalance(scope)).balance;
const setBack = (name: string, ms: number) =>
  inTransaction(
    (tx) => tx.$executeRaw`
    UPDATE "IdempotencyRecord" SET "startedAt" = "startedAt" - make_interval(secs => ${ms / 1_000}), "expiresAt" = "expiresAt" - make_interval(secs => ${ms / 1_000})
    WHERE "workspaceId" = ${scope.workspaceId} AND "key" = ${name}`,
  );

describe('the same Idempotency-Key', () => {
  it('fifty times at once makes one check and one charge; the other requests are told that one is running', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('many')));
    const answered = answers.filter(({ status }) => status === 200);
    const running = answers.filter(({ text }) => text.includes('"code":"idempotency_in_progress"'));
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.length + running.length).toBe(50);
    expect(new Set(answered.map(({ text }) => text)).size).toBe(1);
    expect(answered.filter(({ headers }) => !headers.has('idempotent-replayed'))).toHaveLength(1);
    expect(await made()).toHaveLength(1);
    expect(await spent()).toBe(1);
  });

  it('later gets the stored answer, byte for byte, with its credit headers and a new request id', async () => {
    const first = await post('later', { email: 'jane@example.com', max_age_s: 0, metadata: { b: 1, a: 'ß\\u0000' } });
    const again = await post('later', { email: 'jane@example.com', max_age_s: 0, metadata: { b: 1, a: 'ß\\u0000' } });
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.has('idempotent-replayed')).toBe(false);
    expect(again.headers.get('x-credits-charged')).toBe('1');
    expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    expect(await spent()).toBe(1);
  });

  it('is the same request on the short path and on the long one', async () => {
    const first = await post('path', undefined, { path: '/v1/verify/single' });
    expect((await post('path')).text).toBe(first.text);
  });

  it('for another body, or for a test key, is refused', async () => {
    await post('taken');
    expect(await post('taken', { email: 'joe@example.com' })).toMatchObject({
      status: 422,
      json: { code: 'idempotency_mismatch' },
    });
    const testKey = await makeKey(scope, { mode: 'test' });
    expect(await post('taken', undefined, { key: testKey })).toMatchObject({ status: 422 });
  });

  it('while the first request runs is refused', async () => {
    shutGate();
    const first = post('running');
    await expect.poll(made).toHaveLength(1);
    const second = await post('running');
    expect(second).toMatchObject({ status: 409, json: { code: 'idempotency_in_progress' } });
    expect(second.headers.get('retry-after')).toBe('1');
    openGate();
    expect(await first).toMatchObject({ status: 200 });
  });

  it('is held as long as its request is running, no matter how long', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      shutGate();
      const first = post('long');
      const startedAt = () =>
        inTransaction((tx) => tx.idempotencyRecord.findFirst({ where: { key: 'long' }, select: { startedAt: true } }));
      await expect.poll(startedAt).not.toBeNull();
      const began = await startedAt();
      await vi.advanceTimersByTimeAsync(IDEMPOTENCY_STALE_MS / 2);
      await expect.poll(async () => Number((await startedAt())?.startedAt)).toBeGreaterThan(Number(began?.startedAt));
      openGate();
      expect(await first).toMatchObject({ status: 200 });
      expect((await post('long')).headers.get('idempotent-replayed')).toBe('true');
    } finally {
      vi.useRealTimers();
    }
  });

  it('is evaluated again after a refusal', async () => {
    const poor = await makeWorkspace(0, 'business');
    const poorKey = await makeKey(poor);
    const refused = await post('refused', undefined, { key: poorKey });
    expect(refused.status).toBe(402);
    expect(await post('refused', { email: 'joe@example.com' }, { key: poorKey })).toMatchObject({ status: 402 });
  });

  it('does not affect another workspace', async () => {
    const other = await makeWorkspace(5, 'business');
    const mine = await post('shared');
    const theirs = await post('shared', undefined, { key: await makeKey(other) });
    expect(theirs.headers.has('idempotent-replayed')).toBe(false);
    expect(idOf(theirs)).not.toBe(idOf(mine));
  });

  it('is free again after a day', async () => {
    const first = await post('old', { email: 'jane@example.com', max_age_s: 0 });
    await setBack('old', IDEMPOTENCY_TTL_MS + 1_000);
    const later = await post('old', { email: 'joe@example.com', max_age_s: 0 });
    expect(later.status).toBe(200);
    expect(idOf(later)).not.toBe(idOf(first));
  });
});

describe('a process that dies between the start and the answer', () => {
  const body = { email: 'jane@example.com', max_age_s: 0 };
  /** Leaves behind the record of a request whose process was killed. Returns the id that the request had chosen. */
  async function die(name: string, mayStart: boolean): Promise<string> {
    const { createHash } = await import('node:crypto');
    const requestHash = createHash('sha256').update('live POST /v1/verify/single\n').update(JSON.stringify(body)).digest('hex');
    const resourceId = newId('verification');
    await claimKey(scope, { key: name, requestHash, resourceId }, { staleMs: IDEMPOTENCY_STALE_MS, ttlMs: IDEMPOTENCY_TTL_MS });
    if (mayStart) await startVerification(scope, { id: resourceId, email: body.email, source: 'api', maxAgeS: 0 });
    return resourceId;
  }

  it.each([true, false])(
    'is not repeated within a minute, and then goes on with the same id (row there: %s)',
    async (mayStart) => {
      const id = await die('killed', mayStart);
      expect(await post('killed', body)).toMatchObject({ status: 409 });
      await setBack('killed', IDEMPOTENCY_STALE_MS);
      const answers = await Promise.all(Array.from({ length: 5 }, () => post('killed', body)));
      const answered = answers.filter(({ status }) => status === 200);
      expect(answered.length).toBeGreaterThan(0);
      expect(new Set(answered.map(idOf))).toEqual(new Set([id]));
      expect(await made()).toHaveLength(1);
      expect(await spent()).toBe(1);
    },
  );

  it('does not give its key to another request', async () => {
    await die('killed', true);
    await setBack('killed', IDEMPOTENCY_STALE_MS);
    expect(await post('killed', { email: 'joe@example.com' })).toMatchObject({ status: 422 });
  });
});

describe('a client that leaves before the answer', () => {
  it('gets the real answer when it comes back, for one charge', async () => {
    shutGate();
    const leaving = new AbortController();
    const first = post('left', undefined, { signal: leaving.signal });
    await expect.poll(made).toHaveLength(1);
    leaving.abort();
    await first;
    openGate();
    const back = await post('left');
    expect(back).toMatchObject({ status: 200, json: { status: 'deliverable' } });
    expect(await made()).toHaveLength(1);
    expect(await spent()).toBe(1);
  });
});

describe('an internal failure after the check has begun', () => {
  it('keeps the key with the check, so that a retry gets its answer for one charge', async () => {
    shutGate();
    const leaving = new AbortController();
    const first = post('failed', undefined, { signal: leaving.signal });
    await expect.poll(made).toHaveLength(1);
    // The wait ends while the remaining credits can't be read.
    const failed = await withoutTable('CreditBalance', () => {
      leaving.abort();
      return first;
    });
    expect(failed.status).toBe(500);
    openGate();
    expect(await post('failed')).toMatchObject({ status: 200, json: { credits_charged: 1 } });
    expect(await made()).toHaveLength(1);
    expect(await spent()).toBe(1);
  });
});
