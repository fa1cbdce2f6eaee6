import { expect, test } from 'vitest';
import { db } from '@/lib/data/_client';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { getBalance } from '../ledger/get-balance';
import { resendVerification } from './resend-verification';
import { signInWithPassword } from './sign-in-with-password';
import { signUp } from './sign-up';
import { verifyEmail } from './verify-email';

useTestDatabase();
const { mailsTo, tokenFor } = useTestOutbox();

const PASSWORD = 'marble-otter-quilt-92';
const OTHER_PASSWORD = 'violet-anchor-tundra-17';

const userOf = (email: string) =>
  db().user.findUniqueOrThrow({ where: { email }, include: { memberships: true, authTokens: true } });
const code = (result: { ok: true } | { ok: false; error: { code: string } }) => (result.ok ? 'ok' : result.error.code);

test('signing up makes a person, a workspace and one grant of 100 credits, and notes when the terms were accepted', async () => {
  await signUp({ email: 'new@example.com', password: PASSWORD }, null);
  const user = await userOf('new@example.com');
  expect(user.termsAcceptedAt).toBeInstanceOf(Date);
  expect(user.emailVerified).toBeNull();
  const [membership] = user.memberships;
  expect(membership?.role).toBe('owner');
  const entries = await db().creditEntry.findMany({ where: { workspaceId: membership?.workspaceId ?? '' } });
  expect(entries.map(({ kind, amount }) => ({ kind, amount }))).toEqual([{ kind: 'grant', amount: 100 }]);
  expect(await getBalance({ workspaceId: membership?.workspaceId ?? '' })).toMatchObject({ available: 100 });
});

test('a password is kept as argon2id with the parameters that OWASP names', async () => {
  await signUp({ email: 'hash@example.com', password: PASSWORD }, null);
  expect((await userOf('hash@example.com')).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('the database holds no token that a link carries', async () => {
  await signUp({ email: 'token@example.com', password: PASSWORD }, null);
  const token = await tokenFor('token@example.com');
  const { authTokens } = await userOf('token@example.com');
  expect(authTokens).toHaveLength(1);
  expect(JSON.stringify(authTokens)).not.toContain(token);
});

test('an address that has an account gets the same answer, a notice by mail, and keeps its password', async () => {
  const fresh = await signUp({ email: 'first@example.com', password: PASSWORD }, null);
  await verifyEmail(await tokenFor('first@example.com'), null);
  const again = await signUp({ email: 'first@example.com', password: OTHER_PASSWORD }, null);
  expect(again).toEqual(fresh);
  const [notice] = await mailsTo('first@example.com');
  expect(notice?.subject).toBe('You already have an account');
  expect(code(await signInWithPassword({ email: 'first@example.com', password: PASSWORD }, null))).toBe('ok');
  expect(code(await signInWithPassword({ email: 'first@example.com', password: OTHER_PASSWORD }, null))).toBe('unauthenticated');
  expect(await db().workspace.count({ where: { memberships: { some: { user: { email: 'first@example.com' } } } } })).toBe(1);
});

test('a confirming link works once', async () => {
  await signUp({ email: 'once@example.com', password: PASSWORD }, null);
  const token = await tokenFor('once@example.com');
  const answers = await Promise.all([verifyEmail(token, null), verifyEmail(token, null), verifyEmail(token, null)]);
  expect(answers.map(code).toSorted()).toEqual(['not_found', 'not_found', 'ok']);
  expect((await userOf('once@example.com')).emailVerified).toBeInstanceOf(Date);
});

test('a confirming link is dead after its time', async () => {
  await signUp({ email: 'late@example.com', password: PASSWORD }, null);
  await db().authToken.updateMany({
    where: { user: { email: 'late@example.com' } },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expect(code(await verifyEmail(await tokenFor('late@example.com'), null))).toBe('not_found');
});

test('a stranger who signed up with my address first does not get my account with their password', async () => {
  await signUp({ email: 'mine@example.com', password: OTHER_PASSWORD }, null);
  await signUp({ email: 'mine@example.com', password: PASSWORD }, null);
  const mine = await tokenFor('mine@example.com');
  await signUp({ email: 'mine@example.com', password: OTHER_PASSWORD }, null);
  expect(code(await verifyEmail(mine, null))).toBe('ok');
  expect(code(await signInWithPassword({ email: 'mine@example.com', password: PASSWORD }, null))).toBe('ok');
  expect(code(await signInWithPassword({ email: 'mine@example.com', password: OTHER_PASSWORD }, null))).toBe('unauthenticated');
  expect(code(await verifyEmail(await tokenFor('mine@example.com'), null))).toBe('not_found');
});

test('that an address is not confirmed is told only to who knows the password', async () => {
  await signUp({ email: 'unconfirmed@example.com', password: PASSWORD }, null);
  expect(code(await signInWithPassword({ email: 'unconfirmed@example.com', password: OTHER_PASSWORD }, null))).toBe(
    'unauthenticated',
  );
  expect(code(await signInWithPassword({ email: 'nobody@example.com', password: PASSWORD }, null))).toBe('unauthenticated');
  expect(code(await signInWithPassword({ email: 'unconfirmed@example.com', password: PASSWORD }, null))).toBe('forbidden');
});

test('asking for the link again answers alike for every address, and not twice a minute', async () => {
  await signUp({ email: 'again@example.com', password: PASSWORD }, null);
  const known = await resendVerification('again@example.com', null);
  expect(await resendVerification('unknown@example.com', null)).toEqual(known);
  expect(await mailsTo('again@example.com')).toHaveLength(2);
  expect(await mailsTo('unknown@example.com')).toHaveLength(0);
  const refusals = [await resendVerification('again@example.com', null), await resendVerification('unknown@example.com', null)];
  expect(refusals.map(code)).toEqual(['rate_limited', 'rate_limited']);
  expect(code(await verifyEmail(await tokenFor('again@example.com'), null))).toBe('ok');
  expect(code(await signInWithPassword({ email: 'again@example.com', password: PASSWORD }, null))).toBe('ok');
});

test.each(['password123', 'qwertyuiop', 'iloveyou2024', 'aaaaaaaaaaaa', 'somebody99-x'])(
  '%s is refused before anything is stored',
  async (password) => {
    const result = await signUp({ email: 'somebody@example.com', password }, null);
    expect(result.ok ? [] : Object.keys(result.error.fields)).toEqual(['password']);
    expect(await db().user.count({ where: { email: 'somebody@example.com' } })).toBe(0);
  },
);

test('two sign-ups of one address at the same moment make one account', async () => {
  await Promise.all([1, 2, 3].map(() => signUp({ email: 'race@example.com', password: PASSWORD }, null)));
  expect((await userOf('race@example.com')).memberships).toHaveLength(1);
});
