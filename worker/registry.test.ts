import { parseCronItems } from 'graphile-worker';
import { beforeEach, describe, expect, it } from 'vitest';
import { getBalance } from '@/lib/credits/balance';
import { createUser, grantDueMonths, grantMonth, monthlyPeriod, monthlySourceKey } from '@/lib/credits/free-credits';
import { PLANS } from '@/lib/accounts/rules/plans';
import { revokeGrants } from '@/lib/credits/grants';
import { auditLedger } from '@/lib/credits/store/grants';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { log } from '@/lib/platform/log';
import { TASK_PAYLOADS } from '@/lib/platform/queue/enqueue';
import { type Scope, VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { startVerification } from '@/lib/verifications/start';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { createTaskList, CRON_ITEMS } from './registry';
import { createCatchAllStore } from './stores/catch-all-facts';
import { createExpireGrants } from './tasks/credits';
import { createPurgeExpired, createPurgeVisitors } from './tasks/verifications';

useTestDatabase();

const HOUR_MS = 3_600_000;
const ago = (hours: number): Date => new Date(Date.now() - hours * HOUR_MS);

describe('the registry', () => {
  it('has a task for every name, and schedules only tasks that exist', () => {
    const tasks = createTaskList({
      verify: () => Promise.reject(new Error('not asked')),
      sendWebhook: () => Promise.reject(new Error('not asked')),
      concurrency: 4,
      now: Date.now,
      random: Math.random,
      log: log('test'),
    });
    expect(Object.keys(tasks).sort()).toEqual(Object.keys(TASK_PAYLOADS).sort());
    expect(parseCronItems(CRON_ITEMS)).toHaveLength(CRON_ITEMS.length);
    for (const item of CRON_ITEMS) expect(tasks).toHaveProperty([item.task]);
  });
});

const lasting = () => 'mailbox' as const;
let owners = 0;
async function makeOwnedWorkspace(): Promise<Scope> {
  const made = await createUser({ email: `owner-${++owners}@example.com`, password: 'anything at all' });
  if (!made.ok) throw made.error;
  const scope = { workspaceId: made.value.workspaceId };
  // Takes back the current month's credits that the operator's command granted, which these tests are not about.
  const sourceKeys = [monthlySourceKey(scope.workspaceId, monthlyPeriod(new Date()))];
  await inTransaction((tx) => revokeGrants(scope, { sourceKeys, atMost: PLANS.free.creditsAMonth }, tx));
  return scope;
}

describe('monthly credits', () => {
  const now = new Date('2096-11-23T10:00:00Z');
  const nextMonth = new Date('2096-12-01T00:00:00Z');
  const MONTH = PLANS.free.creditsAMonth;

  it('are granted once a month to every free workspace, however often the job runs, and by however many workers', async () => {
    const scope = await makeOwnedWorkspace();
    await Promise.all([grantDueMonths(now, lasting), grantDueMonths(now, lasting)]);
    expect(await grantDueMonths(now, lasting)).toBe(0);
    expect((await getBalance(scope)).balance).toBe(MONTH);
    await grantDueMonths(nextMonth, lasting);
    expect((await getBalance(scope)).balance).toBe(2 * MONTH);
  });

  it('expire when the next are due', async () => {
    const scope = await makeWorkspace();
    await inTransaction((tx) => grantMonth(scope, now, tx));
    const grants = await inTransaction((tx) =>
      tx.creditGrant.findMany({ where: scope, select: { expiresAt: true, kind: true }, take: 9 }),
    );
    expect(grants).toEqual([{ expiresAt: nextMonth, kind: 'monthly' }]);
  });

  it('are not granted to workspaces that got them at sign-up, to visitors or to paid plans', async () => {
    const [fresh, paid] = [await makeOwnedWorkspace(), await makeWorkspace(0, 'starter')];
    await inTransaction((tx) => grantMonth(fresh, now, tx));
    await grantDueMonths(now, lasting);
    expect((await getBalance(fresh)).balance).toBe(MONTH);
    expect((await getBalance(paid)).balance).toBe(0);
    expect((await getBalance({ workspaceId: VISITORS_WORKSPACE_ID })).balance).toBe(0);
  });

  it('of a past month are taken back', async () => {
    const scope = await makeWorkspace(5);
    await inTransaction((tx) => grantMonth(scope, new Date('2020-01-10T00:00:00Z'), tx));
    await createExpireGrants(log('test')).run({});
    expect(await getBalance(scope)).toEqual({ balance: 5, held: 0, available: 5 });
    expect(await auditLedger(scope)).toMatchObject({ entries: 5, remaining: 5 });
  });
});

describe('purges', () => {
  beforeEach(() => inTransaction((tx) => tx.verification.deleteMany({})));

  it('delete checks of visitors after a day and nobody else’s', async () => {
    const scope = await makeWorkspace(5);
    const visitors = { workspaceId: VISITORS_WORKSPACE_ID };
    for (const email of ['old@example.com', 'new@example.com']) {
      await startVerification(visitors, { email, source: 'landing', visitorKey: 'v' });
      await startVerification(scope, { email, source: 'app' });
    }
    await inTransaction((tx) =>
      tx.verification.updateMany({ where: { email: 'old@example.com' }, data: { createdAt: ago(25) } }),
    );
    await createPurgeVisitors(log('test')).run({});
    const left = await inTransaction((tx) =>
      tx.verification.findMany({ select: { email: true, source: true }, orderBy: { id: 'asc' }, take: 9 }),
    );
    expect(left.map(({ email, source }) => `${source} ${email}`).sort()).toEqual([
      'app new@example.com',
      'app old@example.com',
      'landing new@example.com',
    ]);
  });

  it('delete what has expired and keep what has not', async () => {
    const scope = await makeWorkspace();
    await inTransaction((tx) => seed(tx, scope.workspaceId));
    await createPurgeExpired(log('test')).run({});
    const left = await inTransaction(async (tx) => ({
      requests: await tx.idempotencyRecord.findMany({ select: { key: true }, take: 9 }),
      links: await tx.authToken.findMany({ select: { id: true }, take: 9 }),
      magic: await tx.verificationToken.findMany({ select: { token: true }, take: 9 }),
      probes: await tx.domainProbeCount.findMany({ select: { domain: true }, take: 9 }),
      facts: await tx.domainFact.findMany({ select: { domain: true }, take: 9 }),
      workers: await tx.workerHeartbeat.findMany({ select: { workerId: true }, take: 9 }),
      limits: await tx.rateLimit.findMany({ select: { key: true }, take: 9 }),
    }));
    expect(left).toEqual({
      requests: [{ key: 'new' }],
      links: [{ id: 'new' }],
      magic: [{ token: 'new' }],
      probes: [{ domain: 'new.example' }],
      facts: [{ domain: 'new.example' }],
      workers: [{ workerId: 'new' }],
      limits: [{ key: 'new' }],
    });
  });
});

async function seed(tx: Tx, workspaceId: string): Promise<void> {
  await tx.user.create({ data: { id: 'usr_purge', email: 'purge@example.com' }, select: { id: true } });
  for (const [name, hours] of [
    ['old', 40 * 24],
    ['new', -1],
  ] as const) {
    const expiresAt = ago(hours);
    await tx.idempotencyRecord.create({ data: { workspaceId, key: name, requestHash: 'h', expiresAt } });
    await tx.authToken.create({ data: { id: name, userId: 'usr_purge', purpose: 'reset_password', tokenHash: name, expiresAt } });
    await tx.verificationToken.create({ data: { identifier: 'a', token: name, expires: expiresAt } });
    await tx.domainProbeCount.create({ data: { domain: `${name}.example`, hour: expiresAt, probes: 1 } });
    await tx.domainFact.create({
      data: {
        domain: `${name}.example`,
        catchAll: true,
        checkedAt: expiresAt,
        code: 250,
        enhanced: null,
        text: 'Ok',
        host: 'mx.example',
      },
    });
    await tx.workerHeartbeat.create({ data: { workerId: name, queueIds: [], host: 'h', pid: 1, beatAt: expiresAt } });
    await tx.rateLimit.create({ data: { key: name, points: 1, expire: BigInt(expiresAt.getTime()) } });
  }
}

describe('the memory of domains', () => {
  const fact = {
    domain: 'facts.example',
    catchAll: true,
    checkedAt: 2_000_000_000_000,
    code: 250,
    enhanced: '2.1.5',
    text: 'Ok\0',
    host: 'mx.facts.example',
    isBySession: true,
  };

  it('is shared by all workers and never goes back in time', async () => {
    const store = createCatchAllStore();
    expect(await store.find('facts.example')).toBeNull();
    await store.remember(fact);
    await store.remember({ ...fact, catchAll: false, checkedAt: fact.checkedAt - 1 });
    expect(await createCatchAllStore().find('facts.example')).toEqual({ ...fact, text: 'Ok\ufffd' });
    await store.remember({ ...fact, catchAll: false, checkedAt: fact.checkedAt + 1 });
    expect(await store.find('facts.example')).toMatchObject({ catchAll: false });
  });
});
