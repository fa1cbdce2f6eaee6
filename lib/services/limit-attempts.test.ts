import { expect, test } from 'vitest';
import { db } from '@/lib/data/_client';
import { consumeRateLimit, findRateLimit } from '@/lib/data/rate-limits';
import { ATTEMPT_LIMITS } from '@/lib/domain/limits';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { signInWithPassword } from './auth/sign-in-with-password';
import { limitAttempts } from './limit-attempts';

useTestDatabase();
useTestOutbox();

const rule = { points: 5, durationS: 60 };
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

test('of many attempts at the same moment exactly the allowed number pass', async () => {
  const states = await Promise.all(times(20).map(() => consumeRateLimit('race', rule)));
  expect(states.filter((state) => state.allowed)).toHaveLength(5);
  expect(Math.min(...states.map((state) => state.remaining))).toBe(0);
  expect(states.every((state) => state.resetMs > 0 && state.resetMs <= 60_000)).toBe(true);
});

test('a look takes nothing, and a count ends with its time', async () => {
  await consumeRateLimit('look', rule);
  expect((await findRateLimit('look', rule)).remaining).toBe(4);
  expect((await findRateLimit('look', rule)).remaining).toBe(4);
  await db().rateLimit.update({ where: { key: 'look' }, data: { expire: BigInt(Date.now() - 1) } });
  expect((await consumeRateLimit('look', rule)).remaining).toBe(4);
});

test('signing in is limited by address and client together, and another client may go on', async () => {
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

test('no mail address stands in the table', async () => {
  await limitAttempts('sign_in', { clientKey: '192.0.2.4', email: 'secret@example.com' });
  const rows = await db().rateLimit.findMany({ take: 1_000 });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.some(({ key }) => key.includes('@') || key.includes('secret'))).toBe(false);
});
