import { describe, expect, it } from 'vitest';
import { getUsage } from '@/lib/credits/usage';
import { startList } from '@/lib/lists/start';
import type { FinalRow } from '@/lib/lists/store/results';
import { db } from '@/lib/platform/db/client';
import { DASHBOARD_LISTS } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { codeOfReason, type Reason } from '@/lib/verdict/verdict';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { recordResults } from '@/worker/lists/record';
import { getDashboard, listDashboardLists } from './dashboard';

useTestDatabase();

const pending = (rows: number) => Array.from({ length: rows }, (_, at) => ({ cells: [`a${at}@example.com`] }));

const final = (n: number, reason: Reason): FinalRow => ({
  n,
  email: `a${n - 1}@example.com`,
  domain: 'example.com',
  reason: codeOfReason(reason),
  score: null,
  flags: 0,
  provider: null,
  mxHost: null,
  didYouMean: null,
  cached: false,
  credits: reason === 'mailbox_exists' ? 1 : 0,
  durationMs: 1,
  checkedAt: null,
  layers: [],
  evidence: [],
});

/** A running list with some of its verdicts written. */
async function runList(scope: Scope, rows: number, reasons: readonly Reason[], more: { test?: boolean } = {}): Promise<string> {
  const listId = await seedList(scope, { status: 'ready', rows: pending(rows), more });
  mustBeOk(await startList(scope, { listId, mode: 'full' }));
  const batch = {
    listId,
    run: 1,
    test: more.test === true,
    claim: null,
    hadRetries: false,
    rows: reasons.map((reason, at) => ({ ...final(at + 1, reason), ...(more.test === true && { credits: 0 }) })),
  };
  expect(await recordResults(scope, batch)).toBe(true);
  return listId;
}

describe('the numbers of the dashboard', () => {
  it('count the verdicts of a list while it runs, and agree with the usage page', async () => {
    const scope = await makeWorkspace(100);
    await runList(scope, 5, ['mailbox_exists', 'mailbox_exists', 'timeout']);
    const { usage, latest } = await getDashboard(scope);
    expect(usage.totals).toMatchObject({ answers: 3, credits: 2, counts: { deliverable: 2, unknown: 1 } });
    expect(usage.rows.at(-1)?.answers).toBe(3);
    expect(latest).toEqual([]);
    const { from, to } = usage;
    for (const by of ['day', 'key', 'status', 'reason'] as const) {
      expect(mustBeOk(await getUsage(scope, { from, to, by })).totals).toEqual(usage.totals);
    }
  });

  it('leave out test lists and other workspaces', async () => {
    const [scope, stranger] = [await makeWorkspace(100), await makeWorkspace(100)];
    await runList(scope, 2, ['mailbox_exists'], { test: true });
    await runList(stranger, 2, ['mailbox_exists']);
    expect((await getDashboard(scope)).usage.totals.answers).toBe(0);
  });
});

describe('the first steps', () => {
  it('are all open in a new workspace, and done one by one, a list counting as a check', async () => {
    const scope = await makeWorkspace(100);
    const steps = async () => (await getDashboard(scope)).firstSteps;
    expect(await steps()).toEqual({ hasVerified: false, hasList: false, hasKey: false });
    await seedList(scope, { status: 'uploading' });
    expect(await steps()).toEqual({ hasVerified: false, hasList: true, hasKey: false });
    await runList(scope, 2, ['mailbox_exists']);
    expect(await steps()).toEqual({ hasVerified: true, hasList: true, hasKey: false });
    await db().apiKey.create({
      data: { id: 'key_of_steps', ...scope, name: 'k', mode: 'live', keyHash: 'k', last4: 'abcd', scopes: [] },
    });
    expect(await steps()).toBeNull();
  });
});

describe('its lists', () => {
  it('are those that are open, however old, then the newest', async () => {
    const scope = await makeWorkspace(10);
    await seedList(await makeWorkspace(), { status: 'running' });
    const open = [await seedList(scope, { status: 'running' }), await seedList(scope, { status: 'paused' })];
    const done: string[] = [];
    for (let at = 0; at < DASHBOARD_LISTS + 1; at++) done.push(await seedList(scope));
    const ids = (await listDashboardLists(scope)).map(({ id }) => id);
    expect(ids).toEqual([...open.toReversed(), ...done.toReversed().slice(0, DASHBOARD_LISTS)]);
  });
});
