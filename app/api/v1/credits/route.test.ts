import { expect, it } from 'vitest';
import { startVerification } from '@/lib/services/start-verification';
import { call, makeKey } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, HEAD, POST } from './route';

useTestDatabase();

it('200: what is left, what is held, the plan; of this workspace only', async () => {
  const scope = await makeWorkspace(7, 'business');
  await makeWorkspace(1_000, 'business');
  await startVerification(scope, { email: 'a@example.com', source: 'app' });
  expect(await call(GET, { key: await makeKey(scope) })).toMatchObject({
    status: 200,
    json: { available: 6, held: 1, plan: 'business' },
  });
});

it('200: a plan that no longer exists is the Free plan', async () => {
  const scope = await makeWorkspace(0, 'gold');
  const answered = await call(GET, { key: await makeKey(scope) });
  expect(answered).toMatchObject({ status: 200, json: { plan: 'free' } });
  expect(answered.headers.get('ratelimit-policy')).toBe('"default";q=2;w=1');
});

it('401 without a key, 403 without the scope, 405 for another method', async () => {
  const scope = await makeWorkspace(0, 'business');
  expect(await call(GET)).toMatchObject({ status: 401, json: { code: 'missing_key' } });
  expect(await call(GET, { key: await makeKey(scope, { scopes: ['verify:write'] }) })).toMatchObject({ status: 403 });
  expect(await call(POST, { body: {} })).toMatchObject({ status: 405 });
  expect(await call(HEAD, { method: 'HEAD', key: await makeKey(scope) })).toMatchObject({ status: 200 });
});
