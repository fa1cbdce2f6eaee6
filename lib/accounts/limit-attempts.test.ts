import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { consumeRateLimit, findRateLimit } from '@/lib/platform/rate-limits';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { limitAttempts, mailboxKey, ATTEMPT_LIMITS } from './attempts';
import { markDevice, requestMagicLink, signInWithPassword, startSession } from './sign-in';
import { requestPasswordReset } from './password-change';
import { resendMail } from './resend';
import { createUser } from '@/lib/credits/free-credits';

useTestDatabase();
useTestOutbox();

const rule = { points: 5, durationS: 60 };
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const repeat = async (count: number, work: () => Promise<unknown>) => {
  for (let done = 0; done < count; done++) await work();
};

test('of many simultaneous attempts exactly the allowed number pass', async () => {
  const states = await Promise.all(times(20).map(() => consumeRateLimit('race', rule)));
  expect(states.filter((state) => state.allowed)).toHaveLength(5);
  expect(Math.min(...states.map((state) => state.remaining))).toBe(0);
  expect(states.every((state) => state.resetMs > 0 && state.resetMs <= 60_000)).toBe(true);
});

test('reading takes nothing, and a count ends with its time', async () => {
  await consumeRateLimit('look', rule);
  expect((await findRateLimit('look', rule)).remaining).toBe(4);
  expect((await findRateLimit('look', rule)).remaining).toBe(4);
  await db().rateLimit.update({ where: { key: 'look' }, data: { expire: BigInt(Date.now() - 1) } });
  expect((await consumeRateLimit('look', rule)).remaining).toBe(4);
});

test('signing in is limited by address and client together, and another client may continue', async () => {
  const attempt = (clientKey: string) => signInWithPassword({ email: 'victim@example.com', password: 'wrong guess' }, clientKey);
  const answers = await Promise.all(times(ATTEMPT_LIMITS.sign_in.pair.points).map(() => attempt('192.0.2.1')));
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual(answers.map(() => 'unauthenticated'));
  const refused = await attempt('192.0.2.1');
  expect(refused).toMatchObject({ ok: false, error: { code: 'rate_limited' } });
  expect(refused.ok ? 0 : refused.error.retryAfterS).toBeGreaterThan(0);
  expect(await attempt('192.0.2.2')).toMatchObject({ error: { code: 'unauthenticated' } });
});

test('one client is limited over all addresses', async () => {
  const { points } = ATTEMPT_LIMITS.sign_up.client;
  for (const index of times(points))
    expect(await limitAttempts('sign_up', { clientKey: '192.0.2.3', email: `a${index}@example.com` })).toMatchObject({
      ok: true,
    });
  expect(await limitAttempts('sign_up', { clientKey: '192.0.2.3', email: 'fresh@example.com' })).toMatchObject({ ok: false });
});

test('one address is limited over all clients, known or not', async () => {
  const { points } = ATTEMPT_LIMITS.reset.email;
  for (const index of times(points))
    expect(await limitAttempts('reset', { clientKey: `192.0.2.${index + 10}`, email: 'b@example.com' })).toMatchObject({
      ok: true,
    });
  expect(await limitAttempts('reset', { clientKey: '192.0.2.99', email: 'b@example.com' })).toMatchObject({ ok: false });
});

test('the aliases of one mailbox share its limit', async () => {
  const { points } = ATTEMPT_LIMITS.magic_link.email;
  const aliases = ['Some.One@gmail.com', 'someone@googlemail.com', ...times(points).map((index) => `someone+${index}@gmail.com`)];
  for (const email of aliases.slice(0, points))
    expect(await limitAttempts('magic_link', { clientKey: null, email })).toMatchObject({ ok: true });
  expect(await limitAttempts('magic_link', { clientKey: null, email: 's.omeone@gmail.com' })).toMatchObject({ ok: false });
});

test('the table contains no mail address', async () => {
  await limitAttempts('sign_in', { clientKey: '192.0.2.4', email: 'secret@example.com' });
  const rows = await db().rateLimit.findMany({ take: 1_000 });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.some(({ key }) => key.includes('@') || key.includes('secret'))).toBe(false);
});

const PASSWORD = 'marble-otter-quilt-92';
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) => (result.ok ? 'ok' : result.error.code);
let count = 0;
async function makeAccount() {
  const email = `owner-${++count}@example.com`;
  const made = await createUser({ email, password: PASSWORD });
  if (!made.ok) throw made.error;
  return { email, userId: made.value.userId };
}
/** The cookie of a browser that has just signed in. */
const cookieOf = async (userId: string) => markDevice(null, await startSession(userId, 'Chrome on macOS'));

test('200 guesses of one client at once take only its own share of the account’s limit, and lock out nobody else', async () => {
  const { email } = await makeAccount();
  const guess = () => signInWithPassword({ email, password: 'wrong guess' }, '192.0.2.50');
  const codes = (await Promise.all(times(200).map(guess))).map(codeOf);
  const { pair, email: account } = ATTEMPT_LIMITS.sign_in;
  expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(pair.points);
  expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(200 - pair.points);
  expect((await findRateLimit(`sign_in:email:${mailboxKey(email)}`, account)).remaining).toBe(account.points - pair.points);
  expect(codeOf(await signInWithPassword({ email, password: PASSWORD }, '192.0.2.51'))).toBe('ok');
});

test('an attempt refused by the client’s own limit is not counted for the address', async () => {
  const { client, email: account } = ATTEMPT_LIMITS.sign_in;
  for (const index of times(client.points))
    await limitAttempts('sign_in', { clientKey: '192.0.2.60', email: `other-${index}@example.com` });
  const { email } = await makeAccount();
  await repeat(20, async () => {
    expect(codeOf(await limitAttempts('sign_in', { clientKey: '192.0.2.60', email }))).toBe('rate_limited');
  });
  expect((await findRateLimit(`sign_in:email:${mailboxKey(email)}`, account)).remaining).toBe(account.points);
});

test('links and resets: one client never uses up an address’s allowance', async () => {
  const { email } = await makeAccount();
  const callbackPath = '/dashboard';
  await repeat(30, async () => {
    await requestMagicLink({ email, callbackPath }, '192.0.2.70');
    await requestPasswordReset(email, '192.0.2.70');
    await resendMail({ kind: 'reset', email, callbackPath }, { clientKey: '192.0.2.70', browserHash: null });
  });
  expect(codeOf(await requestMagicLink({ email, callbackPath }, '192.0.2.71'))).toBe('ok');
  expect(codeOf(await requestPasswordReset(email, '192.0.2.71'))).toBe('ok');
});

test('a browser that signed in before gets in even when others have used up the account’s limits', async () => {
  const { email, userId } = await makeAccount();
  const known = await cookieOf(userId);
  const exhaust = async (kind: 'sign_in' | 'magic_link' | 'reset') => {
    for (const index of times(ATTEMPT_LIMITS[kind].email.points))
      await limitAttempts(kind, { clientKey: `198.51.100.${index}`, email });
  };
  for (const kind of ['sign_in', 'magic_link', 'reset'] as const) await exhaust(kind);
  expect(codeOf(await signInWithPassword({ email, password: PASSWORD }, '203.0.113.1'))).toBe('rate_limited');
  expect(codeOf(await signInWithPassword({ email, password: PASSWORD }, '203.0.113.1', known))).toBe('ok');
  const callbackPath = '/dashboard';
  expect(codeOf(await requestMagicLink({ email, callbackPath }, '203.0.113.1'))).toBe('rate_limited');
  expect(codeOf(await requestMagicLink({ email, callbackPath }, '203.0.113.1', known))).toBe('ok');
  expect(codeOf(await requestPasswordReset(email, '203.0.113.1', known))).toBe('ok');
});

test('a known browser has a limited allowance, and legitimate use is not counted', async () => {
  const { email, userId } = await makeAccount();
  const known = await cookieOf(userId);
  const { points } = ATTEMPT_LIMITS.sign_in.device;
  const guess = (password: string) => signInWithPassword({ email, password }, '203.0.113.2', known);
  await repeat(points, async () => expect(codeOf(await guess(PASSWORD))).toBe('ok'));
  await repeat(points, async () => expect(codeOf(await guess('wrong guess'))).toBe('unauthenticated'));
  expect(codeOf(await guess(PASSWORD))).toBe('rate_limited');
});

test('a browser is known to one account, until its epoch ends, and the mark can’t be forged', async () => {
  const [mine, others] = [await makeAccount(), await makeAccount()];
  const known = await cookieOf(mine.userId);
  for (const index of times(ATTEMPT_LIMITS.sign_in.email.points))
    for (const { email } of [mine, others]) await limitAttempts('sign_in', { clientKey: `198.51.100.${index}`, email });
  const enter = (email: string, cookie: string) => signInWithPassword({ email, password: PASSWORD }, '203.0.113.3', cookie);
  expect(codeOf(await enter(others.email, known))).toBe('rate_limited');
  expect(codeOf(await enter(mine.email, known.replace(/.$/, known.endsWith('A') ? 'B' : 'A')))).toBe('rate_limited');
  expect(codeOf(await enter(mine.email, 'made up; path=/'))).toBe('rate_limited');
  // A browser that two people use is known to both.
  const both = markDevice(known, await startSession(others.userId, 'Chrome on macOS'));
  expect(codeOf(await enter(mine.email, both))).toBe('ok');
  expect(codeOf(await enter(others.email, both))).toBe('ok');
  await db().user.update({ where: { id: mine.userId }, data: { sessionEpoch: { increment: 1 } } });
  expect(codeOf(await enter(mine.email, both))).toBe('rate_limited');
});
