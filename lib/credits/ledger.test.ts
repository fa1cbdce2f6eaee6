import { describe, expect, it } from 'vitest';
import { findHold } from './store/holds';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import { makeWorkspace } from '@/tests/database/fake-answers';
import {
  A_LIST,
  capture,
  expectBooksToAgree,
  extend,
  FUTURE,
  grant,
  hold,
  mustBeOk,
  mustHold,
  PAST,
  release,
  upTo,
} from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { expireDueGrants, refundCredits } from './grants';
import { captureHold } from './holds';
import { getBalance } from './balance';
import { listLedger } from './statement';
import { listCreditSources } from './store/ledger';
import { getCreditsOverview } from './usage';

useTestDatabase();

describe('grants', () => {
  it('with the same source key are made once', async () => {
    const scope = await makeWorkspace();
    const results = await Promise.all([1, 2, 3].map(() => grant(scope, 50, { sourceKey: `once:${scope.workspaceId}` })));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await getBalance(scope)).toEqual({ balance: 50, held: 0, available: 50 });
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 31])('of %s credits are refused', async (amount) => {
    const scope = await makeWorkspace();
    await expect(grant(scope, amount)).rejects.toThrow(RangeError);
  });
});

describe('a line of the ledger', () => {
  it('links to its cause: a charge to its own or its hold’s, a grant to its own or to itself', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 10);
    await grant(scope, 5, { cause: { type: 'purchase', id: 'cs_of_a_test' } });
    const holdId = await mustHold(scope, 2);
    await capture(scope, holdId, 1);
    const sourceKey = `own-cause:${scope.workspaceId}`;
    await inTransaction((tx) => captureHold(scope, { holdId, amount: 1, sourceKey, cause: A_LIST }, tx));
    const { lines } = await listLedger(scope, { limit: 10 });
    expect(lines.map(({ cause }) => [cause.type, cause.id])).toEqual([
      [A_LIST.type, A_LIST.id],
      ['verification', 'ver_of_a_test'],
      ['purchase', 'cs_of_a_test'],
      ['grant', expect.stringMatching(/^grt_/)],
    ]);
    const grants = await listLedger(scope, { kind: 'grant', limit: 10 });
    expect(grants.lines.map(({ amount }) => amount)).toEqual([5, 10]);
  });
});

it('a refund with the same source key is made once', async () => {
  const scope = await makeWorkspace();
  const refund = { amount: 3, sourceKey: `refund:${scope.workspaceId}`, cause: A_LIST, apiKeyId: null, now: new Date() };
  const give = () => inTransaction((tx) => refundCredits(scope, refund, tx));
  expect([await give(), await give()]).toEqual([true, false]);
  expect(await getBalance(scope)).toMatchObject({ balance: 3 });
  await expectBooksToAgree(scope);
});

it('holds are listed page by page, each once', async () => {
  const scope = await makeWorkspace(3);
  for (const amount of [1, 2]) await mustHold(scope, amount);
  const first = await listLedger(scope, { kind: 'hold', limit: 1 });
  expect(first.lines.map(({ amount }) => amount)).toEqual([2]);
  const second = await listLedger(scope, { kind: 'hold', limit: 1, cursor: first.nextCursor ?? undefined });
  expect(second.lines.map(({ amount }) => amount)).toEqual([1]);
  expect(second.nextCursor).toBeNull();
});

describe('what the balance consists of', () => {
  const LATER = new Date('2097-01-01T00:00:00Z');

  async function makeMixed(): Promise<Scope> {
    const scope = await makeWorkspace();
    await grant(scope, 2, { kind: 'welcome' });
    await grant(scope, 3, { kind: 'pack' });
    await grant(scope, 10, { kind: 'purchase' });
    await grant(scope, 7, { kind: 'plan', expiresAt: LATER });
    await grant(scope, 4, { kind: 'monthly', expiresAt: FUTURE });
    await grant(scope, 1, { kind: 'monthly', expiresAt: FUTURE });
    await grant(scope, 50, { kind: 'monthly', expiresAt: PAST });
    return scope;
  }

  it('is listed by source, soonest to expire first, without what has expired', async () => {
    const scope = await makeMixed();
    const sources = [
      { from: 'free', credits: 5, expiresAt: FUTURE },
      { from: 'plan', credits: 7, expiresAt: LATER },
      { from: 'bought', credits: 13, expiresAt: null },
      { from: 'other', credits: 2, expiresAt: null },
    ];
    expect(await listCreditSources(scope, 10)).toEqual(sources);
    expect(await listCreditSources(scope, 2)).toEqual(sources.slice(0, 2));
    expect(await listCreditSources(await makeWorkspace(), 10)).toEqual([]);
  });

  it('is listed by expiry, without what never expires or is spent', async () => {
    const scope = await makeMixed();
    expect((await getCreditsOverview(scope)).expiring).toEqual([
      { expiresAt: FUTURE.toISOString(), credits: 5 },
      { expiresAt: LATER.toISOString(), credits: 7 },
    ]);
    await capture(scope, await mustHold(scope, 6), 6);
    expect((await getCreditsOverview(scope)).expiring).toEqual([{ expiresAt: LATER.toISOString(), credits: 6 }]);
  });
});

describe('holds', () => {
  it('never exceed the balance: of 60 concurrent holds on 20 credits, exactly 20 succeed', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 20);
    const results = await Promise.all(Array.from({ length: 60 }, () => hold(scope, 1)));
    expect(results.filter((result) => result.ok)).toHaveLength(20);
    expect(results.find((result) => !result.ok)).toMatchObject({ error: { code: 'insufficient_credits', status: 402 } });
    expect(await getBalance(scope)).toEqual({ balance: 20, held: 20, available: 0 });
    await expectBooksToAgree(scope);
  });

  it('with the same source key hold once', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 5);
    const first = await hold(scope, 5, `same:${scope.workspaceId}`);
    expect(await hold(scope, 5, `same:${scope.workspaceId}`)).toEqual(first);
    expect((await getBalance(scope)).held).toBe(5);
  });

  it('of a workspace that never had credits are refused', async () => {
    expect(await hold(await makeWorkspace(), 1)).toMatchObject({
      error: { code: 'insufficient_credits', fields: { available: '0', missing: '1' } },
    });
  });

  it('that are refused say in words how many credits there are and how many are missing', async () => {
    const scope = await makeWorkspace(1);
    expect(await hold(scope, 5)).toMatchObject({ error: { message: 'This needs 5 credits; you have 1 and need 4 more.' } });
    expect((await getBalance(scope)).held).toBe(0);
    await mustHold(scope, 1);
    expect(await hold(scope, 1)).toMatchObject({ error: { message: 'This needs 1 credit; you have 0 and need 1 more.' } });
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 31])('and charges of %s credits are a bug and throw', async (amount) => {
    const scope = await makeWorkspace(5);
    await expect(hold(scope, amount)).rejects.toThrow(RangeError);
    await expect(upTo(scope, amount)).rejects.toThrow(RangeError);
    await expect(upTo(scope, 5, { atLeast: amount })).rejects.toThrow(RangeError);
    const holdId = await mustHold(scope, 2);
    await expect(extend(scope, holdId, amount)).rejects.toThrow(RangeError);
    await expect(capture(scope, holdId, amount)).rejects.toThrow(RangeError);
    expect(await getBalance(scope)).toEqual({ balance: 5, held: 2, available: 3 });
  });

  it('close when they are charged completely, except a list’s, which its release closes', async () => {
    const scope = await makeWorkspace(10);
    const check = await mustHold(scope, 2);
    await capture(scope, check, 2);
    expect(await release(scope, check)).toBe(false);
    const list = mustBeOk(await hold(scope, 2, undefined, { cause: A_LIST })).holdId;
    await capture(scope, list, 2);
    expect(await release(scope, list)).toBe(true);
    expect(await release(scope, list)).toBe(false);
    await expectBooksToAgree(scope);
  });

  it('do not take credits that have expired, swept or not', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 10, { expiresAt: PAST });
    await grant(scope, 3);
    expect((await getBalance(scope)).available).toBe(3);
    expect(await hold(scope, 4)).toMatchObject({ ok: false });
    expect(await hold(scope, 3)).toMatchObject({ ok: true });
  });

  it('never draw on credits that had already expired, however often the rest is held and charged', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 10, { expiresAt: PAST });
    await grant(scope, 3);
    for (let charged = 0; charged < 3; charged++) expect(await capture(scope, await mustHold(scope, 1), 1)).toBe(true);
    expect(await hold(scope, 1)).toMatchObject({ ok: false, error: { code: 'insufficient_credits' } });
    expect(await getBalance(scope)).toEqual({ balance: 0, held: 0, available: 0 });
    await expectBooksToAgree(scope);
  });

  it('of one workspace can’t be charged or released by another', async () => {
    const [owner, other] = [await makeWorkspace(), await makeWorkspace()];
    await grant(owner, 5);
    await grant(other, 5);
    const holdId = await mustHold(owner, 2);
    await expect(capture(other, holdId, 1)).rejects.toThrow('closed or too small');
    expect(await release(other, holdId)).toBe(false);
    expect(await getBalance(owner)).toEqual({ balance: 5, held: 2, available: 3 });
    expect(await getBalance(other)).toEqual({ balance: 5, held: 0, available: 5 });
    expect(await inTransaction((tx) => findHold(other, 'any', tx))).toBeNull();
  });
});

describe('captures', () => {
  it('with the same source key charge once, even concurrently', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 10);
    const holdId = await mustHold(scope, 4);
    const results = await Promise.all([1, 2, 3, 4].map(() => capture(scope, holdId, 1, `charge:${scope.workspaceId}`)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await getBalance(scope)).toEqual({ balance: 9, held: 3, available: 6 });
    await expectBooksToAgree(scope);
  });

  it('that exceed the hold throw and leave nothing behind', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 10);
    const holdId = await mustHold(scope, 2);
    await expect(capture(scope, holdId, 3)).rejects.toThrow('closed or too small');
    expect(await getBalance(scope)).toEqual({ balance: 10, held: 2, available: 8 });
    await expectBooksToAgree(scope);
  });

  it('spend what expires soonest first', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 5);
    await grant(scope, 5, { expiresAt: FUTURE });
    await capture(scope, await mustHold(scope, 5), 5);
    expect(
      await inTransaction((tx) =>
        tx.creditGrant.findMany({ where: scope, select: { remaining: true, expiresAt: true }, take: 2 }),
      ),
    ).toEqual(
      expect.arrayContaining([
        { remaining: 0, expiresAt: FUTURE },
        { remaining: 5, expiresAt: null },
      ]),
    );
  });
});

describe('expiry', () => {
  it('takes what remains of expired grants, once', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 10, { expiresAt: PAST });
    await grant(scope, 4, { expiresAt: FUTURE });
    expect(await expireDueGrants()).toBeGreaterThanOrEqual(10);
    await expireDueGrants();
    expect(await getBalance(scope)).toEqual({ balance: 4, held: 0, available: 4 });
    await expectBooksToAgree(scope);
  });

  it('leaves what is held to be captured, and takes it when it is released', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 10);
    const holdId = await mustHold(scope, 6);
    await inTransaction((tx) => tx.creditGrant.updateMany({ where: scope, data: { expiresAt: PAST } }));
    await expireDueGrants();
    expect(await getBalance(scope)).toEqual({ balance: 6, held: 6, available: 0 });
    expect(await capture(scope, holdId, 2)).toBe(true);
    await release(scope, holdId);
    await expireDueGrants();
    expect(await getBalance(scope)).toEqual({ balance: 0, held: 0, available: 0 });
    await expectBooksToAgree(scope);
  });
});

describe('a month that ends while credits are held', () => {
  /** Ten credits of the old month, six of them held when it ended, and a hundred of the new month. */
  async function turnMonth(): Promise<{ scope: Scope; holdId: string }> {
    const scope = await makeWorkspace();
    await grant(scope, 10);
    const holdId = await mustHold(scope, 6);
    await inTransaction(
      (tx) => tx.$executeRaw`
      UPDATE "CreditGrant" SET "expiresAt" = timezone('UTC', clock_timestamp()) WHERE "workspaceId" = ${scope.workspaceId}`,
    );
    await grant(scope, 100, { expiresAt: FUTURE });
    return { scope, holdId };
  }

  it('leaves the new month complete, before and after the sweep, and pays the charge from the old one', async () => {
    const { scope, holdId } = await turnMonth();
    expect((await getBalance(scope)).available).toBe(100);
    await expireDueGrants();
    expect(await getBalance(scope)).toEqual({ balance: 106, held: 6, available: 100 });
    await capture(scope, holdId, 6);
    await expireDueGrants();
    expect(await getBalance(scope)).toEqual({ balance: 100, held: 0, available: 100 });
    await expectBooksToAgree(scope);
  });

  it('gives nothing of the old month to new holds, and takes back what is released', async () => {
    const { scope, holdId } = await turnMonth();
    const newer = await mustHold(scope, 100);
    expect(await hold(scope, 1)).toMatchObject({ ok: false });
    await capture(scope, newer, 100);
    await release(scope, holdId);
    expect((await getBalance(scope)).available).toBe(0);
    await expireDueGrants();
    expect(await getBalance(scope)).toEqual({ balance: 0, held: 0, available: 0 });
    await expectBooksToAgree(scope);
  });
});

describe('the ledger', () => {
  it('is append-only', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 1);
    await expect(inTransaction((tx) => tx.creditEntry.updateMany({ where: scope, data: { amount: 2 } }))).rejects.toThrow(
      'append-only',
    );
  });
});
