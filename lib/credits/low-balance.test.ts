import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { describe, expect, it } from 'vitest';
import { createUser } from '@/lib/credits/free-credits';
import { inTransaction } from '@/lib/platform/db/transaction';
import { LOW_BALANCE_MARK_MAX, LOW_BALANCE_QUIET_S } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { TASK_PAYLOADS } from '@/lib/platform/queue/enqueue';
import { emitLowBalanceTask } from '@/worker/tasks/credits';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { A_LIST, capture, extend, grant, hold, mustBeOk, mustHold, release, upTo } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { checkLowBalance, mailLowBalance, setLowMark } from './balance';
import { findStanding } from './store/standing';

useTestDatabase();
const outbox = useTestOutbox();

/** Starter brings 5,000 a month, so its mark is 500. */
async function makeListened(credits: number, plan = 'starter'): Promise<Scope> {
  const scope = await makeWorkspace(credits, plan);
  await makeEndpoint(scope, { events: ['credits.low'] });
  return scope;
}

/** What was reported, oldest first, after the worker has done its jobs. */
async function told({ workspaceId }: Scope) {
  const jobs = await inTransaction((tx) =>
    queryRows(
      z.object({ payload: TASK_PAYLOADS['emit-low-balance'] }),
      Prisma.sql`
      SELECT "payload" FROM graphile_worker._private_jobs WHERE starts_with("key", ${`emit-low-balance:${workspaceId}:`}) ORDER BY "id"`,
      tx,
    ),
  );
  for (const { payload } of jobs) await emitLowBalanceTask.run(payload);
  const rows = await inTransaction((tx) =>
    tx.webhookEvent.findMany({ where: { workspaceId, type: 'credits.low' }, orderBy: { id: 'asc' }, take: 50 }),
  );
  return rows.map(({ data }) => data);
}
const mailJobs = ({ workspaceId }: Scope) =>
  inTransaction(async (tx) => {
    const rows = await queryRows(
      z.unknown(),
      Prisma.sql`
      SELECT 1 FROM graphile_worker.jobs WHERE "key" = ${`mail-low-balance:${workspaceId}`}`,
      tx,
    );
    return rows.length;
  });

/** Makes all grants older by this many seconds. */
const age = ({ workspaceId }: Scope, seconds: number) =>
  inTransaction(
    (tx) => tx.$executeRaw`
      UPDATE "CreditGrant" SET "createdAt" = "createdAt" - make_interval(secs => ${seconds}) WHERE "workspaceId" = ${workspaceId}`,
  );
const jobAt = async ({ workspaceId }: Scope): Promise<Date | null> => {
  const rows = await inTransaction((tx) =>
    queryRows(
      z.object({ runAt: z.date() }),
      Prisma.sql`
      SELECT "run_at" AS "runAt" FROM graphile_worker.jobs WHERE "key" = ${`check-low-balance:${workspaceId}`}`,
      tx,
    ),
  );
  return rows[0]?.runAt ?? null;
};

describe('a balance that runs low', () => {
  it('is reported once, when a hold takes it below the mark, not to the mark', async () => {
    const scope = await makeListened(510);
    await mustHold(scope, 10);
    expect(await told(scope)).toEqual([]);
    const { holdId } = mustBeOk(await hold(scope, 1));
    expect(await told(scope)).toMatchObject([{ available: 499, threshold: 500 }]);
    expect(await mailJobs(scope)).toBe(1);
    await capture(scope, holdId, 1);
    await mustHold(scope, 200);
    expect(await told(scope)).toHaveLength(1);
  });

  it('is reported once for 20 holds that cross concurrently', async () => {
    const scope = await makeListened(505);
    await Promise.all(Array.from({ length: 20 }, () => hold(scope, 1)));
    expect(await told(scope)).toHaveLength(1);
  });

  it('is reported when a list takes everything, and when its hold is extended', async () => {
    const [whole, empty] = [await makeListened(600), await makeListened(600)];
    mustBeOk(await upTo(whole, 9_000));
    expect(await told(whole)).toMatchObject([{ available: 0 }]);
    const { holdId } = mustBeOk(await upTo(empty, 50));
    expect(await told(empty)).toEqual([]);
    await extend(empty, holdId, 100);
    expect(await told(empty)).toMatchObject([{ available: 450 }]);
  });

  it('is reported again after credits came in, but not while they are still too few', async () => {
    const scope = await makeListened(500);
    await mustHold(scope, 10);
    await grant(scope, 5);
    await mustHold(scope, 5);
    expect(await told(scope)).toHaveLength(1);
    await grant(scope, 100);
    expect((await findStanding(scope))?.isLow).toBe(false);
    await mustHold(scope, 100);
    expect(await told(scope)).toHaveLength(2);
  });

  it('ends when a list gives back its rest; checks that turn out free change nothing', async () => {
    const scope = await makeListened(510);
    const list = mustBeOk(await hold(scope, 100, undefined, { cause: A_LIST }));
    await release(scope, list.holdId);
    expect((await findStanding(scope))?.isLow).toBe(false);
    await mustHold(scope, 10);
    const check = await mustHold(scope, 1);
    await release(scope, check);
    await mustHold(scope, 1);
    expect(await told(scope)).toHaveLength(2);
  });

  it('is not reported for a hold that was rolled back', async () => {
    const scope = await makeListened(501);
    expect(await hold(scope, 502)).toMatchObject({ ok: false });
    expect(await told(scope)).toEqual([]);
  });
});

describe('the mark', () => {
  it('gives no warning on the Free plan until something was bought', async () => {
    const scope = await makeListened(100, 'free');
    await mustHold(scope, 100);
    expect(await told(scope)).toEqual([]);
    await grant(scope, 2_000, { kind: 'purchase' });
    await age(scope, LOW_BALANCE_QUIET_S);
    await mustHold(scope, 1_800);
    expect(await told(scope)).toEqual([]);
    await mustHold(scope, 1);
    expect(await told(scope)).toMatchObject([{ available: 199, threshold: 200 }]);
  });

  it('can be chosen, switched off and left to the default', async () => {
    const scope = await makeListened(100);
    mustBeOk(await setLowMark(scope, 0));
    await mustHold(scope, 10);
    expect(await told(scope)).toEqual([]);
    mustBeOk(await setLowMark(scope, 90));
    await mustHold(scope, 1);
    expect(await told(scope)).toMatchObject([{ threshold: 90 }]);
    mustBeOk(await setLowMark(scope, 50));
    await mustHold(scope, 40);
    expect(await told(scope)).toMatchObject([{ threshold: 90 }, { threshold: 50, available: 49 }]);
    mustBeOk(await setLowMark(scope, null));
    expect(await findStanding(scope)).toMatchObject({ lowBelow: null, isLow: true });
  });

  it.each([-1, 0.5, LOW_BALANCE_MARK_MAX + 1, Number.NaN])('can’t be %d', async (mark) => {
    expect(await setLowMark(await makeWorkspace(), mark)).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
  });

  it('may be as large as its limit', async () => {
    const scope = await makeListened(100);
    mustBeOk(await setLowMark(scope, LOW_BALANCE_MARK_MAX));
    await mustHold(scope, 1);
    expect(await told(scope)).toMatchObject([{ threshold: LOW_BALANCE_MARK_MAX }]);
  });
});

describe('the minute after a purchase', () => {
  it('reports nothing, by event or mail; after it the balance is checked again, and reported once if it is still low', async () => {
    const scope = await makeListened(0);
    await grant(scope, 600, { kind: 'purchase' });
    // A list that waited takes all of it at once.
    mustBeOk(await upTo(scope, 9_000));
    expect(await told(scope)).toEqual([]);
    expect(await mailJobs(scope)).toBe(0);
    const at = await jobAt(scope);
    expect(Math.abs((at?.getTime() ?? 0) - Date.now() - LOW_BALANCE_QUIET_S * 1_000)).toBeLessThan(10_000);
    await checkLowBalance(scope);
    expect(await told(scope)).toEqual([]);
    await age(scope, LOW_BALANCE_QUIET_S);
    await checkLowBalance(scope);
    await checkLowBalance(scope);
    expect(await told(scope)).toMatchObject([{ available: 0 }]);
    expect(await mailJobs(scope)).toBe(1);
  });

  it('leads to no report if there is enough again when it is over', async () => {
    const scope = await makeListened(0);
    await grant(scope, 600, { kind: 'purchase' });
    const { holdId } = mustBeOk(await upTo(scope, 9_000));
    await release(scope, holdId);
    await age(scope, LOW_BALANCE_QUIET_S);
    await checkLowBalance(scope);
    expect(await told(scope)).toEqual([]);
  });

  it('a mail that is queued when something is bought is not sent, even if it was not enough', async () => {
    const { workspaceId } = mustBeOk(await createUser({ email: 'buyer@example.org', password: 'violet harbour lantern 42' }));
    const scope = { workspaceId };
    mustBeOk(await setLowMark(scope, 500));
    await mustHold(scope, 1);
    expect(await mailJobs(scope)).toBe(1);
    await grant(scope, 50, { kind: 'purchase' });
    expect((await findStanding(scope))?.isLow).toBe(false);
    await mailLowBalance(scope);
    expect(await outbox.mailsTo('buyer@example.org')).toEqual([]);
    await age(scope, LOW_BALANCE_QUIET_S + 5);
    await mustHold(scope, 1);
    await mailLowBalance(scope);
    expect(await outbox.mailsTo('buyer@example.org')).toHaveLength(1);
  });
});

describe('the mail', () => {
  it('goes to the owners while it is true, and says how many credits are held', async () => {
    const { workspaceId } = mustBeOk(await createUser({ email: 'owner@example.org', password: 'violet harbour lantern 42' }));
    mustBeOk(await setLowMark({ workspaceId }, 50));
    await mailLowBalance({ workspaceId });
    expect(await outbox.mailsTo('owner@example.org')).toEqual([]);
    await mustHold({ workspaceId }, 60);
    await mailLowBalance({ workspaceId });
    const [mail, ...more] = await outbox.mailsTo('owner@example.org');
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('40 credits left');
    expect(mail?.text).toContain('fewer than the 50 you asked to be notified at. Another 60 are held');
    expect(mail?.text).toContain('/usage');
    await grant({ workspaceId }, 100);
    await mailLowBalance({ workspaceId });
    expect(await outbox.mailsTo('owner@example.org')).toHaveLength(1);
  });
});
