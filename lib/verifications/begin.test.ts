// A check begins in one statement if there is nothing to refuse or to report. If there is, that is still detected and reported.
import { expect, it } from 'vitest';
import { z } from 'zod';
import { setLowMark } from '@/lib/credits/balance';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { queryRows } from '@/lib/platform/db/rows';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { startVerification } from './start';

useTestDatabase();

const check = async (scope: Scope, n: number) =>
  mustBeOk(await startVerification(scope, { email: `u${n}@example.org`, source: 'api', maxAgeS: 0 }));

const jobsOf = ({ workspaceId }: Scope, name: string) =>
  inTransaction((tx) =>
    queryRows(
      z.unknown(),
      Prisma.sql`SELECT 1 FROM graphile_worker.jobs WHERE starts_with("key", ${`${name}:${workspaceId}`})`,
      tx,
    ),
  );

/** A workspace that buys packs automatically. */
async function makeBuyer({ credits, below }: { credits: number; below: number }): Promise<Scope> {
  const scope = await makeWorkspace(credits, 'business');
  mustBeOk(await setLowMark(scope, 0));
  await inTransaction(
    (tx) => tx.$executeRaw`
      INSERT INTO "BillingAccount" ("workspaceId", "autoTopUpEnabled", "autoTopUpPack", "autoTopUpBelow", "updatedAt")
      VALUES (${scope.workspaceId}, true, 'pack', ${below}, timezone('UTC', now()))`,
  );
  return scope;
}

/** How many checks can begin before a low balance is reported. */
async function checksUntilTold(scope: Scope, atMost: number): Promise<number | null> {
  for (let n = 1; n <= atMost; n++) {
    await check(scope, n);
    if ((await jobsOf(scope, 'mail-low-balance')).length > 0) return n;
  }
  return null;
}

it.each([
  { plan: 'starter', credits: 502, told: 3 },
  { plan: 'professional', credits: 5_001, told: 2 },
  { plan: 'free', credits: 3, told: null },
])('a low balance is reported by the check that crosses the mark: $plan', async ({ plan, credits, told }) => {
  expect(await checksUntilTold(await makeWorkspace(credits, plan), 3)).toBe(told);
});

it('by the workspace’s own mark, and only once', async () => {
  const scope = await makeWorkspace(10, 'free');
  mustBeOk(await setLowMark(scope, 9));
  expect(await checksUntilTold(scope, 4)).toBe(2);
  await check(scope, 5);
  expect(await jobsOf(scope, 'emit-low-balance')).toHaveLength(1);
});

it('a workspace with automatic purchases buys at the check that crosses its threshold', async () => {
  const scope = await makeBuyer({ credits: 10, below: 9 });
  await check(scope, 1);
  expect(await jobsOf(scope, 'auto-top-up')).toEqual([]);
  await check(scope, 2);
  expect(await jobsOf(scope, 'auto-top-up')).toHaveLength(1);
});

it('of simultaneous checks that wait for each other, one crosses the threshold', async () => {
  for (let round = 0; round < 5; round++) {
    const scope = await makeBuyer({ credits: 106, below: 100 });
    await Promise.all(Array.from({ length: 12 }, (_, n) => check(scope, n)));
    expect(await jobsOf(scope, 'auto-top-up')).toHaveLength(1);
  }
});

it('twenty at once with ten credits: ten begin, and ten hold nothing', async () => {
  const scope = await makeWorkspace(10, 'business');
  const begun = await Promise.all(
    Array.from({ length: 20 }, (_, n) => startVerification(scope, { email: `v${n}@example.org`, source: 'api', maxAgeS: 0 })),
  );
  expect(begun.filter(({ ok }) => ok)).toHaveLength(10);
  const rows = await inTransaction((tx) => tx.verification.count({ where: { workspaceId: scope.workspaceId } }));
  const holds = await inTransaction((tx) => tx.creditHold.count({ where: { workspaceId: scope.workspaceId } }));
  expect({ rows, holds }).toEqual({ rows: 10, holds: 10 });
});
