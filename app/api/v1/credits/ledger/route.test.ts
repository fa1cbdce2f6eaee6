import { expect, it } from 'vitest';
import { ledgerAnswerSchema } from '@/lib/credits/api';
import { completeVerification } from '@/lib/verifications/complete';
import { startVerification } from '@/lib/verifications/start';
import { call, makeKey } from '@/tests/api/call';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';

import { seedList } from '@/tests/database/seed-list';
import { A_LIST, hold, mustBeOk, release } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

useTestDatabase();

const PATH = '/api/v1/credits/ledger';
const read = async (key: string, query = '') => {
  const { status, json } = await call(GET, { key, path: `${PATH}${query}` });
  expect(status).toBe(200);
  return ledgerAnswerSchema.parse(json);
};

async function makeCustomer() {
  const scope = await makeWorkspace(100, 'business');
  return { scope, key: await makeKey(scope) };
}

async function check(scope: { workspaceId: string }, reason: 'mailbox_exists' | 'catch_all' = 'mailbox_exists') {
  const { id } = mustBeOk(await startVerification(scope, { email: 'a@example.com', source: 'app', maxAgeS: 0 }));
  await completeVerification(scope, { id, answer: fakeAnswer('a@example.com', reason), earlierEvidence: [], isCharged: true });
  return id;
}

it('200: the balance’s movements, newest first, each with its cause; of this workspace only', async () => {
  const { scope, key } = await makeCustomer();
  await makeWorkspace(1_000);
  const id = await check(scope);
  await check(scope, 'catch_all');
  const { data, next_cursor } = await read(key);
  expect(next_cursor).toBeNull();
  expect(data).toMatchObject([
    { kind: 'capture', amount: -1, balance_after: 99, cause: { type: 'verification', id }, api_key_id: null },
    { kind: 'grant', amount: 100, balance_after: 100, cause: { type: 'grant' } },
  ]);
});

it('200: in pages by cursor, each line once', async () => {
  const { scope, key } = await makeCustomer();
  for (let at = 0; at < 4; at++) await check(scope);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { data: { id: string }[]; next_cursor: string | null } = await read(
      key,
      `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    seen.push(...page.data.map((line) => line.id));
    cursor = page.next_cursor;
  }
  expect(seen).toHaveLength(5);
  expect(seen).toEqual([...new Set(seen)].sort().toReversed());
});

it('200: by kind, including holds and releases, which do not change the balance', async () => {
  const { scope, key } = await makeCustomer();
  await check(scope);
  await check(scope, 'catch_all');
  const listId = await seedList(scope, { more: { name: 'Autumn' } });
  const list = mustBeOk(await hold(scope, 30, undefined, { cause: { ...A_LIST, id: listId } }));
  expect((await read(key, '?kind=capture')).data.map(({ amount }) => amount)).toEqual([-1]);
  expect((await read(key, '?kind=expire')).data).toEqual([]);
  expect((await read(key, '?kind=hold')).data).toMatchObject([
    { amount: 30, cause: { id: listId } },
    { amount: 1 },
    { amount: 1 },
  ]);
  expect((await read(key, '?kind=release')).data).toMatchObject([{ kind: 'release', amount: 1, balance_after: null }]);
  await release(scope, list.holdId);
  const first = await read(key, '?kind=release&limit=1');
  expect(first.data).toMatchObject([{ amount: 30, cause: { type: 'list', id: listId } }]);
  expect((await read(key, `?kind=release&limit=1&cursor=${first.next_cursor}`)).data).toMatchObject([{ amount: 1 }]);
});

it.each(['?kind=gift', '?cursor=ver_1', '?limit=101', '?limit=0', '?page=2'])('400 for %s', async (query) => {
  const { key } = await makeCustomer();
  expect(await call(GET, { key, path: `${PATH}${query}` })).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
});

it('401 without a key, 403 without the scope, 405 for another method', async () => {
  const scope = await makeWorkspace(0, 'business');
  expect(await call(GET, { path: PATH })).toMatchObject({ status: 401 });
  expect(await call(GET, { path: PATH, key: await makeKey(scope, { scopes: ['verify:write'] }) })).toMatchObject({ status: 403 });
  expect(await call(POST, { path: PATH, body: {} })).toMatchObject({ status: 405 });
});
