import { expect, it } from 'vitest';
import { completeVerification } from '@/lib/verifications/complete';
import { startVerification } from '@/lib/verifications/start';
import type { Reason } from '@/lib/verdict/verdict';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import { addUsage, sumUsage, type UsageEntry } from './usage';

useTestDatabase();

const ALL = { from: '2026-01-01', to: '2096-01-01', by: 'key' } as const;
const row = (more: Partial<UsageEntry> = {}): UsageEntry => ({
  apiKeyId: null,
  source: 'list',
  reason: 'mailbox_exists',
  answers: 1,
  credits: 1,
  ...more,
});
const add = (scope: Scope, rows: UsageEntry[]) => inTransaction((tx) => addUsage(scope, rows, tx));

it('sums what is added, including rows of the same kind in one batch, and only for its workspace', async () => {
  const [scope, other] = [await makeWorkspace(), await makeWorkspace()];
  await add(scope, [row({ answers: 5, credits: 5 }), row({ answers: 2, credits: 0 }), row({ reason: 'catch_all', credits: 0 })]);
  await add(scope, [row({ apiKeyId: 'key_1' }), row()]);
  await add(scope, []);
  await add(other, [row()]);
  expect(await sumUsage(scope, ALL)).toEqual([
    { group: '', reason: 'catch_all', answers: 1, credits: 0 },
    { group: '', reason: 'mailbox_exists', answers: 8, credits: 6 },
    { group: 'key_1', reason: 'mailbox_exists', answers: 1, credits: 1 },
  ]);
  const today = new Date().toISOString().slice(0, 10);
  expect((await sumUsage(scope, { ...ALL, by: 'day' })).map(({ group }) => group)).toEqual([today, today]);
  expect(await sumUsage(scope, { ...ALL, from: '2095-01-01' })).toEqual([]);
});

it('loses no count when many batches are added concurrently, in any order of rows', async () => {
  const scope = await makeWorkspace();
  const reasons: Reason[] = ['mailbox_exists', 'mailbox_not_found', 'catch_all', 'greylisted'];
  await Promise.all(
    Array.from({ length: 24 }, (_, turn) =>
      add(
        scope,
        [...reasons.slice(turn % 4), ...reasons.slice(0, turn % 4)].map((reason) => row({ reason })),
      ),
    ),
  );
  expect((await sumUsage(scope, ALL)).map(({ answers }) => answers)).toEqual([24, 24, 24, 24]);
});

it('counts a check once when it is final, however often it is completed, and an answer from memory as free', async () => {
  const scope = await makeWorkspace(10);
  const { id } = mustBeOk(await startVerification(scope, { email: 'a@example.com', source: 'api', apiKeyId: 'key_2' }));
  expect(await sumUsage(scope, ALL)).toEqual([]);
  const completion = { id, answer: fakeAnswer('a@example.com', 'mailbox_exists'), earlierEvidence: [], isCharged: true };
  await completeVerification(scope, completion);
  await completeVerification(scope, completion);
  const again = mustBeOk(await startVerification(scope, { email: 'a@example.com', source: 'app' }));
  expect(again.cached).toBe(true);
  expect(await sumUsage(scope, ALL)).toEqual([
    { group: '', reason: 'mailbox_exists', answers: 1, credits: 0 },
    { group: 'key_2', reason: 'mailbox_exists', answers: 1, credits: 1 },
  ]);
});

it('does not count answers of test keys', async () => {
  const scope = await makeWorkspace(10);
  const { id } = mustBeOk(await startVerification(scope, { email: 'a@example.com', source: 'api', test: true }));
  await completeVerification(scope, {
    id,
    answer: fakeAnswer('a@example.com', 'mailbox_exists'),
    earlierEvidence: [],
    isCharged: false,
  });
  expect(await sumUsage(scope, ALL)).toEqual([]);
});
