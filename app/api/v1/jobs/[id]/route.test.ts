import { describe, expect, it, test } from 'vitest';
import { newId } from '@/lib/ids';
import { call, makeKey, type Call } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList, type SeedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { DELETE, GET, PATCH } from './route';

useTestDatabase();

async function makeJob(seed: SeedList = {}) {
  const scope = await makeWorkspace(0, 'business');
  const id = await seedList(scope, { rows: [{ cells: ['a@example.com'], reason: 'no_mx' }], ...seed });
  return { scope, id, key: await makeKey(scope) };
}

const how = (id: string, more: Call): Call => ({ path: `/api/v1/jobs/${id}`, params: { id }, ...more });
const remove = (id: string, key: string) => call(DELETE, how(id, { method: 'DELETE', key }));
const patch = (id: string, key: string, body: unknown) => call(PATCH, how(id, { method: 'PATCH', key, body }));

describe('DELETE', () => {
  it('200: the job is expired, its totals stay; a second time is no error', async () => {
    const { id, key } = await makeJob();
    for (let times = 0; times < 2; times++) {
      const answer = await remove(id, key);
      expect(answer).toMatchObject({ status: 200, json: { id, state: 'expired', progress: { processed: 1 } } });
    }
    expect(await call(GET, how(id, { key }))).toMatchObject({ status: 200, json: { state: 'expired' } });
  });

  test.each(['queued', 'running', 'paused'] as const)('409 while it is %s, with the way out', async (state) => {
    const { id, key } = await makeJob({ state });
    const answer = await remove(id, key);
    expect(answer).toMatchObject({ status: 409, json: { code: 'job_state_conflict' } });
    expect(answer.text).toContain('Cancel it first');
  });

  it('403 without jobs:write', async () => {
    const { scope, id } = await makeJob();
    expect(await remove(id, await makeKey(scope, { scopes: ['jobs:read'] }))).toMatchObject({ status: 403 });
  });

  it('404 for another’s, for the other mode’s, and for none', async () => {
    const { scope, id, key } = await makeJob();
    expect(await remove(id, (await makeJob()).key)).toMatchObject({ status: 404 });
    expect(await remove(id, await makeKey(scope, { mode: 'test' }))).toMatchObject({ status: 404 });
    expect(await remove(newId('list'), key)).toMatchObject({ status: 404 });
  });
});

describe('PATCH', () => {
  it('200: other days, another end', async () => {
    const { id, key } = await makeJob();
    expect(await patch(id, key, { retention_days: 90 })).toMatchObject({ status: 200, json: { retention_days: 90 } });
  });

  test.each([{ retention_days: 0 }, { retention_days: 91 }, { retention_days: '7' }, {}, { name: 'x' }])(
    '400 for %j',
    async (body) => {
      const { id, key } = await makeJob();
      expect(await patch(id, key, body)).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
    },
  );

  it('400 for days that are over already', async () => {
    const { id, key } = await makeJob({ more: { finishedAt: new Date(Date.now() - 5 * 86_400_000) } });
    expect(await patch(id, key, { retention_days: 4 })).toMatchObject({ status: 400 });
  });

  it('404 for another’s', async () => {
    expect(await patch((await makeJob()).id, (await makeJob()).key, { retention_days: 9 })).toMatchObject({ status: 404 });
  });

  it('410 when the rows are deleted', async () => {
    const { id, key } = await makeJob({ state: 'expired' });
    expect(await patch(id, key, { retention_days: 9 })).toMatchObject({ status: 410, json: { code: 'gone' } });
  });
});
