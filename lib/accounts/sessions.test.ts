import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { purgeExpiredRows } from '@/lib/verifications/store/maintenance';
import { ENDED_SESSIONS_KEPT_DAYS, SESSION_SEEN_EVERY_MS, SESSIONS_A_USER } from '@/lib/platform/limits';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { createUser } from '@/lib/credits/free-credits';
import { endSession, findSessionUser, listSessions, onSessionEnd, signOutEverywhere, startSession } from './sign-in';

useTestDatabase();

let userId = '';
let otherId = '';
let count = 0;
const makeUser = async () => {
  const made = await createUser({ email: `person-${++count}@example.com`, password: 'anything at all' });
  if (!made.ok) throw made.error;
  return made.value.userId;
};
beforeEach(async () => {
  [userId, otherId] = [await makeUser(), await makeUser()];
});

test('each sign-in is shown with its device, the current one is marked, and one can be ended', async () => {
  const [laptop, phone] = [await startSession(userId, 'Chrome on macOS'), await startSession(userId, 'Safari on iPhone')];
  const shown = await listSessions(userId, phone.sessionId);
  expect(shown.map(({ device, isCurrent }) => ({ device, isCurrent }))).toEqual([
    { device: 'Safari on iPhone', isCurrent: true },
    { device: 'Chrome on macOS', isCurrent: false },
  ]);
  expect(await endSession(userId, laptop.sessionId)).toMatchObject({ ok: true });
  expect(await findSessionUser(laptop)).toBeNull();
  expect(await findSessionUser(phone)).not.toBeNull();
  expect(await endSession(userId, laptop.sessionId)).toMatchObject({ error: { code: 'not_found' } });
});

test('nobody can end or use somebody else’s session', async () => {
  const mine = await startSession(userId, 'Chrome on macOS');
  expect(await endSession(otherId, mine.sessionId)).toMatchObject({ error: { code: 'not_found' } });
  expect(await findSessionUser({ ...mine, userId: otherId })).toBeNull();
  expect(await findSessionUser(mine)).not.toBeNull();
});

test('a session ends at its time, and is invalid if its epoch is older', async () => {
  const mine = await startSession(userId, 'Chrome on macOS');
  expect(await findSessionUser({ ...mine, epoch: mine.epoch + 1 })).toBeNull();
  await db().userSession.update({ where: { id: mine.sessionId }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await findSessionUser(mine)).toBeNull();
  expect(await listSessions(userId, '')).toEqual([]);
});

test('the last use is written once in a while, not at each read', async () => {
  const mine = await startSession(userId, 'Chrome on macOS');
  const seenAt = async () => (await db().userSession.findUniqueOrThrow({ where: { id: mine.sessionId } })).lastSeenAt.getTime();
  const first = await seenAt();
  await findSessionUser(mine);
  expect(await seenAt()).toBe(first);
  await db().userSession.update({
    where: { id: mine.sessionId },
    data: { lastSeenAt: new Date(Date.now() - SESSION_SEEN_EVERY_MS) },
  });
  await findSessionUser(mine);
  expect(await seenAt()).toBeGreaterThanOrEqual(first);
});

test('one sign-in too many ends the oldest', async () => {
  const first = await startSession(userId, 'Chrome on macOS');
  for (let made = 1; made < SESSIONS_A_USER; made++) await startSession(userId, 'Chrome on Linux');
  expect(await findSessionUser(first)).not.toBeNull();
  await startSession(userId, 'Chrome on Linux');
  expect(await findSessionUser(first)).toBeNull();
  expect(await listSessions(userId, '')).toHaveLength(SESSIONS_A_USER);
});

test('watchers of a session are told of its end, single or all at once, and not of other people’s', async () => {
  const [here, there] = [await startSession(userId, 'Chrome on macOS'), await startSession(userId, 'Safari on iPhone')];
  const othersEnded: string[] = [];
  const stops = [onSessionEnd(await startSession(otherId, 'Firefox on Linux'), () => othersEnded.push('other'))];
  const thereEnded = new Promise<void>((done) => stops.push(onSessionEnd(there, done)));
  let hasHereEnded = false;
  const hereEnded = new Promise<void>((done) => {
    stops.push(
      onSessionEnd(here, () => {
        hasHereEnded = true;
        done();
      }),
    );
  });
  await endSession(userId, there.sessionId);
  await thereEnded;
  expect(hasHereEnded).toBe(false);
  await signOutEverywhere(userId);
  await hereEnded;
  expect(othersEnded).toEqual([]);
  for (const stop of stops) stop();
});

test('ended sessions are kept for a while and then deleted', async () => {
  const [old, recent] = [await startSession(userId, 'Chrome on macOS'), await startSession(userId, 'Chrome on macOS')];
  await endSession(userId, old.sessionId);
  await endSession(userId, recent.sessionId);
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  await db().userSession.update({ where: { id: old.sessionId }, data: { endedAt: days(ENDED_SESSIONS_KEPT_DAYS + 1) } });
  await db().userSession.update({ where: { id: recent.sessionId }, data: { endedAt: days(ENDED_SESSIONS_KEPT_DAYS - 1) } });
  await purgeExpiredRows();
  const left = await db().userSession.findMany({ where: { userId }, select: { id: true } });
  expect(left.map(({ id }) => id)).toEqual([recent.sessionId]);
});
