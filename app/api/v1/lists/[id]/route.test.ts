import { describe, expect, it, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { call, makeKey, type Call } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList, type SeedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { DELETE, GET, PATCH } from './route';

useTestDatabase();

async function makeApiList(seed: SeedList = {}) {
  const scope = await makeWorkspace(0, 'business');
  const id = await seedList(scope, { rows: [{ cells: ['a@example.com'], reason: 'no_mx' }], ...seed });
  return { scope, id, key: await makeKey(scope) };
}

const how = (id: string, more: Call): Call => ({ path: `/api/v1/lists/${id}`, params: { id }, ...more });
const remove = (id: string, key: string) => call(DELETE, how(id, { method: 'DELETE', key }));
const patch = (id: string, key: string, body: unknown) => call(PATCH, how(id, { method: 'PATCH', key, body }));

describe('DELETE', () => {
  it('200: the list expires and keeps its totals; a second call is no error', async () => {
    const { id, key } = await makeApiList();
    for (let times = 0; times < 2; times++) {
      const answer = await remove(id, key);
      expect(answer).toMatchObject({ status: 200, json: { id, status: 'expired', progress: { processed: 1 } } });
    }
    expect(await call(GET, how(id, { key }))).toMatchObject({ status: 200, json: { status: 'expired' } });
  });

  test.each(['queued', 'running', 'paused'] as const)('409 while it is %s, with the way out', async (status) => {
    const { id, key } = await makeApiList({ status });
    const answer = await remove(id, key);
    expect(answer).toMatchObject({ status: 409, json: { code: 'list_status_conflict' } });
    expect(answer.text).toContain('Cancel it first');
  });

  it('403 without lists:write', async () => {
    const { scope, id } = await makeApiList();
    expect(await remove(id, await makeKey(scope, { scopes: ['lists:read'] }))).toMatchObject({ status: 403 });
  });

  it('404 for another workspace’s list, one of the other mode, and an unknown one', async () => {
    const { scope, id, key } = await makeApiList();
    expect(await remove(id, (await makeApiList()).key)).toMatchObject({ status: 404 });
    expect(await remove(id, await makeKey(scope, { mode: 'test' }))).toMatchObject({ status: 404 });
    expect(await remove(newId('list'), key)).toMatchObject({ status: 404 });
  });
});

describe('PATCH', () => {
  it('200: a new number of days moves the expiry', async () => {
    const { id, key } = await makeApiList();
    expect(await patch(id, key, { retention_days: 90 })).toMatchObject({ status: 200, json: { retention_days: 90 } });
  });

  test.each([{ retention_days: 0 }, { retention_days: 91 }, { retention_days: '7' }, {}, { name: 'x' }])(
    '400 for %j',
    async (body) => {
      const { id, key } = await makeApiList();
      expect(await patch(id, key, body)).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
    },
  );

  it('400 for a number of days that has already passed', async () => {
    const { id, key } = await makeApiList({ more: { finishedAt: new Date(Date.now() - 5 * 86_400_000) } });
    expect(await patch(id, key, { retention_days: 4 })).toMatchObject({ status: 400 });
  });

  it('404 for another workspace’s list', async () => {
    expect(await patch((await makeApiList()).id, (await makeApiList()).key, { retention_days: 9 })).toMatchObject({
      status: 404,
    });
  });

  it('410 when the rows are deleted', async () => {
    const { id, key } = await makeApiList({ status: 'expired' });
    expect(await patch(id, key, { retention_days: 9 })).toMatchObject({ status: 410, json: { code: 'gone' } });
  });
});
