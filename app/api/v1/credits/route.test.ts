import { expect, it } from 'vitest';
import { TEST_LISTS_A_WORKSPACE } from '@/lib/platform/limits';
import { PLANS } from '@/lib/accounts/rules/plans';
import { creditsAnswerSchema } from '@/lib/credits/api';
import { createBatch } from '@/lib/lists/create';
import { startVerification } from '@/lib/verifications/start';
import { call, makeKey } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { setFreeAnswers } from '@/tests/database/free-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, HEAD, POST } from './route';

useTestDatabase();

it('200: credits left, credits held, and the plan, of this workspace only', async () => {
  const scope = await makeWorkspace(7, 'business');
  await makeWorkspace(1_000, 'business');
  await startVerification(scope, { email: 'a@example.com', source: 'app' });
  expect(await call(GET, { key: await makeKey(scope) })).toMatchObject({
    status: 200,
    json: { available: 6, held: 1, plan: 'business' },
  });
});

it('200: what the plan allows besides credits, and how much of it is used', async () => {
  const scope = await makeWorkspace(3);
  const items = [{ email: 'a@example.com' }, { email: 'b@example.com' }];
  for (const test of [true, false]) expect((await createBatch(scope, { items, test })).ok).toBe(true);
  await setFreeAnswers(scope, 7);
  const { json } = await call(GET, { key: await makeKey(scope) });
  const { keeps, freeAnswersADay } = PLANS.free;
  const { limits } = creditsAnswerSchema.parse(json);
  expect(limits).toMatchObject({
    lists: { used: 1, allowed: keeps.lists },
    rows: { used: 2, allowed: keeps.rows },
    bytes: { used: 26, allowed: keeps.bytes },
    test_lists: { used: 1, allowed: TEST_LISTS_A_WORKSPACE },
    free_answers: { used: 7, allowed: freeAnswersADay },
  });
  expect(limits.free_answers.resets_at).toMatch(/T00:00:00\.000Z$/);
});

it('200: a plan that no longer exists is the Free plan', async () => {
  const scope = await makeWorkspace(0, 'gold');
  const answered = await call(GET, { key: await makeKey(scope) });
  expect(answered).toMatchObject({ status: 200, json: { plan: 'free' } });
  expect(answered.headers.get('ratelimit-policy')).toBe('"read";q=100;w=5');
});

it('401 without a key, 403 without the scope, 405 for another method', async () => {
  const scope = await makeWorkspace(0, 'business');
  expect(await call(GET)).toMatchObject({ status: 401, json: { code: 'missing_key' } });
  expect(await call(GET, { key: await makeKey(scope, { scopes: ['verify:write'] }) })).toMatchObject({ status: 403 });
  expect(await call(POST, { body: {} })).toMatchObject({ status: 405 });
  expect(await call(HEAD, { method: 'HEAD', key: await makeKey(scope) })).toMatchObject({ status: 200 });
});
