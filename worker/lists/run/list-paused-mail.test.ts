import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { insertTopUp } from '@/lib/billing/store/accounts';
import { mailListPaused, type Pause } from '@/lib/lists/mails';
import { describeWaitingLists, listWaitingIds, pauseList, resumePausedLists } from '@/lib/lists/pause';
import { startList } from '@/lib/lists/start';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { queryRows } from '@/lib/platform/db/rows';
import { inTransaction } from '@/lib/platform/db/transaction';
import { LIST_PAUSE_MAIL_WAITS_MAX_MS } from '@/lib/platform/limits';
import { TASK_PAYLOADS } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { grant, mustBeOk } from '@/tests/database/ledger-moves';
import { makeList } from '@/tests/database/make-list';
import { bulkDeps, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';

useTestDatabase();
const { mailsTo } = useTestOutbox();
vi.setConfig({ testTimeout: 60_000 });

const deps = () => bulkDeps(({ email }) => Promise.resolve(fakeAnswer(email, 'mailbox_exists')));

let people = 0;
/** Adds a member to the workspace and returns their address. */
async function join({ workspaceId }: Scope, role: string): Promise<string> {
  const id = `usr_${++people}`;
  await db().user.create({ data: { id, email: `${id}@example.com` } });
  await db().membership.create({ data: { workspaceId, userId: id, role } });
  return `${id}@example.com`;
}

/** A list of six rows that paused after four. */
async function pausedList(options: { cap?: number } = {}) {
  const scope = await makeWorkspace(options.cap === undefined ? 4 : 50);
  const owner = await join(scope, 'owner');
  const listId = await makeList(scope, { emails: Array.from({ length: 6 }, (_, at) => `u${at}@one.example`) });
  mustBeOk(await startList(scope, { listId, mode: 'until_empty', creditCap: options.cap }));
  expect(await runList(listId, deps())).toBe(false);
  return { scope, owner, listId };
}

/** The waiting jobs that report a pause, with their times. */
const jobsOf = (listId: string) =>
  queryRows(
    z.object({ payload: z.unknown(), run_at: z.date() }),
    Prisma.sql`
    SELECT j."payload", s."run_at" FROM graphile_worker._private_jobs j JOIN graphile_worker.jobs s USING ("id")
    WHERE s."task_identifier" = 'mail-list-paused' AND j."payload" ->> 'listId' = ${listId} ORDER BY s."id"`,
  );

async function pauseOf(listId: string): Promise<Pause> {
  const job = (await jobsOf(listId)).at(-1);
  const { pausedAt } = TASK_PAYLOADS['mail-list-paused'].parse(job?.payload);
  return { listId, pausedAt: new Date(pausedAt) };
}

describe('a list that pauses for credits', () => {
  it('mails its owner after some time: how far it got, what to do, and a link to the purchase', async () => {
    const { owner, listId } = await pausedList();
    const jobs = await jobsOf(listId);
    expect(jobs).toHaveLength(1);
    expect(jobs[0]?.run_at.getTime()).toBeGreaterThan(Date.now());
    expect(await mailListPaused(await pauseOf(listId))).toBe(true);
    const [mail, ...more] = await mailsTo(owner);
    expect(more).toEqual([]);
    expect(mail?.subject).toMatch(/is paused: out of credits$/);
    expect(mail?.text).toContain('4 of 6 addresses have been checked, for 4 credits.');
    expect(mail?.text).toContain('up to 2 more are needed');
    expect(mail?.text).toContain(`/billing?list=${listId}#packs`);
    expect(mail?.text).toContain(`/lists/${listId}`);
  });

  it('mails its creator rather than the owners', async () => {
    const { scope, owner, listId } = await pausedList();
    const maker = await join(scope, 'member');
    await db().list.update({ where: { id: listId }, data: { createdById: maker.split('@')[0] ?? null } });
    expect(await mailListPaused(await pauseOf(listId))).toBe(true);
    expect([(await mailsTo(maker)).length, (await mailsTo(owner)).length]).toEqual([1, 0]);
  });

  it('says something else if its cap is reached', async () => {
    const { owner, listId } = await pausedList({ cap: 4 });
    expect(await mailListPaused(await pauseOf(listId))).toBe(true);
    const [mail] = await mailsTo(owner);
    expect(mail?.subject).toMatch(/credit cap reached$/);
    expect(mail?.text).toContain('raise the cap');
  });

  it('mails once per pause: a second pause has its own mail, and the first one’s job no longer mails', async () => {
    const { scope, owner, listId } = await pausedList();
    const first = await pauseOf(listId);
    await grant(scope, 1);
    expect(await resumePausedLists(scope)).toBe(1);
    expect(await runList(listId, deps())).toBe(false);
    const second = await pauseOf(listId);
    expect(second.pausedAt).not.toEqual(first.pausedAt);
    expect(await mailListPaused(first)).toBe(false);
    expect(await mailListPaused(second)).toBe(true);
    expect(await mailsTo(owner)).toHaveLength(1);
  });

  it('mails nobody if credits came in meanwhile', async () => {
    const { scope, owner, listId } = await pausedList();
    const pause = await pauseOf(listId);
    await grant(scope, 50);
    // Before the list resumes, and after.
    expect(await mailListPaused(pause)).toBe(false);
    expect(await resumePausedLists(scope)).toBe(1);
    expect(await mailListPaused(pause)).toBe(false);
    expect(await mailsTo(owner)).toEqual([]);
  });

  it('waits for an automatic purchase that is under way, and looks again; but not forever', async () => {
    const { scope, owner, listId } = await pausedList();
    const pause = await pauseOf(listId);
    await inTransaction((tx) => insertTopUp(scope, '2k', tx));
    await db().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE "payload" ->> 'listId' = ${listId}`;
    expect(await mailListPaused(pause)).toBe(false);
    expect(await jobsOf(listId)).toHaveLength(1);
    expect(await pauseOf(listId)).toEqual(pause);
    const later = new Date(pause.pausedAt.getTime() + LIST_PAUSE_MAIL_WAITS_MAX_MS);
    expect(await mailListPaused(pause, later)).toBe(true);
    expect(await mailsTo(owner)).toHaveLength(1);
  });
});

it('a pause that the customer asked for mails nobody', async () => {
  const scope = await makeWorkspace(50);
  const listId = await makeList(scope, { emails: ['a@one.example'] });
  mustBeOk(await startList(scope, { listId, mode: 'full' }));
  mustBeOk(await pauseList(scope, { listId }));
  expect(await jobsOf(listId)).toEqual([]);
});

describe('the pages around a purchase', () => {
  it('know which lists wait, and after the purchase that they resume, of this workspace only', async () => {
    const { scope, listId } = await pausedList();
    const ids = await listWaitingIds(scope);
    expect(ids).toEqual([listId]);
    expect(await describeWaitingLists(scope, ids)).toMatchObject([{ id: listId, rest: 2, status: 'waits' }]);
    expect(await describeWaitingLists(await makeWorkspace(5), ids)).toEqual([]);
    await grant(scope, 50);
    expect(await describeWaitingLists(scope, ids)).toMatchObject([{ status: 'resumes' }]);
    expect(await resumePausedLists(scope)).toBe(1);
    expect(await describeWaitingLists(scope, ids)).toMatchObject([{ status: 'resumes' }]);
    expect(await runList(listId, deps())).toBe(true);
    expect(await listWaitingIds(scope)).toEqual([]);
  });
});
