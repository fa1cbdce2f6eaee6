import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/data/_client';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { finishWork } from '@/lib/data/verification-work';
import { fakeAnswer } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { captureHold } from '../ledger/capture-hold';
import { startVerification } from '../start-verification';
import { verificationSourceKey } from '../verification-keys';
import { createUser } from '../create-user';
import { changePassword } from './change-password';
import { confirmEmailChange } from './confirm-email-change';
import { deleteAccount } from './delete-account';
import { findSessionUser } from './find-session-user';
import { requestEmailChange } from './request-email-change';
import { requestMagicLink } from './request-magic-link';
import { requestPasswordReset } from './request-password-reset';
import { resendVerification } from './resend-verification';
import { resetPassword } from './reset-password';
import { signInWithPassword } from './sign-in-with-password';
import { signOutEverywhere } from './sign-out-everywhere';

useTestDatabase();
const { mailsTo, tokenFor } = useTestOutbox();

const PASSWORD = 'marble-otter-quilt-92';
const NEW_PASSWORD = 'violet-anchor-tundra-17';
const code = (result: { ok: true } | { ok: false; error: { code: string } }) => (result.ok ? 'ok' : result.error.code);

let email = '';
let userId = '';
let workspaceId = '';
let count = 0;

beforeEach(async () => {
  email = `person-${++count}@example.com`;
  const made = await createUser({ email, password: PASSWORD });
  if (!made.ok) throw made.error;
  ({ userId, workspaceId } = made.value);
});

test('a reset sets the new password, ends every session and works once', async () => {
  await requestPasswordReset(email, null);
  const token = await tokenFor(email);
  expect(await findSessionUser({ userId, epoch: 0 })).not.toBeNull();
  const answers = await Promise.all([1, 2].map(() => resetPassword({ token, password: NEW_PASSWORD }, null)));
  expect(answers.map(code).toSorted()).toEqual(['not_found', 'ok']);
  expect(await findSessionUser({ userId, epoch: 0 })).toBeNull();
  expect(code(await signInWithPassword({ email, password: PASSWORD }, null))).toBe('unauthenticated');
  expect(code(await signInWithPassword({ email, password: NEW_PASSWORD }, null))).toBe('ok');
  expect((await mailsTo(email))[0]?.subject).toBe('Your password was changed');
});

test('a reset ends the other links that were mailed', async () => {
  await requestPasswordReset(email, null);
  const older = await tokenFor(email);
  await requestPasswordReset(email, null);
  expect(code(await resetPassword({ token: await tokenFor(email), password: NEW_PASSWORD }, null))).toBe('ok');
  expect(code(await resetPassword({ token: older, password: PASSWORD }, null))).toBe('not_found');
});

test('a new password ends the sign-in links that were mailed before, and so does the end of the account', async () => {
  const signInLinks = () => db().verificationToken.count({ where: { identifier: email } });
  await requestPasswordReset(email, null);
  const token = await tokenFor(email);
  await requestMagicLink({ email, callbackPath: '/settings' }, null);
  expect(await signInLinks()).toBe(1);
  expect(code(await resetPassword({ token, password: NEW_PASSWORD }, null))).toBe('ok');
  expect(await signInLinks()).toBe(0);
  await requestMagicLink({ email, callbackPath: '/settings' }, null);
  expect(code(await deleteAccount({ userId, typedEmail: email }))).toBe('ok');
  expect(await signInLinks()).toBe(0);
});

test('what depends on whether there is an account happens behind the answer', async () => {
  await inTransaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE "User" IN ACCESS EXCLUSIVE MODE`;
    // Nobody can look an account up now, and still every answer comes.
    for (const asked of [email, 'nobody@example.com']) {
      expect(code(await requestPasswordReset(asked, null))).toBe('ok');
      expect(code(await resendVerification(asked, null))).toBe('ok');
    }
  });
  expect((await mailsTo(email))[0]?.subject).toBe('Choose a new password');
});

test('a reset link is dead after its time, and a refused password leaves it alive', async () => {
  await requestPasswordReset(email, null);
  const token = await tokenFor(email);
  expect(code(await resetPassword({ token, password: 'password123' }, null))).toBe('invalid_request');
  await db().authToken.updateMany({ where: { userId }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(code(await resetPassword({ token, password: NEW_PASSWORD }, null))).toBe('not_found');
});

test('asking for a reset answers alike with and without an account', async () => {
  const known = await requestPasswordReset(email, null);
  expect(await requestPasswordReset('nobody@example.com', null)).toEqual(known);
  expect((await mailsTo('nobody@example.com'))[0]?.subject).toBe('There is no account with this address');
});

test('a link of one purpose does nothing for another', async () => {
  await requestPasswordReset(email, null);
  expect(code(await confirmEmailChange(await tokenFor(email), null))).toBe('not_found');
});

test('a change of password needs the present one and leaves only the session that asked', async () => {
  const wrong = await changePassword({ userId, currentPassword: 'not this one', newPassword: NEW_PASSWORD }, null);
  expect(wrong.ok ? [] : Object.keys(wrong.error.fields)).toEqual(['currentPassword']);
  const changed = await changePassword({ userId, currentPassword: PASSWORD, newPassword: NEW_PASSWORD }, null);
  if (!changed.ok) throw changed.error;
  expect(await findSessionUser({ userId, epoch: 0 })).toBeNull();
  expect(await findSessionUser({ userId, epoch: changed.value.sessionEpoch })).not.toBeNull();
});

test('signing out everywhere ends every session, and only of that person', async () => {
  const other = await createUser({ email: `other-${email}`, password: PASSWORD });
  if (!other.ok) throw other.error;
  await signOutEverywhere(userId);
  expect(await findSessionUser({ userId, epoch: 0 })).toBeNull();
  expect(await findSessionUser({ userId, epoch: 1 })).not.toBeNull();
  expect(await findSessionUser({ userId: other.value.userId, epoch: 0 })).not.toBeNull();
});

test('an address moves only when it is confirmed from the new one, and the old one is told', async () => {
  const newEmail = `moved-${email}`;
  expect(code(await requestEmailChange({ userId, newEmail, password: 'wrong' }, null))).toBe('invalid_request');
  expect(code(await requestEmailChange({ userId, newEmail, password: PASSWORD }, null))).toBe('ok');
  expect(code(await signInWithPassword({ email: newEmail, password: PASSWORD }, null))).toBe('unauthenticated');
  const token = await tokenFor(newEmail);
  expect(code(await confirmEmailChange(token, null))).toBe('ok');
  expect(code(await confirmEmailChange(token, null))).toBe('not_found');
  expect(code(await signInWithPassword({ email: newEmail, password: PASSWORD }, null))).toBe('ok');
  expect((await mailsTo(email))[0]?.subject).toBe('Your e-mail address was changed');
  expect(await findSessionUser({ userId, epoch: 0 })).toBeNull();
});

test('an address that belongs to somebody else is not told apart, and never moves', async () => {
  const taken = `taken-${email}`;
  await createUser({ email: taken, password: PASSWORD });
  const free = await requestEmailChange({ userId, newEmail: `free-${email}`, password: PASSWORD }, null);
  expect(await requestEmailChange({ userId, newEmail: taken, password: PASSWORD }, null)).toEqual(free);
  expect((await mailsTo(taken))[0]?.text).not.toContain('token=');
  const token = await tokenFor(`free-${email}`);
  await createUser({ email: `free-${email}`, password: PASSWORD });
  expect(code(await confirmEmailChange(token, null))).toBe('conflict');
});

test('deleting takes the person and their own workspace with everything in it, and nobody else', async () => {
  const other = await createUser({ email: `stays-${email}`, password: PASSWORD });
  if (!other.ok) throw other.error;
  expect(code(await deleteAccount({ userId, typedEmail: 'something@else.example' }))).toBe('invalid_request');
  expect(code(await deleteAccount({ userId, typedEmail: ` ${email.toUpperCase()} ` }))).toBe('ok');
  expect(await db().user.count({ where: { id: userId } })).toBe(0);
  expect(await db().workspace.count({ where: { id: workspaceId } })).toBe(0);
  expect(await db().creditEntry.count({ where: { workspaceId } })).toBe(0);
  expect(await db().workspace.count({ where: { id: other.value.workspaceId } })).toBe(1);
  expect(code(await deleteAccount({ userId, typedEmail: email }))).toBe('unauthenticated');
});

test('deleting waits for a check that is being finished, and ends in no deadlock with it', async () => {
  const scope = { workspaceId };
  const started = await startVerification(scope, { email: 'someone@example.net', source: 'app' });
  if (!started.ok) throw started.error;
  const { id } = started.value;
  const deleting: Promise<unknown>[] = [];
  const deleteMeanwhile = async (tx: Tx) => {
    if (deleting.length === 0) deleting.push(deleteAccount({ userId, typedEmail: email }));
    for (let waiting = 0; waiting === 0;) {
      const rows = await tx.$queryRaw<{ waiting: number }[]>`
        SELECT COUNT(*)::int AS "waiting" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      waiting = rows[0]?.waiting ?? 0;
    }
  };
  const answer = fakeAnswer('someone@example.net', 'mailbox_exists');
  await inTransaction(async (tx) => {
    const completion = { id, answer, evidence: [], creditsCharged: 1, holdSourceKey: verificationSourceKey(id) };
    const finished = await finishWork(scope, completion, tx);
    await deleteMeanwhile(tx);
    await captureHold(scope, { holdId: finished?.holdId ?? '', amount: 1, sourceKey: verificationSourceKey(id) }, tx);
  });
  expect(await Promise.all(deleting)).toEqual([{ ok: true, value: undefined }]);
  expect(await db().verification.count({ where: scope })).toBe(0);
});

test('the last owner of a workspace with other members stays; with another owner the workspace stays', async () => {
  const other = await createUser({ email: `mate-${email}`, password: PASSWORD });
  if (!other.ok) throw other.error;
  const membership = { workspaceId, userId: other.value.userId };
  await db().membership.create({ data: { ...membership, role: 'member' } });
  expect(code(await deleteAccount({ userId, typedEmail: email }))).toBe('conflict');
  await db().membership.update({ where: { workspaceId_userId: membership }, data: { role: 'owner' } });
  expect(code(await deleteAccount({ userId, typedEmail: email }))).toBe('ok');
  expect(await db().workspace.count({ where: { id: workspaceId } })).toBe(1);
});

test('an account from the command line has its credits and is refused where the address has one', async () => {
  const made = await createUser({ email: `rich-${email}`, password: 'anything', credits: 500 });
  if (!made.ok) throw made.error;
  const balance = await db().creditBalance.findUniqueOrThrow({ where: { workspaceId: made.value.workspaceId } });
  expect(balance.balance).toBe(600);
  expect(code(await createUser({ email: `RICH-${email}`, password: 'anything' }))).toBe('conflict');
  expect(code(await createUser({ email: 'no address', password: 'anything' }))).toBe('invalid_request');
});
