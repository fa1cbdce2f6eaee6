import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { LEDGER_EXPORT_ENTRIES } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { explain, nodesOf, wholeSorts } from '@/tests/database/explain';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { A_LIST, capture, expectBooksToAgree, grant, hold, mustBeOk, mustHold, upTo } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import type { LedgerLine } from './rules/ledger';
import { exportLedger, type LedgerQuestion, listCharges, listLedger } from './statement';
import { auditLedger } from './store/grants';
import { foldedEntriesSql } from './store/ledger';

useTestDatabase();

async function allLines(scope: Scope, question: LedgerQuestion): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listLedger(scope, { ...question, cursor });
    lines.push(...page.lines);
    if (page.nextCursor === null) return lines;
    cursor = page.nextCursor;
  }
}

const whole = { limit: LEDGER_EXPORT_ENTRIES };

/** Two lists and single checks that are charged in turns, all at once, with grants in between. */
async function runALot(scope: Scope): Promise<string[]> {
  const holds = await Promise.all(
    [0, 1].map(async (n) => mustBeOk(await upTo(scope, 100, { cause: { type: 'list', id: `lst_${n}` } })).holdId),
  );
  for (let round = 0; round < 5; round++) {
    const single = await mustHold(scope, 1);
    await Promise.all([...holds.map((holdId) => capture(scope, holdId, round + 1)), capture(scope, single, 1), grant(scope, 3)]);
  }
  return holds;
}

describe('the balance after each entry', () => {
  it('is the sum of the entries up to it, however many are booked at once', async () => {
    const scope = await makeWorkspace(500);
    await runALot(scope);
    await expectBooksToAgree(scope);
    const lines = await allLines(scope, whole);
    let sum = 0;
    for (const line of lines.toReversed()) {
      sum += line.amount;
      expect(line.balanceAfter).toBe(sum);
    }
    expect(sum).toBe((await auditLedger(scope)).balance);
  });

  it('can’t differ from the balance: such a transaction is refused', async () => {
    const scope = await makeWorkspace(10);
    const book = (withBalance: boolean) =>
      inTransaction(async (tx) => {
        const [id, key] = [newId('creditEntry'), newId('creditEntry')];
        await tx.$executeRaw`INSERT INTO "CreditEntry" ("id", "workspaceId", "kind", "amount", "sourceKey", "causeType")
          VALUES (${id}, ${scope.workspaceId}, 'grant', 5, ${key}, 'grant')`;
        if (withBalance) await tx.creditBalance.update({ where: scope, data: { balance: { increment: 5 } } });
      });
    await expect(book(false)).rejects.toThrow();
    await book(true);
    expect(await auditLedger(scope)).toMatchObject({ balance: 15, entries: 15, broken: 0 });
  });

  it('is in the file, which holds every single entry', async () => {
    const scope = await makeWorkspace(500);
    await runALot(scope);
    let text = '';
    for await (const piece of exportLedger(scope, undefined)) text += piece;
    const rows = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(','));
    const lines = await allLines(scope, whole);
    expect(rows.map((row) => row.at(-1))).toEqual(lines.map(({ balanceAfter }) => String(balanceAfter)));
  });
});

describe('the folded ledger', () => {
  it('has one line per run of a list, which unfolds into its charges; every balance is that of the entry at its place', async () => {
    const scope = await makeWorkspace(500);
    const holds = await runALot(scope);
    const single = await allLines(scope, whole);
    const folded = await allLines(scope, { ...whole, isFolded: true });
    const folds = folded.filter((line) => line.folded !== null);
    expect(folds.map(({ folded: fold }) => fold?.holdId).sort()).toEqual(holds.toSorted());
    expect(folds.map(({ amount, folded: fold }) => [amount, fold?.charges])).toEqual([
      [-15, 5],
      [-15, 5],
    ]);
    expect(folded).toHaveLength(1 + 5 + 5 + 2);
    expect(folded.reduce((sum, { amount }) => sum + amount, 0)).toBe(single.reduce((sum, { amount }) => sum + amount, 0));
    for (const line of folded) {
      expect(line.balanceAfter).toBe(single.find(({ id }) => id === line.id)?.balanceAfter);
    }
    for (const holdId of holds) {
      const charges = (await listCharges(scope, { holdId, limit: 100 })).lines;
      expect(charges.map(({ amount }) => amount)).toEqual([-5, -4, -3, -2, -1]);
      expect(charges[0]).toMatchObject({ id: folds.find(({ folded: fold }) => fold?.holdId === holdId)?.id, folded: null });
      const [newest] = (await listCharges(scope, { holdId, limit: 2 })).lines;
      expect((await listCharges(scope, { holdId, limit: 2, cursor: newest?.id })).lines).toEqual(charges.slice(1, 3));
    }
  });

  it.each([1, 2, 3, 5, 12, 13])('in pages of %i has each line once, the same as in one piece', async (limit) => {
    const scope = await makeWorkspace(500);
    await runALot(scope);
    for (const kind of [undefined, 'capture', 'grant'] as const) {
      const all = await allLines(scope, { ...whole, kind, isFolded: true });
      expect(await allLines(scope, { limit, kind, isFolded: true })).toEqual(all);
    }
  });

  it('shows nobody else’s, and unfolds nobody else’s list', async () => {
    const [scope, stranger] = [await makeWorkspace(500), await makeWorkspace(7)];
    const [holdId = ''] = await runALot(scope);
    expect(await allLines(stranger, { ...whole, isFolded: true })).toMatchObject([{ amount: 7, balanceAfter: 7 }]);
    expect((await listCharges(stranger, { holdId, limit: 10 })).lines).toEqual([]);
    const cursor = (await allLines(scope, whole)).at(0)?.id;
    expect((await listLedger(stranger, { ...whole, cursor, isFolded: true })).lines).toEqual([]);
  });

  it('costs the same at any depth: its streams come in the order of their indexes', async () => {
    const [scope, other] = [await makeWorkspace(), await makeWorkspace(100_000)];
    mustBeOk(await hold(other, 1, 'hold:a', { cause: A_LIST }));
    await db().$executeRawUnsafe(`ALTER TABLE "CreditEntry" DISABLE TRIGGER USER`);
    for (const { workspaceId } of [scope, other]) {
      await db().$executeRaw`
        INSERT INTO "CreditEntry" ("id", "workspaceId", "kind", "amount", "sourceKey", "causeType", "holdId", "seq", "balanceAfter")
        SELECT ${workspaceId} || n, ${workspaceId}, 'capture', -1, ${workspaceId} || n, CASE WHEN n % 2 = 0 THEN 'list' ELSE 'verification' END,
          ${workspaceId} || n % 2000, n + 1000000, 1 FROM generate_series(1, 20000) n`;
      await db().$executeRaw`
        INSERT INTO "CreditHold" ("id", "workspaceId", "amount", "captured", "captures", "lastSeq", "sourceKey", "causeType", "staysOpen")
        SELECT ${workspaceId} || n, ${workspaceId}, 10, 10, 10, 1018000 + n, ${workspaceId} || 'h' || n, 'list', true
        FROM generate_series(2, 2000, 2) n`;
    }
    await db().$executeRawUnsafe(`ALTER TABLE "CreditEntry" ENABLE TRIGGER USER`);
    await db().$executeRaw`ANALYZE "CreditEntry", "CreditHold"`;
    for (const cursor of [undefined, `${scope.workspaceId}10000`]) {
      for (const kind of [undefined, 'capture'] as const) {
        const plan = await explain(foldedEntriesSql(scope, { kind, cursor, take: 51 }));
        const by = new Set(nodesOf(plan).map((node) => node['Index Name']));
        expect(by).toContain('CreditEntry_folded');
        expect(by).toContain('CreditHold_folded');
        expect(wholeSorts(plan, 'CreditEntry')).toEqual([]);
        expect(wholeSorts(plan, 'CreditHold')).toEqual([]);
      }
    }
  });
});
