import { beforeEach, expect, test } from 'vitest';
import { leaveWorkspaces } from '@/worker/tasks/accounts';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { webhookAccess } from '@/lib/webhooks/endpoints';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { deleteAccount } from './deletion';
import { changePassword, requestPasswordReset, resetPassword } from './password-change';
import { workspaceSchema } from './forms';
import { confirmEmailChange, requestEmailChange } from './profile';
import {
  findSessionUser,
  listSessions,
  type SessionClaims,
  signOutEverywhere,
  startSession,
  requestMagicLink,
  signInWithPassword,
} from './sign-in';
import { resendVerification, signUp } from './sign-up';
import { changeWorkspace, getWorkspace } from './workspaces';
import { createUser } from '@/lib/credits/free-credits';
import { pasteList } from '@/lib/lists/upload';
import { WORKSPACE_NAME_MAX_CHARS } from '@/lib/platform/limits';
import { startVerification } from '@/lib/verifications/start';

useTestDatabase();
const { mailsTo, tokenFor } = useTestOutbox();

const PASSWORD = 'marble-otter-quilt-92';
const NEW_PASSWORD = 'violet-anchor-tundra-17';
const code = (result: { ok: true } | { ok: false; error: { code: string } }) => (result.ok ? 'ok' : result.error.code);

let email = '';
let userId = '';
let session: SessionClaims = { sessionId: '', userId: '', epoch: 0 };
let count = 0;

beforeEach(async () => {
  email = `person-${++count}@example.com`;
  const made = await createUser({ email, password: PASSWORD });
  if (!made.ok) throw made.error;
  ({ userId } = made.value);
  session = await startSession(userId, 'Chrome on macOS');
});

test('a reset sets the new password, ends every session and works once', async () => {
  await requestPasswordReset(email, null);
  const token = await tokenFor(email);
  expect(await findSessionUser(session)).not.toBeNull();
  const answers = await Promise.all([1, 2].map(() => resetPassword({ token, password: NEW_PASSWORD }, null, webhookAccess)));
  expect(answers.map(code).toSorted()).toEqual(['not_found', 'ok']);
  expect(await findSessionUser(session)).toBeNull();
  expect(code(await signInWithPassword({ email, password: PASSWORD }, null))).toBe('unauthenticated');
  expect(code(await signInWithPassword({ email, password: NEW_PASSWORD }, null))).toBe('ok');
  expect((await mailsTo(email))[0]?.subject).toBe('Your password was changed');
  expect(await listSessions(userId, '')).toEqual([]);
});

test('a reset ends all other mailed links', async () => {
  await requestPasswordReset(email, null);
  const older = await tokenFor(email);
  await requestPasswordReset(email, null);
  expect(code(await resetPassword({ token: await tokenFor(email), password: NEW_PASSWORD }, null, webhookAccess))).toBe('ok');
  expect(code(await resetPassword({ token: older, password: PASSWORD }, null, webhookAccess))).toBe('not_found');
});

test('a new password ends earlier mailed sign-in links, and so does deleting the account', async () => {
  const signInLinks = () => db().verificationToken.count({ where: { identifier: email } });
  await requestPasswordReset(email, null);
  const token = await tokenFor(email);
  await requestMagicLink({ email, callbackPath: '/settings' }, null);
  expect(await signInLinks()).toBe(1);
  expect(code(await resetPassword({ token, password: NEW_PASSWORD }, null, webhookAccess))).toBe('ok');
  expect(await signInLinks()).toBe(0);
  await requestMagicLink({ email, callbackPath: '/settings' }, null);
  await db().user.update({ where: { id: userId }, data: { deletionAt: new Date() } });
  expect(await deleteAccount(userId, new Date(), leaveWorkspaces)).toBe('deleted');
  expect(await signInLinks()).toBe(0);
});

test('everything that depends on whether there is an account happens after the answer', async () => {
  await inTransaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE "User" IN ACCESS EXCLUSIVE MODE`;
    // Accounts can't be looked up now, and still every answer comes.
    for (const asked of [email, 'nobody@example.com']) {
      expect(code(await requestPasswordReset(asked, null))).toBe('ok');
      expect(code(await resendVerification(asked, { clientKey: null, browserHash: null }))).toBe('ok');
      expect(code(await signUp({ email: asked, password: PASSWORD, browserHash: 'b', callbackPath: '/dashboard' }, null))).toBe(
        'ok',
      );
    }
  });
  const subjects = (await mailsTo(email)).map(({ subject }) => subject);
  expect(subjects.toSorted()).toEqual(['Choose a new password', 'You already have an account']);
});

test('a reset link stops working after its time, and a refused password leaves it usable', async () => {
  await requestPasswordReset(email, null);
  const token = await tokenFor(email);
  expect(code(await resetPassword({ token, password: 'password123' }, null, webhookAccess))).toBe('invalid_request');
  await db().authToken.updateMany({ where: { userId }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(code(await resetPassword({ token, password: NEW_PASSWORD }, null, webhookAccess))).toBe('not_found');
});

test('a request for a reset gets the same answer with and without an account', async () => {
  const known = await requestPasswordReset(email, null);
  expect(await requestPasswordReset('unheard-of@example.com', null)).toEqual(known);
  expect((await mailsTo('unheard-of@example.com'))[0]?.subject).toBe('There is no account with this address');
});

test('a link for one purpose does nothing for another', async () => {
  await requestPasswordReset(email, null);
  expect(code(await confirmEmailChange(await tokenFor(email), null))).toBe('not_found');
});

test('changing the password needs the current one and keeps only the requesting session', async () => {
  const wrong = await changePassword(
    { ...session, currentPassword: 'not this one', newPassword: NEW_PASSWORD },
    null,
    webhookAccess,
  );
  expect(wrong.ok ? [] : Object.keys(wrong.error.fields)).toEqual(['currentPassword']);
  const changed = await changePassword({ ...session, currentPassword: PASSWORD, newPassword: NEW_PASSWORD }, null, webhookAccess);
  if (!changed.ok) throw changed.error;
  expect(await findSessionUser(session)).toBeNull();
  expect(await findSessionUser({ ...session, epoch: changed.value.sessionEpoch })).not.toBeNull();
});

test('signing out everywhere ends every session, but only that person’s', async () => {
  const other = await createUser({ email: `other-${email}`, password: PASSWORD });
  if (!other.ok) throw other.error;
  const othersSession = await startSession(other.value.userId, 'Firefox on Linux');
  await signOutEverywhere(userId);
  expect(await findSessionUser(session)).toBeNull();
  expect(await listSessions(userId, '')).toEqual([]);
  expect(await findSessionUser(await startSession(userId, 'Chrome on macOS'))).not.toBeNull();
  expect(await findSessionUser(othersSession)).not.toBeNull();
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
  expect((await mailsTo(email))[0]?.subject).toBe('Your email address was changed');
  expect(await findSessionUser(session)).toBeNull();
});

test('an address that belongs to somebody else gets the same answer, and never moves', async () => {
  const taken = `taken-${email}`;
  await createUser({ email: taken, password: PASSWORD });
  const free = await requestEmailChange({ userId, newEmail: `free-${email}`, password: PASSWORD }, null);
  expect(await requestEmailChange({ userId, newEmail: taken, password: PASSWORD }, null)).toEqual(free);
  expect((await mailsTo(taken))[0]?.text).not.toContain('token=');
  const token = await tokenFor(`free-${email}`);
  await createUser({ email: `free-${email}`, password: PASSWORD });
  expect(code(await confirmEmailChange(token, null))).toBe('conflict');
});

test('an account from the command line has its credits and is refused if the address already has one', async () => {
  const made = await createUser({ email: `rich-${email}`, password: 'anything', credits: 500 });
  if (!made.ok) throw made.error;
  const balance = await db().creditBalance.findUniqueOrThrow({ where: { workspaceId: made.value.workspaceId } });
  expect(balance.balance).toBe(600);
  expect(code(await createUser({ email: `RICH-${email}`, password: 'anything' }))).toBe('conflict');
  expect(code(await createUser({ email: 'no address', password: 'anything' }))).toBe('invalid_request');
});

test('an owner renames the workspace and chooses its policy, which new checks and lists follow', async () => {
  const { workspaceId } = await db().membership.findFirstOrThrow({ where: { userId } });
  const scope = { workspaceId };
  const check = async () => {
    const started = await startVerification(scope, { email: `${String(++count)}@example.com`, source: 'app' });
    if (!started.ok) throw started.error;
    return (await db().verification.findUniqueOrThrow({ where: { id: started.value.id } })).policy;
  };
  expect(await check()).toBe('newsletter');
  expect(await changeWorkspace(scope, { userId, name: 'Acme', policy: 'signup' })).toMatchObject({ ok: true });
  expect(await getWorkspace(scope)).toMatchObject({ name: 'Acme', policy: 'signup' });
  expect(await check()).toBe('signup');
  const list = await pasteList(scope, { text: 'a@example.com', test: false, createdById: userId });
  expect(list).toMatchObject({ ok: true, value: { policy: 'signup' } });
});

test('only an owner changes the workspace', async () => {
  const { workspaceId } = await db().membership.findFirstOrThrow({ where: { userId } });
  const other = await createUser({ email: `other-${count}@example.com`, password: PASSWORD });
  if (!other.ok) throw other.error;
  await db().membership.create({ data: { workspaceId, userId: other.value.userId, role: 'member' } });
  const before = await getWorkspace({ workspaceId });
  const change = { userId: other.value.userId, name: 'Theirs', policy: 'cold' } as const;
  expect(code(await changeWorkspace({ workspaceId }, change))).toBe('forbidden');
  expect(await getWorkspace({ workspaceId })).toEqual(before);
});

test('a workspace has a name, of limited length and on one line, and a policy that exists', () => {
  const isTaken = (workspaceName: string, policy = 'cold') => workspaceSchema.safeParse({ workspaceName, policy }).success;
  expect(isTaken('x'.repeat(WORKSPACE_NAME_MAX_CHARS))).toBe(true);
  expect(isTaken('x'.repeat(WORKSPACE_NAME_MAX_CHARS + 1))).toBe(false);
  expect([isTaken('  '), isTaken('two\nlines'), isTaken('Acme', 'harsh')]).toEqual([false, false, false]);
});
