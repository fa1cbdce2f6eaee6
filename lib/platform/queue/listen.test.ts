import { expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { inTransaction } from '../db/transaction';
import { ok } from '../errors';
import { followState } from './follow-state';
import { onNotification } from './listen';

useTestDatabase();

/** Cuts the connection that listens, as a restart of the database would. */
const cutListener = () =>
  inTransaction(
    (tx) => tx.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
      WHERE application_name = 'email-verifier listen' AND datname = current_database()`,
  );

it('reports a loss at once, and tells subscribers to look again after reconnecting', async () => {
  const heard: string[] = [];
  const subscription = onNotification(
    'a_channel',
    'x',
    () => heard.push('news'),
    () => heard.push('loss'),
  );
  await subscription.ready;
  heard.length = 0;
  await cutListener();
  await expect.poll(() => heard).toEqual(['loss', 'news']);
  subscription.close();
});

it('a follower is told at once when what it follows can no longer be read', async () => {
  let isAway = false;
  const read = () => (isAway ? Promise.reject(new Error('the database is away')) : Promise.resolve(ok(1)));
  const onError = vi.fn();
  // Called before the follower, once the connection is back: by then, the follower can read again.
  const first = onNotification('a_channel', 'y', () => {
    isAway = false;
  });
  await first.ready;
  const followed = await followState(
    { channel: 'a_channel', id: 'y', read, isLast: () => false },
    { onChange: () => undefined, onError },
  );
  expect(followed.ok).toBe(true);
  isAway = true;
  await cutListener();
  await expect.poll(() => onError.mock.calls.length).toBe(1);
  first.close();
});

it('all channels added at the same moment are listened to', async () => {
  const before = onNotification('a_channel', 'z', () => undefined);
  await before.ready;
  const heard: string[] = [];
  const channels = ['a_new_channel', 'another_new_channel', 'a_third_new_channel'];
  const subscriptions = channels.map((channel) => onNotification(channel, 'z', () => heard.push(channel)));
  await Promise.all(subscriptions.map(({ ready }) => ready));
  heard.length = 0;
  for (const channel of channels) {
    await inTransaction((tx) => tx.$queryRaw`SELECT pg_notify(${channel}, '{"id":"z"}')::text AS "sent"`);
  }
  await expect.poll(() => heard).toEqual(channels);
  for (const { close } of [before, ...subscriptions]) close();
});
