import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getBalance, enqueueResume } from '@/lib/credits/balance';
import { PLANS } from '@/lib/accounts/rules/plans';
import { resumeList, resumePausedLists } from '@/lib/lists/pause';
import { startList } from '@/lib/lists/start';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { CHUNK_MAX_ADDRESSES } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { isReason } from '@/lib/verdict/verdict';
import { completeVerification } from '@/lib/verifications/complete';
import { startVerification, type StartVerification } from '@/lib/verifications/start';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { passMidnight, setFreeAnswers, usedFreeAnswers } from '@/tests/database/free-answers';
import { makeList } from '@/tests/database/make-list';
import { auditList, bulkDeps, byDomain, claim, creditsOf, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { planList } from '../plan';
import type { Verify } from '../../tasks/verifications';
import { sweepLists } from '../sweep';

useTestDatabase();
vi.setConfig({ testTimeout: 60_000 });

const ALLOWED = PLANS.free.freeAnswersADay;
const CHUNK = CHUNK_MAX_ADDRESSES;

/** `no-mx-3@…` gets the reason no_mx; any other address exists. */
const byName: Verify = ({ email }) => {
  const word = (email.split('@')[0] ?? '').replace(/-\d+$/, '').replaceAll('-', '_');
  return Promise.resolve(fakeAnswer(email, isReason(word) ? word : 'mailbox_exists'));
};
const emails = (count: number, word: string, domain = 'one.example'): string[] =>
  Array.from({ length: count }, (_, at) => `${word}-${at}@${domain}`);

let scope: Scope;
beforeEach(async () => {
  await db().list.deleteMany({});
  scope = await makeWorkspace(5_000);
});

async function started(rows: readonly string[], more: { test?: boolean } = {}): Promise<string> {
  const listId = await makeList(scope, { emails: rows, ...more });
  const begun = await startList(scope, { listId, mode: 'full' });
  if (!begun.ok) throw begun.error;
  return listId;
}
const listStatusOf = async (id: string) => {
  const { run, ...list } = await db().list.findUniqueOrThrow({
    where: { id },
    select: { status: true, pauseReason: true, run: { select: { processed: true } } },
  });
  return { ...list, ...run, reserved: (await creditsOf(id, db())).reserved };
};

describe('a list', () => {
  it('pauses when the day’s free answers are used up, keeps its credits, and resumes by itself on the next day', async () => {
    await setFreeAnswers(scope, ALLOWED - 2 * CHUNK);
    const listId = await started(emails(3 * CHUNK, 'connect-failed'));
    expect(await runList(listId, bulkDeps(byName))).toBe(false);
    const paused = { status: 'paused', pauseReason: 'free_answers_used', processed: 2 * CHUNK, reserved: 0 };
    expect(await listStatusOf(listId)).toEqual(paused);
    expect(await usedFreeAnswers(scope)).toBe(ALLOWED);
    expect((await getBalance(scope)).held).toBe(3 * CHUNK);

    const refused = await resumeList(scope, { listId });
    expect(refused.ok || refused.error).toMatchObject({ code: 'rate_limited' });
    expect([(await sweepLists()).resumed, await resumePausedLists(scope)]).toEqual([0, 0]);
    expect(await listStatusOf(listId)).toEqual(paused);

    await passMidnight(scope);
    expect([(await sweepLists()).resumed, await resumePausedLists(scope)]).toEqual([1, 1]);
    expect(await runList(listId, bulkDeps(byName))).toBe(true);
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', results: 3 * CHUNK, captured: 0 });
    expect(await usedFreeAnswers(scope)).toBe(CHUNK);
    expect((await getBalance(scope)).held).toBe(0);
  });

  it('resumes at once on a larger plan', async () => {
    await setFreeAnswers(scope, ALLOWED);
    const listId = await started(emails(3, 'no-mx'));
    await runList(listId, bulkDeps(byName));
    expect((await listStatusOf(listId)).pauseReason).toBe('free_answers_used');
    await db().workspace.update({ where: { id: scope.workspaceId }, data: { plan: 'starter' } });
    await inTransaction((tx) => enqueueResume(scope, tx));
    const jobs = await db().$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE "key" = ${`resume-lists:${scope.workspaceId}`}`;
    expect(jobs).toHaveLength(1);
    expect([(await sweepLists()).resumed, await resumePausedLists(scope)]).toEqual([1, 1]);
    expect(await runList(listId, bulkDeps(byName))).toBe(true);
  });

  it('exceeds the allowance by at most one chunk, however many workers claim at once', async () => {
    await setFreeAnswers(scope, ALLOWED - CHUNK - 1);
    const listId = await started(emails(6 * CHUNK, 'connect-failed'));
    while ((await planList(listId, byDomain)) === 'again');
    const deps = bulkDeps(byName);
    const claims = await Promise.all(Array.from({ length: 5 }, () => claim(deps)));
    expect(claims.filter((one) => one !== null)).toHaveLength(2);
    expect((await listStatusOf(listId)).status).toBe('running');
  });

  it('does not stop another workspace’s list, nor one of a test key, nor rows that syntax decides', async () => {
    await setFreeAnswers(scope, ALLOWED);
    const test = await started(emails(3, 'no-mx'), { test: true });
    expect(await runList(test, bulkDeps(byName))).toBe(true);
    const nonsense = await started(['nonsense', 'more nonsense']);
    expect(await runList(nonsense, bulkDeps(byName))).toBe(true);
    expect(await usedFreeAnswers(scope)).toBe(ALLOWED);
    scope = await makeWorkspace(10);
    expect(await runList(await started(emails(3, 'no-mx')), bulkDeps(byName))).toBe(true);
  });

  it('is counted by the rows asked free of charge, not by charged answers or those from memory', async () => {
    const rows = [...emails(2, 'no-mx'), ...emails(3, 'catch-all'), ...emails(1, 'greylisted'), ...emails(4, 'user')];
    expect(await runList(await started(rows), bulkDeps(byName))).toBe(true);
    expect(await usedFreeAnswers(scope)).toBe(6);
    expect(await runList(await started(rows), bulkDeps(byName))).toBe(true);
    // Unknown answers are never remembered.
    expect(await usedFreeAnswers(scope)).toBe(7);
  });
});

describe('a single check', () => {
  const start = (more: Partial<StartVerification> = {}) =>
    startVerification(scope, { email: 'someone@one.example', source: 'api', ...more });

  it('is counted once when it ends, however often its job runs', async () => {
    const begun = await start();
    if (!begun.ok) throw begun.error;
    const answer = fakeAnswer('someone@one.example', 'connect_failed');
    const end = { id: begun.value.id, answer, earlierEvidence: [], isCharged: true };
    expect([await completeVerification(scope, end), await completeVerification(scope, end)]).toEqual([true, false]);
    expect(await usedFreeAnswers(scope)).toBe(1);
    const paid = await start({ email: 'other@one.example' });
    if (!paid.ok) throw paid.error;
    const exists = fakeAnswer('other@one.example', 'mailbox_exists');
    await completeVerification(scope, { id: paid.value.id, answer: exists, earlierEvidence: [], isCharged: true });
    expect(await usedFreeAnswers(scope)).toBe(1);
  });

  it('is refused until midnight once they are used up, before anything is held or asked', async () => {
    await setFreeAnswers(scope, ALLOWED - 1);
    expect((await start()).ok).toBe(true);
    await setFreeAnswers(scope, ALLOWED);
    const held = (await getBalance(scope)).held;
    const refused = await start({ email: 'other@one.example' });
    const secondsLeft = (Math.ceil(Date.now() / 86_400_000) * 86_400_000 - Date.now()) / 1_000;
    expect(refused.ok || refused.error).toMatchObject({
      code: 'rate_limited',
      message: 'Today’s allowance of 2,000 free answers is used up. It resets at 00:00 UTC; larger plans have more.',
    });
    expect(refused.ok || Math.abs((refused.error.retryAfterS ?? 0) - secondsLeft) < 5).toBe(true);
    expect((await getBalance(scope)).held).toBe(held);
    expect(await db().verification.count({ where: { ...scope, email: 'other@one.example' } })).toBe(0);
  });

  it('still works if no host has to be asked: bad syntax, test keys; visitors have separate limits', async () => {
    await setFreeAnswers(scope, ALLOWED);
    expect((await start({ email: 'nonsense' })).ok).toBe(true);
    expect((await start({ test: true })).ok).toBe(true);
    expect((await start({ source: 'landing', visitorKey: 'v' })).ok).toBe(true);
  });
});
