import { expect, it } from 'vitest';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import { USAGE_MAX_DAYS } from '@/lib/platform/limits';
import { lastDays } from '@/lib/credits/rules/usage';
import type { Reason } from '@/lib/verdict/verdict';
import { usageAnswerSchema } from '@/lib/credits/api';
import { createApiKey } from '@/lib/accounts/keys';
import { call, makeKey } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

useTestDatabase();

const PATH = '/api/v1/usage';
const read = async (key: string, query = '') => {
  const { status, json } = await call(GET, { key, path: `${PATH}${query}` });
  expect(status).toBe(200);
  return usageAnswerSchema.parse(json);
};
const use = (
  { workspaceId }: Scope,
  day: string,
  reason: Reason,
  counts: { answers: number; credits: number; apiKeyId?: string },
) => inTransaction((tx) => tx.usageDay.create({ data: { workspaceId, day: new Date(day), source: 'api', reason, ...counts } }));

async function makeUsed() {
  const scope = await makeWorkspace(0, 'business');
  const made = mustBeOk(await createApiKey(scope, { name: 'Form', mode: 'live', scopes: ['credits:read'] }));
  await use(scope, '2026-05-01', 'mailbox_exists', { answers: 7, credits: 5, apiKeyId: made.view.id });
  await use(scope, '2026-05-03', 'catch_all', { answers: 2, credits: 0 });
  await use(scope, '2026-05-03', 'role_account', { answers: 3, credits: 3 });
  await use(scope, '2026-06-01', 'mailbox_exists', { answers: 100, credits: 100 });
  await use(await makeWorkspace(), '2026-05-02', 'mailbox_exists', { answers: 50, credits: 50 });
  return { key: made.key, keyId: made.view.id };
}
const MAY = '?from=2026-05-01&to=2026-05-04';

it('200 by day: every day of the range, and its sums', async () => {
  const { key } = await makeUsed();
  const usage = await read(key, MAY);
  expect(usage).toMatchObject({ from: '2026-05-01', to: '2026-05-04', group_by: 'day' });
  expect(usage.data.map(({ group, answers, credits }) => [group, answers, credits])).toEqual([
    ['2026-05-01', 7, 5],
    ['2026-05-02', 0, 0],
    ['2026-05-03', 5, 3],
    ['2026-05-04', 0, 0],
  ]);
  expect(usage.data[2]?.counts).toEqual({ deliverable: 0, risky: 5, unknown: 0, undeliverable: 0 });
  expect(usage.totals).toEqual({ answers: 12, credits: 8, counts: { deliverable: 7, risky: 5, unknown: 0, undeliverable: 0 } });
});

it('200 by key, status and reason: the most expensive first', async () => {
  const { key, keyId } = await makeUsed();
  expect((await read(key, `${MAY}&group_by=key`)).data).toMatchObject([
    { group: keyId, name: 'Form', credits: 5 },
    { group: null, name: null, answers: 5, credits: 3 },
  ]);
  const groups = async (by: string) => (await read(key, `${MAY}&group_by=${by}`)).data.map(({ group }) => group);
  expect(await groups('status')).toEqual(['deliverable', 'risky']);
  expect(await groups('reason')).toEqual(['mailbox_exists', 'role_account', 'catch_all']);
});

it('200: the last 30 days by default, and at most the limit', async () => {
  const { key } = await makeUsed();
  expect((await read(key)).data).toHaveLength(30);
  const from = (days: number) => lastDays(days, new Date('2026-05-04')).from;
  expect((await read(key, `?from=${from(USAGE_MAX_DAYS)}&to=2026-05-04`)).data).toHaveLength(USAGE_MAX_DAYS);
  expect(await call(GET, { key, path: `${PATH}?from=${from(USAGE_MAX_DAYS + 1)}&to=2026-05-04` })).toMatchObject({ status: 400 });
});

it.each(['?from=2026-02-30', '?to=today', '?group_by=week', '?from=2026-05-02&to=2026-05-01', '?day=1'])(
  '400 for %s',
  async (query) => {
    const { key } = await makeUsed();
    expect(await call(GET, { key, path: `${PATH}${query}` })).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
  },
);

it('401 without a key, 403 without the scope, 405 for another method', async () => {
  const scope = await makeWorkspace(0, 'business');
  expect(await call(GET, { path: PATH })).toMatchObject({ status: 401 });
  expect(await call(GET, { path: PATH, key: await makeKey(scope, { scopes: ['verify:write'] }) })).toMatchObject({ status: 403 });
  expect(await call(POST, { path: PATH, body: {} })).toMatchObject({ status: 405 });
});
