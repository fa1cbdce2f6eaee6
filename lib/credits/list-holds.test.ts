import { describe, expect, it } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { createApiKey } from '@/lib/accounts/keys';
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
  PAST,
  release,
  upTo,
} from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { getBalance } from './balance';

useTestDatabase();

const inFull = (scope: Scope, amount: number, sourceKey?: string) => hold(scope, amount, sourceKey, { cause: A_LIST });
const readEntries = (scope: Scope) =>
  inTransaction((tx) =>
    tx.creditEntry.findMany({
      where: scope,
      orderBy: { id: 'asc' },
      select: { kind: true, causeType: true, causeId: true, holdId: true, amount: true },
      take: 20,
    }),
  );

describe('a list in full', () => {
  it('holds all or nothing, and the refusal says how many credits are missing', async () => {
    const scope = await makeWorkspace(120);
    expect(await inFull(scope, 500)).toMatchObject({
      ok: false,
      error: { code: 'insufficient_credits', status: 402, fields: { available: '120', missing: '380' } },
    });
    expect((await getBalance(scope)).held).toBe(0);
    expect(await inFull(scope, 120)).toMatchObject({ ok: true });
    expect(await inFull(scope, 1)).toMatchObject({ error: { fields: { available: '0', missing: '1' } } });
  });

  it('is charged batch by batch, each once, linked to the list, and gives the rest back', async () => {
    const scope = await makeWorkspace(100);
    const { holdId } = mustBeOk(await inFull(scope, 80));
    expect(await capture(scope, holdId, 30, 'list:batch:1')).toBe(true);
    expect(await capture(scope, holdId, 30, 'list:batch:1')).toBe(false);
    expect(await capture(scope, holdId, 25, 'list:batch:2')).toBe(true);
    expect(await release(scope, holdId)).toBe(true);
    expect(await getBalance(scope)).toEqual({ balance: 45, held: 0, available: 45 });
    const cause = { kind: 'capture', causeType: 'list', causeId: A_LIST.id, holdId };
    expect(await readEntries(scope)).toMatchObject([
      { kind: 'grant', causeType: 'grant' },
      { ...cause, amount: -30 },
      { ...cause, amount: -25 },
    ]);
    await expectBooksToAgree(scope);
  });
});

describe('a list started until empty', () => {
  it('holds the available credits, up to its cap, once', async () => {
    const scope = await makeWorkspace(50);
    const first = mustBeOk(await upTo(scope, 20, { sourceKey: 'until-empty:1' }));
    expect(first.amount).toBe(20);
    expect(mustBeOk(await upTo(scope, 90, { sourceKey: 'until-empty:1' }))).toEqual(first);
    expect(mustBeOk(await upTo(scope, 90)).amount).toBe(30);
    expect(await upTo(scope, 90)).toMatchObject({ ok: false, error: { code: 'insufficient_credits' } });
    await expectBooksToAgree(scope);
  });

  it('holds its minimum if there is no more, and does not start below it', async () => {
    const scope = await makeWorkspace(5);
    const least = mustBeOk(await upTo(scope, 90, { atLeast: 5 }));
    expect(least.amount).toBe(5);
    await release(scope, least.holdId);
    expect(await upTo(scope, 90, { atLeast: 6 })).toMatchObject({ error: { fields: { missing: '1' } } });
    expect((await getBalance(scope)).held).toBe(0);
  });

  it('stays open when it is charged to the last credit, and continues with bought credits', async () => {
    const scope = await makeWorkspace(10);
    const { holdId } = mustBeOk(await upTo(scope, 25));
    await capture(scope, holdId, 10);
    expect(mustBeOk(await extend(scope, holdId, 15))).toEqual({ added: 0, left: 0 });
    await grant(scope, 100);
    expect(mustBeOk(await extend(scope, holdId, 15))).toEqual({ added: 15, left: 15 });
    await capture(scope, holdId, 12);
    await release(scope, holdId);
    expect(await getBalance(scope)).toEqual({ balance: 88, held: 0, available: 88 });
    await expectBooksToAgree(scope);
  });

  it('is not extended after its release, nor by another workspace', async () => {
    const [scope, other] = [await makeWorkspace(10), await makeWorkspace(10)];
    const { holdId } = mustBeOk(await upTo(scope, 5));
    expect(await extend(other, holdId, 5)).toMatchObject({ error: { code: 'not_found', message: 'There is no such hold.' } });
    await release(scope, holdId);
    expect(await extend(scope, holdId, 5)).toMatchObject({
      error: { code: 'conflict', message: 'The held credits were already released.' },
    });
    await expectBooksToAgree(scope);
  });

  it('is not extended with credits that have expired', async () => {
    const scope = await makeWorkspace(3);
    const { holdId } = mustBeOk(await upTo(scope, 3));
    await grant(scope, 50, { expiresAt: PAST });
    await grant(scope, 4, { expiresAt: FUTURE });
    expect(mustBeOk(await extend(scope, holdId, 50)).added).toBe(4);
    await expectBooksToAgree(scope);
  });

  it('does not deadlock with concurrent charges of its own and holds of others', async () => {
    const scope = await makeWorkspace(200);
    const { holdId } = mustBeOk(await upTo(scope, 100));
    await Promise.all(
      Array.from({ length: 30 }, (_, turn) =>
        turn % 3 === 0 ? extend(scope, holdId, 2) : turn % 3 === 1 ? capture(scope, holdId, 1) : hold(scope, 1),
      ),
    );
    expect(await getBalance(scope)).toMatchObject({ balance: 190, held: 120 });
    await expectBooksToAgree(scope);
  });
});

describe('grants that expire together', () => {
  it('are spent by priority (the plan’s, gifts, bought ones), then by age', async () => {
    const scope = await makeWorkspace();
    await grant(scope, 5, { kind: 'purchase' });
    await grant(scope, 5, { kind: 'welcome', sourceKey: `older:${scope.workspaceId}` });
    await grant(scope, 5, { kind: 'welcome', sourceKey: `newer:${scope.workspaceId}` });
    await grant(scope, 5, { kind: 'plan' });
    await grant(scope, 5, { kind: 'plan', expiresAt: FUTURE });
    const { holdId } = mustBeOk(await inFull(scope, 25));
    const left = () =>
      inTransaction((tx) =>
        tx.creditGrant.findMany({ where: scope, select: { remaining: true }, orderBy: { id: 'asc' }, take: 9 }),
      );
    const spent: string[] = [];
    for (let batch = 0; batch < 5; batch++) {
      await capture(scope, holdId, 5);
      spent.push((await left()).map(({ remaining }) => remaining).join(' '));
    }
    expect(spent).toEqual(['5 5 5 5 0', '5 5 5 0 0', '5 0 5 0 0', '5 0 0 0 0', '0 0 0 0 0']);
  });
});

describe('a budget of a key', () => {
  async function makeCapped(scope: Scope, cap: number): Promise<string> {
    const made = mustBeOk(await createApiKey(scope, { name: 'Capped', mode: 'live', scopes: ['verify:write'] }));
    await inTransaction((tx) => tx.apiKey.update({ where: { id: made.view.id }, data: { monthlyCreditCap: cap } }));
    return made.view.id;
  }

  it('is never exceeded: of 40 concurrent holds on a cap of 7, exactly 7 succeed', async () => {
    const scope = await makeWorkspace(100);
    const apiKeyId = await makeCapped(scope, 7);
    const results = await Promise.all(Array.from({ length: 40 }, () => hold(scope, 1, undefined, { apiKeyId })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(7);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'budget_exceeded', status: 402 } });
    expect(await hold(scope, 2, undefined, { apiKeyId })).toMatchObject({
      error: {
        message: 'This API key has 0 credits left in this month’s budget; this needs 2.',
        fields: { available: '0', missing: '2' },
      },
    });
    expect(await hold(scope, 1)).toMatchObject({ ok: true });
    await expectBooksToAgree(scope);
  });

  it('is not named by a refusal if only credits are missing, for a key without a budget and for one with enough', async () => {
    const scope = await makeWorkspace(3);
    const free = mustBeOk(await createApiKey(scope, { name: 'Free', mode: 'live', scopes: ['verify:write'] })).view.id;
    for (const apiKeyId of [free, await makeCapped(scope, 4)]) {
      const missing = { code: 'insufficient_credits', fields: { available: '3', missing: '1' } };
      expect(await hold(scope, 4, undefined, { apiKeyId })).toMatchObject({ error: missing });
    }
  });

  it('counts what was charged and what is held, not what was released', async () => {
    const scope = await makeWorkspace(100);
    const apiKeyId = await makeCapped(scope, 10);
    const charged = mustBeOk(await hold(scope, 4, undefined, { apiKeyId }));
    await capture(scope, charged.holdId, 4);
    const givenBack = mustBeOk(await hold(scope, 6, undefined, { apiKeyId }));
    expect(await hold(scope, 1, undefined, { apiKeyId })).toMatchObject({ error: { code: 'budget_exceeded' } });
    await release(scope, givenBack.holdId);
    expect(mustBeOk(await upTo(scope, 50, { apiKeyId })).amount).toBe(6);
  });

  it('limits how far a hold is extended', async () => {
    const scope = await makeWorkspace(100);
    const apiKeyId = await makeCapped(scope, 10);
    const { holdId } = mustBeOk(await upTo(scope, 8, { apiKeyId }));
    await capture(scope, holdId, 8);
    expect(mustBeOk(await extend(scope, holdId, 50))).toEqual({ added: 2, left: 2 });
    expect(mustBeOk(await extend(scope, holdId, 50))).toEqual({ added: 0, left: 2 });
  });

  it('that is lowered below what was charged leaves nothing, never a negative amount', async () => {
    const scope = await makeWorkspace(100);
    const apiKeyId = await makeCapped(scope, 10);
    const { holdId } = mustBeOk(await upTo(scope, 8, { apiKeyId }));
    await inTransaction((tx) => tx.apiKey.update({ where: { id: apiKeyId }, data: { monthlyCreditCap: 5 } }));
    expect(await hold(scope, 1, undefined, { apiKeyId })).toMatchObject({ error: { fields: { available: '0', missing: '1' } } });
    expect(await upTo(scope, 3, { apiKeyId, atLeast: 2 })).toMatchObject({ error: { fields: { available: '0', missing: '2' } } });
    expect(mustBeOk(await extend(scope, holdId, 50))).toEqual({ added: 0, left: 8 });
  });
});
