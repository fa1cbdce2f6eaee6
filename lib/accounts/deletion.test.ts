// Deleting an account: what it requires, the seven days in which it can be undone, and its end.
import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { captureHold } from '@/lib/credits/holds';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { DELETION_REMINDER_DAYS, DELETION_WAIT_DAYS } from '@/lib/platform/limits';
import { verificationSourceKey } from '@/lib/verifications/complete';
import { startVerification } from '@/lib/verifications/start';
import { finishWork } from '@/lib/verifications/store/work';
import { fakeAnswer } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { sendNotices } from '@/tests/mail/send-notices';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { leaveWorkspaces } from '@/worker/tasks/accounts';
import { describeClosing } from '@/lib/dashboard/dashboard';
import { confirmDeletion, deleteAccount, deleteDueAccounts, requestDeletion, undoDeletion } from './deletion';
import { authenticateApiKey, createApiKey } from './keys';
import { ATTEMPT_LIMITS } from './attempts';
import { createUser } from '@/lib/credits/free-credits';
import { lockUser } from './store/users';

useTestDatabase();
const outbox = useTestOutbox();

const PASSWORD = 'marble-otter-quilt-92';
const DAY_MS = 86_400_000;
const WAIT_MS = DELETION_WAIT_DAYS * DAY_MS;

let email = '';
let userId = '';
let workspaceId = '';
const NOW = new Date();

beforeEach(async () => {
  email = `leaving-${randomUUID()}@example.com`;
  const made = await createUser({ email, password: PASSWORD });
  if (!made.ok) throw made.error;
  ({ userId, workspaceId } = made.value);
});

const schedule = (password = PASSWORD) => requestDeletion({ userId, password }, null, NOW);
const isThere = async () => (await db().user.count({ where: { id: userId } })) === 1;
const subjects = async () => {
  await sendNotices();
  return (await outbox.mailsTo(email)).map(({ subject }) => subject);
};

test('a wrong password schedules nothing, and too many are refused without a check', async () => {
  for (let tries = 0; tries < ATTEMPT_LIMITS.account_change.email.points; tries++) {
    expect(await schedule('wrong')).toMatchObject({ ok: false, error: { fields: { password: expect.any(String) as string } } });
  }
  expect(await schedule()).toMatchObject({ ok: false, error: { code: 'rate_limited' } });
  expect((await describeClosing(userId)).deletionAt).toBeNull();
});

test('it waits seven days to the millisecond, and a second request does not change the day', async () => {
  expect(await schedule()).toEqual({ ok: true, value: 'scheduled' });
  await requestDeletion({ userId, password: PASSWORD }, null, new Date(NOW.getTime() + DAY_MS));
  expect((await describeClosing(userId)).deletionAt).toBe(new Date(NOW.getTime() + WAIT_MS).toISOString());
  expect(await deleteAccount(userId, new Date(NOW.getTime() + WAIT_MS - 1), leaveWorkspaces)).toBe('not_due');
  expect(await isThere()).toBe(true);
  expect(await deleteAccount(userId, new Date(NOW.getTime() + WAIT_MS), leaveWorkspaces)).toBe('deleted');
  expect(await deleteAccount(userId, new Date(NOW.getTime() + WAIT_MS), leaveWorkspaces)).toBe('not_due');
  expect(await isThere()).toBe(false);
  expect(await db().workspace.count({ where: { id: workspaceId } })).toBe(0);
  expect(await db().creditEntry.count({ where: { workspaceId } })).toBe(0);
});

test('mails at the start, on the day before and at the end, each once, and then forgets the address', async () => {
  await schedule();
  const reminder = new Date(NOW.getTime() + WAIT_MS - DELETION_REMINDER_DAYS * DAY_MS);
  expect((await deleteDueAccounts(new Date(reminder.getTime() - 1), leaveWorkspaces)).reminded).toBe(0);
  await Promise.all([deleteDueAccounts(reminder, leaveWorkspaces), deleteDueAccounts(reminder, leaveWorkspaces)]);
  await deleteDueAccounts(reminder, leaveWorkspaces);
  const end = new Date(NOW.getTime() + WAIT_MS);
  await Promise.all([deleteDueAccounts(end, leaveWorkspaces), deleteDueAccounts(end, leaveWorkspaces)]);
  await sendNotices();
  expect((await subjects()).map((subject) => subject.replace(/on .*/, 'on …'))).toEqual([
    'Your account was deleted',
    'Your account will be deleted tomorrow',
    'Your account will be deleted on …',
  ]);
  expect(await db().notice.count({ where: { address: email } })).toBe(0);
});

test('until then keys are off and nothing new begins; after an undo all is as before and nothing is deleted', async () => {
  const scope = { workspaceId };
  const key = await createApiKey(scope, { name: 'a key', mode: 'live', scopes: ['verify:write'] });
  if (!key.ok) throw key.error;
  await schedule();
  expect(await authenticateApiKey(key.value.key)).toMatchObject({ kind: 'closed' });
  const begun = await startVerification(scope, { email: 'someone@example.net', source: 'app' });
  expect(begun).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(await undoDeletion(userId)).toBe(true);
  expect(await undoDeletion(userId)).toBe(false);
  expect(await authenticateApiKey(key.value.key)).toMatchObject({ kind: 'accepted' });
  expect(await startVerification(scope, { email: 'someone@example.net', source: 'app' })).toMatchObject({ ok: true });
  expect(await deleteAccount(userId, new Date(NOW.getTime() + 2 * WAIT_MS), leaveWorkspaces)).toBe('not_due');
  expect((await subjects())[0]).toBe('Your account will not be deleted');
  // It can be requested again, and then takes seven days again.
  await schedule();
  expect(await isThere()).toBe(true);
});

test('an undo at the moment of the end wins or loses as a whole', async () => {
  await schedule();
  const ends: Promise<unknown>[] = [];
  await inTransaction(async (tx) => {
    await lockUser(userId, tx);
    ends.push(undoDeletion(userId), deleteAccount(userId, new Date(NOW.getTime() + WAIT_MS), leaveWorkspaces));
  });
  const [isKept, deletion] = await Promise.all(ends);
  expect([isKept, deletion]).toEqual((await isThere()) ? [true, 'not_due'] : [false, 'deleted']);
});

test('it lists credits, plan and lists before the button', async () => {
  await db().billingAccount.create({
    data: {
      workspaceId,
      status: 'active',
      plan: 'starter',
      interval: 'month',
      currentPeriodEnd: new Date('2096-12-01T00:00:00Z'),
    },
  });
  expect((await describeClosing(userId)).losses).toMatchObject([
    { credits: 100, plan: 'Starter', paidUntil: '2096-12-01T00:00:00.000Z', lists: 0 },
  ]);
});

test('without a password a mailed link confirms it, once', async () => {
  await db().user.update({ where: { id: userId }, data: { passwordHash: null } });
  expect(await schedule('')).toEqual({ ok: true, value: 'mailed' });
  expect((await describeClosing(userId)).deletionAt).toBeNull();
  const token = await outbox.tokenFor(email);
  expect((await confirmDeletion(token, null)).ok).toBe(true);
  expect((await describeClosing(userId)).deletionAt).not.toBeNull();
  await undoDeletion(userId);
  expect(await confirmDeletion(token, null)).toMatchObject({ ok: false, error: { code: 'not_found' } });
});

test('only workspaces without other members are deleted, and nobody else', async () => {
  const other = await createUser({ email: `stays-${email}`, password: PASSWORD });
  if (!other.ok) throw other.error;
  await schedule();
  await deleteDueAccounts(new Date(NOW.getTime() + WAIT_MS), leaveWorkspaces);
  expect(await isThere()).toBe(false);
  expect(await db().workspace.count({ where: { id: other.value.workspaceId } })).toBe(1);
});

test('the last owner of a workspace with other members stays, even if they became the last owner meanwhile', async () => {
  const other = await createUser({ email: `mate-${email}`, password: PASSWORD });
  if (!other.ok) throw other.error;
  const membership = { workspaceId, userId: other.value.userId };
  await db().membership.create({ data: { ...membership, role: 'member' } });
  expect(await schedule()).toMatchObject({ ok: false, error: { code: 'conflict' } });
  await db().membership.update({ where: { workspaceId_userId: membership }, data: { role: 'owner' } });
  expect((await schedule()).ok).toBe(true);
  await db().membership.update({ where: { workspaceId_userId: membership }, data: { role: 'member' } });
  expect(await deleteAccount(userId, new Date(NOW.getTime() + WAIT_MS), leaveWorkspaces)).toBe('stopped');
  expect((await subjects())[0]).toBe('Your account was not deleted');
  await db().membership.update({ where: { workspaceId_userId: membership }, data: { role: 'owner' } });
  expect((await schedule()).ok).toBe(true);
  expect(await deleteAccount(userId, new Date(NOW.getTime() + WAIT_MS), leaveWorkspaces)).toBe('deleted');
  expect(await db().workspace.count({ where: { id: workspaceId } })).toBe(1);
});

test('deleting waits for a check that is being finished, without a deadlock', async () => {
  const scope = { workspaceId };
  const started = await startVerification(scope, { email: 'someone@example.net', source: 'app' });
  if (!started.ok) throw started.error;
  await schedule();
  const { id } = started.value;
  const deleting: Promise<unknown>[] = [];
  // Asked outside of the transaction: inside, the server would list only the connections that were open at the first question.
  const deleteMeanwhile = async () => {
    if (deleting.length === 0) deleting.push(deleteAccount(userId, new Date(NOW.getTime() + WAIT_MS), leaveWorkspaces));
    for (let waiting = 0; waiting === 0;) {
      const rows = await queryRows(
        z.object({ waiting: z.int() }),
        Prisma.sql`
        SELECT COUNT(*)::int AS "waiting" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      waiting = rows[0]?.waiting ?? 0;
    }
  };
  const answer = fakeAnswer('someone@example.net', 'mailbox_exists');
  await inTransaction(async (tx) => {
    const completion = { id, answer, evidence: [], graded: null, creditsCharged: 1, holdSourceKey: verificationSourceKey(id) };
    const finished = await finishWork(scope, completion, tx);
    await deleteMeanwhile();
    await captureHold(scope, { holdId: finished?.holdId ?? '', amount: 1, sourceKey: verificationSourceKey(id) }, tx);
  });
  expect(await Promise.all(deleting)).toEqual(['deleted']);
  expect(await db().verification.count({ where: scope })).toBe(0);
});
