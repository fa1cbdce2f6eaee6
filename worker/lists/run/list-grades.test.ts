// Grades of catch-all answers in lists: assigned as rows are written, counted like reasons, and found by filters.
import { describe, expect, it } from 'vitest';
import { getList } from '@/lib/lists/read';
import { listResults, getListRow } from '@/lib/lists/results';
import type { ListFilter } from '@/lib/lists/rules/view';
import { startList } from '@/lib/lists/start';
import type { Scope } from '@/lib/platform/scope';
import { recordFeedback } from '@/lib/verifications/feedback';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { makeList } from '@/tests/database/make-list';
import { auditList, bulkDeps, runList } from '@/tests/database/run-list';
import { seedChecks } from '@/tests/database/seed-check';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withinOneHour } from '@/tests/database/within-one-hour';
import type { Verify } from '../../tasks/verifications';

useTestDatabase();
withinOneHour();

/** Domains that begin with `any-` accept every name. */
const verify: Verify = ({ email }) =>
  Promise.resolve(fakeAnswer(email, (email.split('@')[1] ?? '').startsWith('any-') ? 'catch_all' : 'mailbox_exists'));

async function run(scope: Scope, emails: string[]): Promise<string> {
  const listId = await makeList(scope, { emails });
  mustBeOk(await startList(scope, { listId, mode: 'full' }));
  expect(await runList(listId, bulkDeps(verify))).toBe(true);
  return listId;
}

async function found(scope: Scope, listId: string, filter: ListFilter): Promise<{ emails: string[]; total: number | null }> {
  const { items, total } = mustBeOk(await listResults(scope, listId, filter));
  return { emails: items.map(({ email }) => email), total };
}

const known = (scope: Scope, domain: string) =>
  seedChecks(
    scope,
    ['maria.lopez', 'tom.becker', 'eva.klein'].map((name) => ({ email: `${name}@${domain}`, reason: 'mailbox_exists' })),
  );

describe('the catch-all answers of a list', () => {
  it('are graded, counted by grade and found by grade, together with any other filter', async () => {
    const scope = await makeWorkspace(100);
    await known(scope, 'any-one.example');
    const emails = ['ana.diaz', 'karl.weber', 'adiaz', 'qzxkvbnwj'].map((name) => `${name}@any-one.example`);
    const listId = await run(scope, [...emails, 'jan.huber@any-two.example', 'jan.huber@good.example']);
    const { progress } = mustBeOk(await getList(scope, listId));
    expect(progress).toMatchObject({
      counts: { risky: 5, deliverable: 1 },
      countsByReason: { catch_all: 5, mailbox_exists: 1 },
      countsByGrade: { likely: 2, uncertain: 2, unlikely: 1 },
    });
    expect(await found(scope, listId, { grade: 'likely' })).toEqual({ emails: emails.slice(0, 2), total: 2 });
    expect(await found(scope, listId, { grade: 'unlikely' })).toEqual({ emails: emails.slice(3), total: 1 });
    expect((await found(scope, listId, { reason: 'catch_all' })).total).toBe(5);
    expect((await found(scope, listId, { grade: 'uncertain', status: 'risky', provider: 'example' })).total).toBe(2);
    expect((await found(scope, listId, { grade: 'uncertain', q: '@any-two.example' })).emails).toEqual([
      'jan.huber@any-two.example',
    ]);
    expect((await found(scope, listId, { grade: 'likely', status: 'deliverable' })).total).toBe(0);
    expect((await found(scope, listId, { grade: 'likely', reason: 'mailbox_exists' })).total).toBe(0);
    expect(await auditList(scope, listId)).toMatchObject({ results: 6, tallied: 6, captured: 1, entries: 1 });
  });

  it('say what their grade is based on, on their own page and in the table', async () => {
    const scope = await makeWorkspace(100);
    await known(scope, 'any-three.example');
    const listId = await run(scope, ['ana.diaz@any-three.example', 'jan.huber@good-three.example']);
    expect(mustBeOk(await getListRow(scope, listId, 1))).toMatchObject({
      grade: 'likely',
      gradeBasis: [{ code: 'name_alike' }, { code: 'name_of_a_person' }],
    });
    const rows = mustBeOk(await listResults(scope, listId)).items;
    expect(rows.map(({ grade, gradeBasis }) => [grade, gradeBasis.map(({ code }) => code)])).toEqual([
      ['likely', ['name_alike', 'name_of_a_person']],
      [null, []],
    ]);
  });

  it('from memory are graded by what was reported since', async () => {
    const scope = await makeWorkspace(100);
    const emails = ['jan.huber@any-four.example', 'ida.berg@any-four.example'];
    await run(scope, emails);
    for (const email of emails) mustBeOk(await recordFeedback(scope, { target: { email }, outcome: 'hard_bounce' }));
    const again = await run(scope, [...emails, 'leo.roth@any-four.example']);
    const { items } = mustBeOk(await listResults(scope, again));
    expect(items.map(({ cached, grade, gradeBasis }) => [cached, grade, gradeBasis[0]?.code])).toEqual([
      [true, 'unlikely', 'address_bounced'],
      [true, 'unlikely', 'address_bounced'],
      [false, 'unlikely', 'domain_bounces'],
    ]);
  });

  it('of a test list are graded by the name alone', async () => {
    const scope = await makeWorkspace(100);
    await known(scope, 'any-five.example');
    const listId = await makeList(scope, { emails: ['ana.diaz+catch-all@any-five.example'], test: true });
    mustBeOk(await startList(scope, { listId, mode: 'full' }));
    await runList(listId, bulkDeps(verify));
    const { items } = mustBeOk(await listResults(scope, listId));
    expect(items).toMatchObject([{ reason: 'catch_all', grade: 'uncertain', gradeBasis: [{ code: 'name_of_a_person' }] }]);
  });
});
