import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { expect, test, vi } from 'vitest';
import { getBalance } from '@/lib/credits/balance';
import { giveFreeCredits, createUser } from '@/lib/credits/free-credits';
import { db } from '@/lib/platform/db/client';
import { purgeExpiredRows } from '@/lib/verifications/store/maintenance';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { requestPasswordReset } from './password-change';
import * as hashing from './passwords';
import { signInWithPassword } from './sign-in';
import { confirmSignUp, findWaitingSignUp, resendVerification, signUp as signUpWith } from './sign-up';

useTestDatabase();
const { mailsTo, tokenFor } = useTestOutbox();

const PASSWORD = 'marble-otter-quilt-92';
const OTHER_PASSWORD = 'violet-anchor-tundra-17';

const signUp = (wanted: { email: string; password: string; browserHash?: string; callbackPath?: string }) =>
  signUpWith({ browserHash: 'mine', callbackPath: '/dashboard', ...wanted }, null);
const confirm = (
  token: string,
  browserHash: string | null = 'mine',
  chosen: { password: string; terms?: boolean } | null = null,
) => confirmSignUp({ token, browserHash, password: chosen?.password ?? null, hasAcceptedTerms: chosen?.terms ?? true }, null);
const signIn = async (email: string, password: string) => code(await signInWithPassword({ email, password }, null));
const userOf = (email: string) => db().user.findUniqueOrThrow({ where: { email }, include: { memberships: true } });
const code = (result: { ok: true } | { ok: false; error: { code: string } }) => (result.ok ? 'ok' : result.error.code);
const fieldsOf = (result: { ok: true } | { ok: false; error: { fields: object } }) =>
  result.ok ? [] : Object.keys(result.error.fields);

test('before an address is confirmed there is no account: nobody, no workspace, no credits', async () => {
  await signUp({ email: 'waiting@example.com', password: PASSWORD });
  expect(await db().user.count({ where: { email: 'waiting@example.com' } })).toBe(0);
  expect(await db().workspace.count({ where: { name: { startsWith: 'waiting' } } })).toBe(0);
});

test('confirming creates a person and a workspace, requests its free credits, and records when the terms were accepted', async () => {
  await signUp({ email: 'new@example.com', password: PASSWORD, callbackPath: '/billing/checkout?pack=10k' });
  const confirmed = await confirm(await tokenFor('new@example.com'));
  const user = await userOf('new@example.com');
  expect(confirmed).toMatchObject({ ok: true, value: { userId: user.id, callbackPath: '/billing/checkout?pack=10k' } });
  expect(user.termsAcceptedAt).toBeInstanceOf(Date);
  const [membership] = user.memberships;
  expect(membership?.role).toBe('owner');
  const scope = { workspaceId: membership?.workspaceId ?? '' };
  const jobs = await queryRows(
    z.unknown(),
    Prisma.sql`SELECT 1 FROM graphile_worker.jobs WHERE "key" = ${`free-credits:${scope.workspaceId}`}`,
  );
  expect(jobs).toHaveLength(1);
  await giveFreeCredits(scope, new Date(), () => 'mailbox');
  expect(await getBalance(scope)).toMatchObject({ available: 100 });
  expect(await signIn('new@example.com', PASSWORD)).toBe('ok');
});

test('a password is stored as argon2id with the parameters that OWASP recommends', async () => {
  await signUp({ email: 'hash@example.com', password: PASSWORD });
  const { passwordHash } = await db().signUp.findFirstOrThrow({ where: { email: 'hash@example.com' } });
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('the database contains no token from a link, and a changed token opens nothing', async () => {
  await signUp({ email: 'token@example.com', password: PASSWORD });
  const token = await tokenFor('token@example.com');
  const rows = await db().signUp.findMany({ where: { email: 'token@example.com' } });
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(token.slice(31));
  for (const changed of [`${token.slice(0, -4)}AAAA`, token.slice(0, 30), `${rows[0]?.id ?? ''}-${'A'.repeat(43)}`, ''])
    expect(code(await confirm(changed))).toBe('not_found');
  expect(code(await confirm(token))).toBe('ok');
});

test('a stranger’s password never becomes the account’s: another browser has to choose a new one', async () => {
  await signUp({ email: 'victim@example.com', password: OTHER_PASSWORD, browserHash: 'stranger' });
  const token = await tokenFor('victim@example.com');
  expect(await findWaitingSignUp(token, 'mine')).toEqual({ email: 'victim@example.com', isOwnBrowser: false });
  expect(await findWaitingSignUp(token, null)).toEqual({ email: 'victim@example.com', isOwnBrowser: false });
  expect(code(await confirm(token, null))).toBe('forbidden');
  expect(code(await confirm(token, 'mine'))).toBe('forbidden');
  expect(fieldsOf(await confirm(token, 'mine', { password: 'password123', terms: false }))).toEqual(['password', 'terms']);
  expect(code(await confirm(token, 'mine', { password: PASSWORD }))).toBe('ok');
  expect(await signIn('victim@example.com', PASSWORD)).toBe('ok');
  expect(await signIn('victim@example.com', OTHER_PASSWORD)).toBe('unauthenticated');
  // The terms are accepted by the person who pressed the button, not by the one who typed the address.
  const typed = await db().signUp.findFirstOrThrow({ where: { email: 'victim@example.com' } });
  expect((await userOf('victim@example.com')).termsAcceptedAt?.getTime()).toBeGreaterThan(typed.createdAt.getTime());
});

test('a stranger who signs up in between changes nothing: each link carries its own password and browser', async () => {
  await signUp({ email: 'mine@example.com', password: OTHER_PASSWORD, browserHash: 'stranger' });
  // The newest mail is read below, so each has to be there before the next.
  await mailsTo('mine@example.com');
  await signUp({ email: 'mine@example.com', password: PASSWORD });
  const mine = await tokenFor('mine@example.com');
  await signUp({ email: 'mine@example.com', password: OTHER_PASSWORD, browserHash: 'stranger' });
  const strangers = await tokenFor('mine@example.com');
  expect(code(await confirm(mine))).toBe('ok');
  expect(await signIn('mine@example.com', PASSWORD)).toBe('ok');
  expect(await signIn('mine@example.com', OTHER_PASSWORD)).toBe('unauthenticated');
  expect(code(await confirm(strangers, 'stranger'))).toBe('not_found');
});

test('the browser that signed up keeps its password when the link is mailed again, even after a stranger’s sign-up', async () => {
  await signUp({ email: 'resent@example.com', password: PASSWORD });
  await signUp({ email: 'resent@example.com', password: OTHER_PASSWORD, browserHash: 'stranger' });
  // The newest mail is read below, so the earlier ones have to be there first.
  expect(await mailsTo('resent@example.com')).toHaveLength(2);
  await resendVerification('resent@example.com', { clientKey: null, browserHash: 'mine' });
  expect(code(await confirm(await tokenFor('resent@example.com')))).toBe('ok');
  expect(await signIn('resent@example.com', PASSWORD)).toBe('ok');
});

test('an address that has an account gets the same answer and a notice by mail, and keeps its password', async () => {
  const fresh = await signUp({ email: 'first@example.com', password: PASSWORD });
  await confirm(await tokenFor('first@example.com'));
  const again = await signUp({ email: 'first@example.com', password: OTHER_PASSWORD });
  expect(again).toEqual(fresh);
  const [notice] = await mailsTo('first@example.com');
  expect(notice?.subject).toBe('You already have an account');
  expect(await signIn('first@example.com', PASSWORD)).toBe('ok');
  expect(await signIn('first@example.com', OTHER_PASSWORD)).toBe('unauthenticated');
  expect(await db().workspace.count({ where: { memberships: { some: { user: { email: 'first@example.com' } } } } })).toBe(1);
});

test('a known and a new address cost the same: one hash and one row each', async () => {
  const made = await createUser({ email: 'known@example.com', password: PASSWORD });
  expect(made.ok).toBe(true);
  const hash = vi.spyOn(hashing, 'hashPassword');
  const rows: number[] = [];
  for (const email of ['known@example.com', 'unknown@example.com']) {
    await signUp({ email, password: OTHER_PASSWORD });
    rows.push(await db().signUp.count({ where: { email } }));
  }
  expect(hash).toHaveBeenCalledTimes(2);
  expect(rows).toEqual([1, 1]);
  hash.mockRestore();
});

test('an account that was created in between is left alone', async () => {
  await signUp({ email: 'between@example.com', password: OTHER_PASSWORD });
  const token = await tokenFor('between@example.com');
  await createUser({ email: 'between@example.com', password: PASSWORD });
  expect(code(await confirm(token))).toBe('conflict');
  expect(await signIn('between@example.com', PASSWORD)).toBe('ok');
});

test('a confirming link works once, however many requests come at once', async () => {
  await signUp({ email: 'once@example.com', password: PASSWORD });
  const token = await tokenFor('once@example.com');
  const answers = await Promise.all([confirm(token), confirm(token), confirm(token)]);
  expect(answers.map(code).toSorted()).toEqual(['not_found', 'not_found', 'ok']);
  expect((await userOf('once@example.com')).memberships).toHaveLength(1);
});

test('two links for one address, pressed at once, create one account', async () => {
  await signUp({ email: 'race@example.com', password: PASSWORD });
  const first = await tokenFor('race@example.com');
  await signUp({ email: 'race@example.com', password: OTHER_PASSWORD });
  const second = await tokenFor('race@example.com');
  const answers = (await Promise.all([confirm(first), confirm(second)])).map(code);
  expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
  expect((await userOf('race@example.com')).memberships).toHaveLength(1);
});

test('a confirming link stops working after its time, a new mail extends it, and old sign-ups are deleted', async () => {
  await signUp({ email: 'late@example.com', password: PASSWORD });
  const token = await tokenFor('late@example.com');
  const endsIn = (ms: number) =>
    db().signUp.updateMany({ where: { email: 'late@example.com' }, data: { expiresAt: new Date(Date.now() + ms) } });
  await endsIn(60_000);
  await resendVerification('late@example.com', { clientKey: null, browserHash: null });
  expect(await tokenFor('late@example.com')).toBe(token);
  const row = await db().signUp.findFirstOrThrow({ where: { email: 'late@example.com' } });
  expect(row.expiresAt.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  await endsIn(-1);
  expect(code(await confirm(token))).toBe('not_found');
  expect(await signIn('late@example.com', PASSWORD)).toBe('unauthenticated');
  await purgeExpiredRows();
  expect(await db().signUp.count({ where: { email: 'late@example.com' } })).toBe(1);
  await endsIn(-25 * 3_600_000);
  await purgeExpiredRows();
  expect(await db().signUp.count({ where: { email: 'late@example.com' } })).toBe(0);
});

test('only somebody who knows the password is told that an address is not confirmed', async () => {
  await signUp({ email: 'unconfirmed@example.com', password: PASSWORD });
  expect(await signIn('unconfirmed@example.com', OTHER_PASSWORD)).toBe('unauthenticated');
  expect(await signIn('nobody@example.com', PASSWORD)).toBe('unauthenticated');
  expect(await signIn('unconfirmed@example.com', PASSWORD)).toBe('forbidden');
});

test('a reset for an address that only signed up mails the confirming link again', async () => {
  await signUp({ email: 'early@example.com', password: OTHER_PASSWORD, browserHash: 'stranger' });
  const link = await tokenFor('early@example.com');
  await requestPasswordReset('early@example.com', null);
  expect((await mailsTo('early@example.com')).map(({ subject }) => subject)).toEqual(Array(2).fill('Confirm your email address'));
  expect(await tokenFor('early@example.com')).toBe(link);
});

test('asking for the link again gets the same answer for every address, and works only once a minute', async () => {
  const again = (email: string) => resendVerification(email, { clientKey: null, browserHash: 'mine' });
  await signUp({ email: 'again@example.com', password: PASSWORD });
  const known = await again('again@example.com');
  expect(await again('unknown-too@example.com')).toEqual(known);
  expect(await mailsTo('again@example.com')).toHaveLength(2);
  expect(await mailsTo('unknown-too@example.com')).toHaveLength(0);
  const refusals = [await again('again@example.com'), await again('unknown-too@example.com')];
  expect(refusals.map(code)).toEqual(['rate_limited', 'rate_limited']);
  expect(code(await confirm(await tokenFor('again@example.com')))).toBe('ok');
});

test.each(['password123', 'qwertyuiop', 'iloveyou2024', 'aaaaaaaaaaaa', 'somebody99-x'])(
  '%s is refused before anything is stored',
  async (password) => {
    expect(fieldsOf(await signUp({ email: 'somebody@example.com', password }))).toEqual(['password']);
    expect(await db().signUp.count({ where: { email: 'somebody@example.com' } })).toBe(0);
  },
);
