// Runs lists inside a test without the queue's clock: plans, then takes turns until no work is left.
import { z } from 'zod';
import { finishList } from '@/lib/lists/end';
import { sumCharged } from '@/lib/lists/store/run';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { queryOne } from '@/lib/platform/db/rows';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';
import { claimChunk } from '@/worker/lists/chunks';
import { planList } from '@/worker/lists/plan';
import { type BulkDeps, createBulkDeps } from '@/worker/lists/run/deps';
import { runChunk } from '@/worker/lists/run/run-chunk';

export const bulkDeps = (verify: BulkDeps['verify'], more: Partial<BulkDeps> = {}): BulkDeps => ({
  ...createBulkDeps({ verify, now: Date.now, random: () => 0, log: log('test'), workerId: newId('worker') }),
  ...more,
});

export const byDomain = { now: Date.now, hostKeyOf: (domain: string): string => domain };

let claims = 0;
export const claim = (deps: BulkDeps) => claimChunk({ claimId: `${deps.workerId}/t${++claims}`, slots: deps.slots });

/** Returns how many chunks were worked on. */
export async function drain(deps: BulkDeps): Promise<number> {
  for (let chunks = 0; ; chunks++) {
    const next = await claim(deps);
    if (next === null) return chunks;
    await runChunk(next, deps);
  }
}

export async function runList(listId: string, deps: BulkDeps): Promise<boolean> {
  while ((await planList(listId, byDomain)) === 'again');
  await drain(deps);
  return finishList(listId);
}

export interface StoredResult {
  n: number;
  reason: number;
  credits: number;
  cached: boolean;
}

export const resultsOf = (listId: string): Promise<StoredResult[]> =>
  inTransaction((tx) =>
    tx.listResult.findMany({
      where: { listId },
      orderBy: { n: 'asc' },
      take: 100_000,
      select: { n: true, reason: true, credits: true, cached: true },
    }),
  );

/** What a list was charged, and what its chunks of any run may still charge. */
export async function creditsOf(listId: string, tx: Tx): Promise<{ captured: number; reserved: number }> {
  const { _sum } = await tx.listChunk.aggregate({ where: { listId }, _sum: { reserved: true } });
  return { captured: await sumCharged(listId, tx), reserved: _sum.reserved ?? 0 };
}

const AuditRow = z.object({
  results: z.int(),
  chargeable: z.int(),
  tallied: z.int(),
  talliedCredits: z.int(),
  captured: z.int(),
  entries: z.int(),
});

/** Checks everything that must hold for a list's money and work, whatever happened to it. */
export async function auditList({ workspaceId }: Scope, listId: string) {
  return inTransaction(async (tx) => {
    const row = await queryOne(
      AuditRow,
      Prisma.sql`
      SELECT (SELECT COUNT(*)::int FROM "ListResult" WHERE "listId" = l."id") AS "results",
        (SELECT COALESCE(SUM("credits"), 0)::int FROM "ListResult" WHERE "listId" = l."id") AS "chargeable",
        (SELECT COALESCE(SUM("rows"), 0)::int FROM "ListTally" WHERE "listId" = l."id") AS "tallied",
        (SELECT COALESCE(SUM("credits"), 0)::int FROM "ListTally" WHERE "listId" = l."id") AS "talliedCredits",
        (SELECT COALESCE(SUM("captured"), 0)::int FROM "CreditHold" WHERE "causeType" = 'list' AND "causeId" = l."id") AS "captured",
        (SELECT COALESCE(-SUM("amount"), 0)::int FROM "CreditEntry"
          WHERE "workspaceId" = ${workspaceId} AND "kind" = 'capture' AND "causeId" = l."id") AS "entries"
      FROM "List" l WHERE l."id" = ${listId}`,
      tx,
    );
    const left = await tx.listChunk.count({ where: { listId } });
    const { status, run } = await tx.list.findUniqueOrThrow({
      where: { id: listId },
      select: { status: true, run: { select: { processed: true } } },
    });
    const { reserved } = await creditsOf(listId, tx);
    return { ...row, chunks: left, reserved, processed: run?.processed, status };
  });
}
