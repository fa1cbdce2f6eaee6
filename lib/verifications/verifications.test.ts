import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { describe, expect, it } from 'vitest';
import { getBalance } from '@/lib/credits/balance';
import { getDashboard } from '@/lib/dashboard/dashboard';
import { listVerifications } from '@/lib/dashboard/history';
import { inTransaction } from '@/lib/platform/db/transaction';
import { ADDRESS_INPUT_MAX_CHARS, METADATA_MAX_BYTES } from '@/lib/platform/limits';
import { type Scope, VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import type { Reason } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { completeVerification } from './complete';
import { getVerification } from './read';
import { startVerification, type StartVerification } from './start';

useTestDatabase();

const visitors: Scope = { workspaceId: VISITORS_WORKSPACE_ID };

async function start(scope: Scope, email: string, more: Partial<StartVerification> = {}): Promise<VerificationView> {
  const result = await startVerification(scope, { email, source: 'app', ...more });
  if (!result.ok) throw result.error;
  return result.value;
}
async function startAndFinish(
  scope: Scope,
  email: string,
  reason: Reason,
  more: Partial<StartVerification> = {},
): Promise<VerificationView> {
  const { id } = await start(scope, email, more);
  const isCharged = more.source !== 'landing' && more.test !== true;
  await completeVerification(scope, { id, answer: fakeAnswer(email, reason), earlierEvidence: [], isCharged });
  const result = await getVerification(scope, id, { visitorKey: more.visitorKey });
  if (!result.ok) throw result.error;
  return result.value;
}
const jobsOf = (id: string) =>
  inTransaction((tx) =>
    queryRows(
      z.object({ key: z.string() }),
      Prisma.sql`SELECT "key" FROM graphile_worker.jobs WHERE "key" LIKE ${`verify:${id}%`}`,
      tx,
    ),
  );

describe('starting a check', () => {
  it('creates the row, the hold and the job together', async () => {
    const scope = await makeWorkspace(5);
    const view = await start(scope, '  Jane@example.com ', { metadata: { ref: [1, 'a', null] }, policy: 'cold' });
    expect(view).toMatchObject({
      email: 'Jane@example.com',
      status: 'pending',
      reason: null,
      recommendation: null,
      policy: 'cold',
    });
    expect(view).toMatchObject({
      layers: [],
      evidence: [],
      metadata: { ref: [1, 'a', null] },
      creditsCharged: 0,
      cached: false,
      attempt: 0,
    });
    expect(view.flags.catch_all).toBeNull();
    expect(Math.abs(Date.parse(view.createdAt) - Date.now())).toBeLessThan(60_000);
    expect(await jobsOf(view.id)).toEqual([{ key: `verify:${view.id}` }]);
    expect(await getBalance(scope)).toEqual({ balance: 5, held: 1, available: 4 });
  });

  it('without a credit is refused and leaves nothing', async () => {
    const scope = await makeWorkspace(0);
    expect(await startVerification(scope, { email: 'a@example.com', source: 'app' })).toMatchObject({
      ok: false,
      error: { code: 'insufficient_credits' },
    });
    expect((await listVerifications(scope)).items).toEqual([]);
  });

  it.each([
    ['a visitor', { source: 'landing', visitorKey: 'v1' } as const],
    ['a test key', { source: 'api', test: true } as const],
  ])('of %s holds no credit', async (_who, more) => {
    const scope = more.source === 'landing' ? visitors : await makeWorkspace(1);
    const before = await getBalance(scope);
    await start(scope, 'free@example.com', more);
    expect(await getBalance(scope)).toEqual(before);
  });

  it('truncates overlong input, and stores what PostgreSQL can’t store as an invalid address', async () => {
    const scope = await makeWorkspace(3);
    expect((await start(scope, 'a'.repeat(5_000))).email).toHaveLength(ADDRESS_INPUT_MAX_CHARS);
    expect((await start(scope, 'a\0b@example.com')).email).toBe('a\u0001b@example.com');
    expect((await start(scope, 'a\ud800@example.com')).email).toBe('a\u0001@example.com');
  });

  it('keeps metadata with NUL, lone surrogates and backslashes readable', async () => {
    const scope = await makeWorkspace(1);
    const { metadata } = await start(scope, 'a@example.com', {
      metadata: { 'k\0': 'x\0y', lone: '\udc00', text: '\\u0000', pair: '👍' },
    });
    expect(metadata).toEqual({ 'k\ufffd': 'x\ufffdy', lone: '\ufffd', text: '\\u0000', pair: '👍' });
  });

  it('refuses metadata over its limit', async () => {
    const scope = await makeWorkspace(1);
    const metadata = 'x'.repeat(METADATA_MAX_BYTES);
    expect(await startVerification(scope, { email: 'a@example.com', source: 'api', metadata })).toMatchObject({
      error: { code: 'invalid_request' },
    });
  });
});

describe('memory', () => {
  it('answers the same address again for free, dated like the first answer', async () => {
    const scope = await makeWorkspace(5);
    const first = await startAndFinish(scope, 'known@example.com', 'mailbox_exists');
    const again = await start(scope, ' known@example.com');
    expect(again).toMatchObject({
      cached: true,
      creditsCharged: 0,
      status: 'deliverable',
      checkedAt: first.checkedAt,
      durationMs: 0,
      evidence: first.evidence.map((item) => ({ ...item, remembered: true })),
    });
    for (const { name, duration_ms, details } of again.layers) {
      const isAsked = ['domain', 'mx', 'smtp', 'catch_all'].includes(name);
      expect([name, duration_ms, details.checked_at]).toEqual([name, 0, isAsked ? first.checkedAt : undefined]);
    }
    expect(again.id).not.toBe(first.id);
    expect(await getBalance(scope)).toEqual({ balance: 4, held: 0, available: 4 });
    expect(await jobsOf(again.id)).toEqual([]);
  });

  it('asks again at a maximum age of 0, after an unknown, after a test answer, and for another workspace', async () => {
    const [scope, other] = [await makeWorkspace(9), await makeWorkspace(9)];
    await startAndFinish(scope, 'a@example.com', 'mailbox_not_found');
    expect((await start(scope, 'a@example.com', { maxAgeS: 0 })).status).toBe('pending');
    expect((await start(other, 'a@example.com')).status).toBe('pending');
    await startAndFinish(scope, 'b@example.com', 'timeout');
    expect((await start(scope, 'b@example.com')).status).toBe('pending');
    await startAndFinish(scope, 'c@example.com', 'mailbox_exists', { test: true });
    expect((await start(scope, 'c@example.com')).status).toBe('pending');
  });

  it('uses an answer only as long as asked for, and never longer than a day', async () => {
    const scope = await makeWorkspace(9);
    const { id } = await startAndFinish(scope, 'old@example.com', 'mailbox_exists');
    const age = (hours: number) =>
      inTransaction((tx) =>
        tx.verification.update({
          where: { id },
          data: { checkedAt: new Date(Date.now() - hours * 3_600_000) },
          select: { id: true },
        }),
      );
    await age(2);
    expect((await start(scope, 'old@example.com', { maxAgeS: 3_600 })).cached).toBe(false);
    expect((await start(scope, 'old@example.com', { maxAgeS: 3 * 3_600 })).cached).toBe(true);
    await age(25);
    expect((await start(scope, 'old@example.com', { maxAgeS: 1_000_000 })).cached).toBe(false);
  });

  it('of one visitor is not shown to another', async () => {
    await startAndFinish(visitors, 'seen@example.com', 'mailbox_exists', { source: 'landing', visitorKey: 'v1' });
    expect((await start(visitors, 'seen@example.com', { source: 'landing', visitorKey: 'v2' })).cached).toBe(false);
    expect((await start(visitors, 'seen@example.com', { source: 'landing', visitorKey: 'v1' })).cached).toBe(true);
  });
});

describe('completing a check', () => {
  it.each([
    ['mailbox_exists', 1],
    ['mailbox_not_found', 1],
    ['catch_all', 0],
    ['greylisted', 0],
    ['syntax_invalid', 0],
  ] as const)('as %s costs %i', async (reason, cost) => {
    const scope = await makeWorkspace(3);
    const view = await startAndFinish(scope, 'x@example.com', reason);
    expect(view).toMatchObject({
      reason,
      creditsCharged: cost,
      mx: { host: 'mx.example.com', provider: 'example', gateway: false },
    });
    expect(view.layers).toHaveLength(7);
    expect(view.recommendation).not.toBeNull();
    expect(await getBalance(scope)).toEqual({ balance: 3 - cost, held: 0, available: 3 - cost });
  });

  it('says how long the customer waited for it, whatever the last attempt took', async () => {
    const scope = await makeWorkspace(3);
    const { id } = await start(scope, 'slow@example.com');
    const createdAt = new Date(Date.now() - 7_000);
    await inTransaction((tx) => tx.verification.update({ where: { id }, data: { createdAt }, select: { id: true } }));
    const answer = fakeAnswer('slow@example.com', 'mailbox_exists');
    await completeVerification(scope, { id, answer: { ...answer, durationMs: 8 }, earlierEvidence: [], isCharged: true });
    const view = await getVerification(scope, id);
    expect(view.ok && view.value.durationMs).toBeGreaterThanOrEqual(7_000);
    expect(view.ok && view.value.durationMs).toBeLessThan(60_000);
  });

  it('is possible after weeks without a worker', async () => {
    const scope = await makeWorkspace(3);
    const { id } = await start(scope, 'weeks@example.com');
    const createdAt = new Date(Date.now() - 40 * 86_400_000);
    await inTransaction((tx) => tx.verification.update({ where: { id }, data: { createdAt }, select: { id: true } }));
    const answer = fakeAnswer('weeks@example.com', 'mailbox_exists');
    expect(await completeVerification(scope, { id, answer, earlierEvidence: [], isCharged: true })).toBe(true);
  });

  it('twice, even at the same moment, charges once and keeps the first answer', async () => {
    const scope = await makeWorkspace(3);
    const { id } = await start(scope, 'x@example.com');
    const finish = (reason: Reason) =>
      completeVerification(scope, { id, answer: fakeAnswer('x@example.com', reason), earlierEvidence: [], isCharged: true });
    const results = await Promise.all([finish('mailbox_exists'), finish('mailbox_exists'), finish('mailbox_exists')]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await finish('mailbox_not_found')).toBe(false);
    expect(await getVerification(scope, id)).toMatchObject({ value: { reason: 'mailbox_exists' } });
    expect(await getBalance(scope)).toEqual({ balance: 2, held: 0, available: 2 });
  });

  it('under the wrong workspace changes nothing', async () => {
    const [scope, other] = [await makeWorkspace(3), await makeWorkspace(3)];
    const { id } = await start(scope, 'x@example.com');
    const answer = fakeAnswer('x@example.com', 'mailbox_exists');
    expect(await completeVerification(other, { id, answer, earlierEvidence: [], isCharged: true })).toBe(false);
    expect(await getVerification(scope, id)).toMatchObject({ value: { status: 'pending' } });
  });
});

describe('two workspaces', () => {
  it('cannot see each other in any read', async () => {
    const [owner, other] = [await makeWorkspace(9), await makeWorkspace(9)];
    const mine = await startAndFinish(owner, 'mine@example.com', 'mailbox_exists');
    expect(await getVerification(owner, mine.id)).toMatchObject({ ok: true });
    expect(await getVerification(other, mine.id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect((await listVerifications(other)).items).toEqual([]);
    expect((await listVerifications(other, { cursor: `${mine.id}Z` })).items).toEqual([]);
    const dashboard = await getDashboard(other);
    expect(dashboard.latest).toEqual([]);
    expect(dashboard.usage.totals.answers).toBe(0);
    expect(dashboard.credits.available).toBe(9);
  });

  it('nor can visitors: without the same key a check is missing', async () => {
    const view = await start(visitors, 'v@example.com', { source: 'landing', visitorKey: 'key-1' });
    expect(await getVerification(visitors, view.id, { visitorKey: 'key-1' })).toMatchObject({ ok: true });
    expect(await getVerification(visitors, view.id, { visitorKey: 'key-2' })).toMatchObject({ ok: false });
    expect(await getVerification(visitors, view.id)).toMatchObject({ ok: false });
    expect((await listVerifications(visitors)).items).toEqual([]);
  });
});

describe('the list', () => {
  it('comes newest first in pages, each row once', async () => {
    const scope = await makeWorkspace(30);
    for (let n = 0; n < 7; n++) await start(scope, `n${n}@example.com`);
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listVerifications(scope, { limit: 3, cursor });
      seen.push(...page.items.map((item) => item.email));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect([...seen].sort()).toEqual(Array.from({ length: 7 }, (_, n) => `n${n}@example.com`));
    expect(new Set(seen).size).toBe(7);
  });
});

describe('the dashboard', () => {
  it('counts final answers by day and leaves out tests and pending checks', async () => {
    const scope = await makeWorkspace(10);
    await startAndFinish(scope, 'a@example.com', 'mailbox_exists');
    await startAndFinish(scope, 'b@example.com', 'timeout');
    await startAndFinish(scope, 'c@example.com', 'mailbox_exists', { test: true });
    await start(scope, 'd@example.com');
    const dashboard = await getDashboard(scope);
    expect(dashboard.usage.totals.counts).toEqual({ deliverable: 1, risky: 0, unknown: 1, undeliverable: 0 });
    expect(dashboard.usage.rows).toHaveLength(14);
    expect(dashboard.usage.rows.at(-1)).toMatchObject({ answers: 2, credits: 1 });
    expect(dashboard.credits).toMatchObject({ available: 8, held: 1, plan: 'free' });
    expect(dashboard.latest).toHaveLength(4);
    expect(dashboard.latest[0]).not.toHaveProperty('evidence');
  });
});
