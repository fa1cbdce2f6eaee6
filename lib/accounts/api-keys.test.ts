import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import {
  API_KEY_LAST_USED_EVERY_MS,
  API_KEY_NAME_MAX_CHARS,
  API_KEYS_A_WORKSPACE,
  API_READS,
  KEY_BUDGET_MAX,
} from '@/lib/platform/limits';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { authenticateApiKey, createApiKey, type CreateApiKey, listApiKeys, revokeApiKey, changeApiKey } from './keys';
import { ALL_API_SCOPES, KEY_BUDGET_PROBLEM, parseApiKey } from './rules/keys';
import { PLANS } from './rules/plans';
import * as rows from './store/keys';

vi.mock('./store/keys', async (importOriginal) => {
  const original = await importOriginal<typeof rows>();
  return { ...original, findApiKeyByHash: vi.fn(original.findApiKeyByHash), touchApiKey: vi.fn(original.touchApiKey) };
});

useTestDatabase();
beforeEach(() => void vi.clearAllMocks());
afterEach(() => vi.useRealTimers());

const wanted: CreateApiKey = { name: 'Sign-up form', mode: 'live', scopes: ['verify:write', 'credits:read'] };
async function make(more: Partial<CreateApiKey> = {}, workspace = makeWorkspace()) {
  const scope = await workspace;
  const made = await createApiKey(scope, { ...wanted, ...more });
  if (!made.ok) throw made.error;
  return { scope, ...made.value };
}

describe('a new key', () => {
  it('is shown once, well formed, and stored only as its SHA-256', async () => {
    const { scope, key, view } = await make();
    expect(parseApiKey(key)).toEqual({ mode: 'live', last4: view.last4 });
    expect(view).toMatchObject({
      name: 'Sign-up form',
      mode: 'live',
      scopes: wanted.scopes,
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(await listApiKeys(scope)).toEqual([view]);
    const kept = await inTransaction((tx) =>
      queryRows(z.unknown(), Prisma.sql`SELECT * FROM "ApiKey" WHERE "id" = ${view.id}`, tx),
    );
    expect(JSON.stringify(kept)).not.toContain(key.slice(9, 41));
  });

  it.each<{ why: string; more: Partial<CreateApiKey>; field: string }>([
    { why: 'no name', more: { name: '  ' }, field: 'name' },
    { why: 'too long a name', more: { name: 'x'.repeat(API_KEY_NAME_MAX_CHARS + 1) }, field: 'name' },
    { why: 'a line break in the name', more: { name: 'a\nb' }, field: 'name' },
    { why: 'a name that can’t be stored', more: { name: 'a\0b' }, field: 'name' },
    { why: 'no scope', more: { scopes: [] }, field: 'scopes' },
    { why: 'a date in the past', more: { expiresAt: new Date(Date.now() - 1) }, field: 'expiresAt' },
    { why: 'no date at all', more: { expiresAt: new Date(Number.NaN) }, field: 'expiresAt' },
  ])('is refused for $why', async ({ more, field }) => {
    const refused = await createApiKey(await makeWorkspace(), { ...wanted, ...more });
    expect(refused.ok ? [] : Object.keys(refused.error.fields)).toEqual([field]);
  });

  it('is refused over the workspace’s limit, even if many are created at once; revoking one makes room', async () => {
    const scope = await makeWorkspace();
    const made = await Promise.all(Array.from({ length: API_KEYS_A_WORKSPACE + 5 }, () => createApiKey(scope, wanted)));
    expect(made.filter(({ ok }) => ok)).toHaveLength(API_KEYS_A_WORKSPACE);
    expect(made.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'limit_reached' } });
    const [first] = await listApiKeys(scope);
    await revokeApiKey(scope, first?.id ?? '');
    expect(await createApiKey(scope, wanted)).toMatchObject({ ok: true });
  });
});

describe('a key in use', () => {
  it('says whose it is, and what it may do', async () => {
    const { scope, key, view } = await make({ scopes: ALL_API_SCOPES, mode: 'test' }, makeWorkspace(0, 'business'));
    expect(await authenticateApiKey(key)).toEqual({
      kind: 'accepted',
      holder: {
        keyId: view.id,
        scope,
        mode: 'test',
        scopes: [...ALL_API_SCOPES],
        plan: 'business',
        allowedIps: [],
        allowedOrigins: [],
        monthlyBudget: null,
      },
    });
  });

  it('with a wrong checksum is refused without asking the database', async () => {
    const { key } = await make();
    for (const wrong of [
      `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`,
      key.replace('live', 'test'),
      'x',
      ' '.repeat(10_000),
    ]) {
      expect(await authenticateApiKey(wrong)).toEqual({ kind: 'unknown' });
    }
    expect(rows.findApiKeyByHash).not.toHaveBeenCalled();
  });

  it('writes its last use at most once a minute', async () => {
    const { scope, key } = await make();
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let n = 0; n < 3; n++) await authenticateApiKey(key);
    expect(rows.touchApiKey).toHaveBeenCalledOnce();
    const [view] = await listApiKeys(scope);
    expect(Math.abs(Date.parse(view?.lastUsedAt ?? '') - Date.now())).toBeLessThan(60_000);
    vi.setSystemTime(Date.now() + API_KEY_LAST_USED_EVERY_MS + 10_000);
    await authenticateApiKey(key);
    expect(rows.touchApiKey).toHaveBeenCalledTimes(2);
  });

  it('takes a token with the lookup, from a bucket of its plan’s size', async () => {
    const { key } = await make({}, makeWorkspace(0, 'business'));
    const { burst } = PLANS.business.verifyingCalls;
    expect(await authenticateApiKey(key, 'verify')).toMatchObject({ taken: { allowed: true, remaining: burst - 1 } });
    expect(await authenticateApiKey(key, 'read')).toMatchObject({ taken: { allowed: true, remaining: API_READS.burst - 1 } });
    expect(await authenticateApiKey(key)).not.toHaveProperty('taken');
  });

  it('50 keys at once, each as often as its plan allows: none is refused below its limit, and none gets more than is refilled', async () => {
    const { aSecond, burst } = PLANS.free.verifyingCalls;
    const keys = await Promise.all(Array.from({ length: 50 }, () => make()));
    const take = async ({ key }: { key: string }) => {
      const check = await authenticateApiKey(key, 'verify');
      return check.kind === 'accepted' && check.taken?.allowed === true;
    };
    const since = Date.now();
    const all = await Promise.all(keys.flatMap((key) => Array.from({ length: burst }, () => take(key))));
    expect(all.filter((isAllowed) => !isAllowed)).toEqual([]);
    const [first = { key: '' }] = keys;
    const more = await Promise.all(Array.from({ length: 100 }, () => take(first)));
    const back = ((Date.now() - since) / 1_000) * aSecond + 1;
    expect(more.filter(Boolean).length).toBeLessThanOrEqual(back);
  }, 60_000);

  it('that opens nothing, or is locked to networks or origins, loses no token to somebody who presents it', async () => {
    const locked = await make({ allowedIps: ['192.0.2.0/24'] });
    expect(await authenticateApiKey(locked.key, 'verify')).not.toHaveProperty('taken');
    const revoked = await make();
    await revokeApiKey(revoked.scope, revoked.view.id);
    expect(await authenticateApiKey(revoked.key, 'verify')).toMatchObject({ kind: 'closed' });
    const names = [locked, revoked].map(({ view }) => `api:verify:${view.id}`);
    const buckets = await inTransaction((tx) =>
      queryRows(z.unknown(), Prisma.sql`SELECT 1 FROM "rate_limit" WHERE "key" = ANY(${names}::text[])`, tx),
    );
    expect(buckets).toEqual([]);
  });

  it('that was revoked or has expired opens nothing', async () => {
    const { scope, key, view } = await make({ expiresAt: new Date(Date.now() + 60_000) });
    vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
    expect(await authenticateApiKey(key)).toMatchObject({ kind: 'closed', detail: 'This API key has expired.' });
    vi.useRealTimers();
    expect(await authenticateApiKey(key)).toMatchObject({ kind: 'accepted' });
    expect(await revokeApiKey(scope, view.id)).toMatchObject({ ok: true });
    expect(await authenticateApiKey(key)).toMatchObject({ kind: 'closed', detail: 'This API key has been revoked.' });
  });
});

describe('revoking', () => {
  it('twice keeps the first date', async () => {
    const { scope, view } = await make();
    await revokeApiKey(scope, view.id);
    const [first] = await listApiKeys(scope);
    expect(await revokeApiKey(scope, view.id)).toMatchObject({ ok: true });
    expect(await listApiKeys(scope)).toEqual([first]);
    expect(first?.revokedAt).not.toBeNull();
  });

  it('cannot reach another workspace’s key, nor can listing', async () => {
    const { key, view } = await make();
    const stranger = await makeWorkspace();
    expect(await revokeApiKey(stranger, view.id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await listApiKeys(stranger)).toEqual([]);
    expect(await authenticateApiKey(key)).toMatchObject({ kind: 'accepted' });
  });
});

describe('a monthly budget', () => {
  it.each([1, KEY_BUDGET_MAX, null])('may be %s, at once or later', async (monthlyBudget) => {
    const { scope, view } = await make({ monthlyBudget });
    expect(view).toMatchObject({ monthlyBudget, spentThisMonth: 0 });
    expect(await changeApiKey(scope, view.id, { monthlyBudget })).toMatchObject({ ok: true });
    expect(await listApiKeys(scope)).toMatchObject([{ monthlyBudget }]);
  });

  it.each([0, -1, 1.5, Number.NaN, KEY_BUDGET_MAX + 1])('cannot be %s', async (monthlyBudget) => {
    const { scope, view } = await make();
    const refused = {
      ok: false,
      error: { code: 'invalid_request', fields: { monthlyBudget: KEY_BUDGET_PROBLEM } },
    };
    expect(await createApiKey(scope, { ...wanted, monthlyBudget })).toMatchObject(refused);
    expect(await changeApiKey(scope, view.id, { monthlyBudget })).toMatchObject(refused);
  });

  it('of another workspace’s key, or a revoked one, cannot be changed', async () => {
    const [mine, theirs] = [await make(), await make()];
    expect(await changeApiKey(mine.scope, theirs.view.id, { monthlyBudget: 1 })).toMatchObject({
      error: { code: 'not_found' },
    });
    await revokeApiKey(mine.scope, mine.view.id);
    expect(await changeApiKey(mine.scope, mine.view.id, { monthlyBudget: 1 })).toMatchObject({
      error: { code: 'not_found' },
    });
  });
});
