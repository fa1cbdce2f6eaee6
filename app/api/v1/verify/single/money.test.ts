import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { expect, it, vi } from 'vitest';
import { changeApiKey, createApiKey, listApiKeys } from '@/lib/accounts/keys';
import { auditLedger } from '@/lib/credits/store/grants';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { call } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { POST } from './route';

useTestDatabase();
useWorker();

async function makeCaller(credits: number, monthlyBudget: number | null = null) {
  const scope = await makeWorkspace(credits, 'business');
  const made = mustBeOk(await createApiKey(scope, { name: 'Caller', mode: 'live', scopes: ['verify:write'], monthlyBudget }));
  /** Retries as a client would: 503 means that nothing was started and that it should try again. */
  const ask = async (email: string) => {
    for (;;) {
      const body = { email, timeout_ms: 30_000, max_age_s: 0 };
      const answered = await call(POST, { path: '/api/v1/verify/single', key: made.key, body });
      if (answered.status !== 503) return answered;
    }
  };
  return { scope, ask, id: made.view.id };
}

const askAll = (ask: (email: string) => ReturnType<typeof call>, count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => ask(`u${at}@example.com`)));

/** Final answers, what they cost, and the entries that charged for them. */
const charges = ({ workspaceId }: Scope) =>
  inTransaction(async (tx) => {
    const rows = await queryRows(
      z.object({ answers: z.int(), credits: z.int(), captures: z.int(), unpaid: z.int(), astray: z.int() }),
      Prisma.sql`
      SELECT COUNT(*)::int AS "answers", SUM(v."creditsCharged")::int AS "credits", COUNT(e."id")::int AS "captures",
        COUNT(*) FILTER (WHERE -COALESCE(e."amount", 0) <> v."creditsCharged")::int AS "unpaid",
        (SELECT COUNT(*)::int FROM "CreditEntry" c WHERE c."workspaceId" = ${workspaceId} AND c."kind" = 'capture' AND NOT EXISTS (
          SELECT 1 FROM "Verification" f WHERE f."id" = c."causeId" AND f."status" <> 'pending')) AS "astray"
      FROM "Verification" v LEFT JOIN "CreditEntry" e ON e."kind" = 'capture' AND e."causeId" = v."id"
      WHERE v."workspaceId" = ${workspaceId} AND v."status" <> 'pending'`,
      tx,
    );
    return rows[0];
  });

/** 202 is for machines too slow to answer within the client's wait: the check was accepted and is paid for all the same. */
const isTaken = ({ status }: { status: number }): boolean => status === 200 || status === 202;
const PATIENCE = { timeout: 100_000, interval: 100 };

it('200 calls at once on a balance of 100: exactly 100 are answered and charged, the others get 402', async () => {
  const { scope, ask } = await makeCaller(100);
  const answers = await askAll(ask, 200);
  expect(answers.filter(isTaken)).toHaveLength(100);
  const refused = answers.filter((answer) => !isTaken(answer));
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([402]));
  expect(refused[0]?.json).toMatchObject({ code: 'insufficient_credits' });
  const all = { answers: 100, credits: 100, captures: 100, unpaid: 0, astray: 0 };
  await vi.waitFor(async () => expect(await charges(scope)).toEqual(all), PATIENCE);
  expect(await auditLedger(scope)).toEqual({ balance: 0, held: 0, entries: 0, remaining: 0, openHolds: 0, broken: 0 });
});

it('60 calls at once by a key with a budget of 25: exactly 25 are charged, the others get 402 and the reason', async () => {
  const { scope, ask } = await makeCaller(100, 25);
  const answers = await askAll(ask, 60);
  expect(answers.filter(isTaken)).toHaveLength(25);
  const refused = answers.filter((answer) => !isTaken(answer));
  expect(refused.every(({ status }) => status === 402)).toBe(true);
  expect(refused[0]?.json).toMatchObject({ code: 'budget_exceeded', errors: [{ field: 'available' }, { field: 'missing' }] });
  const all = { answers: 25, credits: 25, captures: 25, unpaid: 0, astray: 0 };
  await vi.waitFor(async () => expect(await charges(scope)).toEqual(all), PATIENCE);
  expect(await listApiKeys(scope)).toMatchObject([{ spentThisMonth: 25, monthlyBudget: 25 }]);
});

it('a budget that is raised or removed lets the key continue; free answers do not count', async () => {
  const { scope, ask, id } = await makeCaller(100, 1);
  expect(await ask('catch-all@example.com')).toMatchObject({ status: 200, json: { credits_charged: 0 } });
  expect(await ask('a@example.com')).toMatchObject({ status: 200, json: { credits_charged: 1 } });
  expect(await ask('b@example.com')).toMatchObject({ status: 402, json: { code: 'budget_exceeded' } });
  mustBeOk(await changeApiKey(scope, id, { monthlyBudget: 2 }));
  expect(await ask('b@example.com')).toMatchObject({ status: 200 });
  expect(await ask('c@example.com')).toMatchObject({ status: 402 });
  mustBeOk(await changeApiKey(scope, id, { monthlyBudget: null }));
  expect(await ask('c@example.com')).toMatchObject({ status: 200 });
});

it('a budget is used up in one month and available again in the next', async () => {
  const { ask, id } = await makeCaller(100, 1);
  await ask('a@example.com');
  expect(await ask('b@example.com')).toMatchObject({ status: 402 });
  await inTransaction((tx) => tx.$executeRaw`UPDATE "ApiKeyMonth" SET "month" = '2026-01' WHERE "apiKeyId" = ${id}`);
  expect(await ask('b@example.com')).toMatchObject({ status: 200 });
});
