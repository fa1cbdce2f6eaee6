import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { describe, expect, it, vi } from 'vitest';
import { getBalance } from '@/lib/credits/balance';
import { inTransaction } from '@/lib/platform/db/transaction';
import { DOMAIN_PROBES, WAIT_LADDER_S } from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import { type Scope, VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import type { EngineAnswer } from '@/lib/verdict/answer';
import { isRetried, RETRY_WAITS_S } from '@/lib/verdict/retry-schedule';
import { REASONS_BY_STATUS } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';
import { requeueLost } from '@/lib/verifications/complete';
import { getVerification } from '@/lib/verifications/read';
import { startVerification, type StartVerification } from '@/lib/verifications/start';
import { fakeAnswer, fakeLayers, greylisted, makeWorkspace, undecided } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withinOneHour } from '@/tests/database/within-one-hour';
import type { Subject } from '../engine/findings';
import { wrapTask } from '../task';
import { createVerifyAddress, type Verify } from './verifications';

useTestDatabase();
withinOneHour();

interface Check {
  scope: Scope;
  id: string;
}

async function start(email: string, more: Partial<StartVerification> = {}, scope?: Scope): Promise<Check> {
  const owner = scope ?? (await makeWorkspace(10));
  const result = await startVerification(owner, { email, source: 'app', maxAgeS: 0, ...more });
  if (!result.ok) throw result.error;
  return { scope: owner, id: result.value.id };
}
const task = (verify: Verify) => createVerifyAddress({ verify, now: Date.now, random: () => 0.5, log: log('test') });
const runTask = (verify: Verify, { id }: Check) => task(verify).run({ verificationId: id });
const heldBack = (email: string, afterS: number | null): EngineAnswer => ({
  ...fakeAnswer(email, 'timeout'),
  askAgain: { reason: 'timeout', afterS, triplet: null, isHeldBack: true },
});
async function view({ scope, id }: Check, visitorKey?: string): Promise<VerificationView> {
  const result = await getVerification(scope, id, { visitorKey });
  if (!result.ok) throw result.error;
  return result.value;
}
const answering = (answer: EngineAnswer) => vi.fn<Verify>(() => Promise.resolve(answer));
const refusing: Verify = () => Promise.reject(new Error('must not be asked: a@example.com'));

const makeDue = ({ id }: Check) =>
  inTransaction((tx) =>
    tx.verification.updateMany({ where: { id, status: 'pending' }, data: { retryAt: new Date(Date.now() - 1_000) } }),
  );
const jobsOf = ({ id }: Check) =>
  inTransaction((tx) =>
    queryRows(
      z.object({ key: z.string(), run_at: z.date() }),
      Prisma.sql`
      SELECT "key", "run_at" FROM graphile_worker.jobs WHERE "key" LIKE ${`verify:${id}%`} ORDER BY "key"`,
      tx,
    ),
  );

describe('the task', () => {
  it('run twice asks once, charges once and changes nothing', async () => {
    const check = await start('x@once.example');
    const verify = answering(fakeAnswer('x@once.example', 'mailbox_exists'));
    await runTask(verify, check);
    const first = await view(check);
    await runTask(verify, check);
    expect(verify).toHaveBeenCalledOnce();
    expect(await view(check)).toEqual(first);
    expect(await getBalance(check.scope)).toEqual({ balance: 9, held: 0, available: 9 });
  });

  it('run by two workers at once charges once', async () => {
    const check = await start('x@both.example');
    const verify = answering(fakeAnswer('x@both.example', 'mailbox_exists'));
    await Promise.all([runTask(verify, check), runTask(verify, check)]);
    expect(await getBalance(check.scope)).toEqual({ balance: 9, held: 0, available: 9 });
  });

  it('that dies between the engine and the commit is repeated with nothing lost', async () => {
    const check = await start('x@crash.example');
    await expect(runTask(() => Promise.reject(new Error('killed')), check)).rejects.toThrow('killed');
    expect(await getBalance(check.scope)).toEqual({ balance: 10, held: 1, available: 9 });
    await runTask(answering(fakeAnswer('x@crash.example', 'mailbox_exists')), check);
    expect(await view(check)).toMatchObject({ status: 'deliverable', creditsCharged: 1 });
    expect(await getBalance(check.scope)).toEqual({ balance: 9, held: 0, available: 9 });
  });

  it('for a row that is gone does nothing', async () => {
    await expect(runTask(refusing, { scope: { workspaceId: 'none' }, id: 'ver_none' })).resolves.toBeUndefined();
  });

  it('gives a visitor the answer free of charge', async () => {
    const check = await start(
      'x@landing.example',
      { source: 'landing', visitorKey: 'v' },
      { workspaceId: VISITORS_WORKSPACE_ID },
    );
    await runTask(answering(fakeAnswer('x@landing.example', 'mailbox_exists')), check);
    expect(await view(check, 'v')).toMatchObject({ status: 'deliverable', creditsCharged: 0 });
  });

  it.each([
    ['mailbox-not-found@test.example', 'undeliverable', 'mailbox_not_found'],
    ['anyone+catch_all@test.example', 'risky', 'catch_all'],
    ['jane@test.example', 'deliverable', 'mailbox_exists'],
    ['not an address', 'undeliverable', 'syntax_invalid'],
  ])('answers a test key from the address itself, asks no host and charges nothing: %s', async (email, status, reason) => {
    const check = await start(email, { source: 'api', test: true });
    await runTask(refusing, check);
    expect(await view(check)).toMatchObject({ status, reason, test: true, creditsCharged: 0 });
    expect((await getBalance(check.scope)).balance).toBe(10);
  });

  it('shows the layers as they arrive to clients that watch', async () => {
    const check = await start('x@live.example');
    const layers = fakeLayers();
    await runTask(async (_subject, onLayer) => {
      for (const layer of layers.slice(0, 5)) onLayer(layer);
      await expect.poll(async () => (await view(check)).layers).toEqual(layers.slice(0, 5));
      return fakeAnswer('x@live.example', 'mailbox_exists');
    }, check);
    expect((await view(check)).layers).toEqual(layers);
  });
});

describe('a greylisted address', () => {
  it('stays pending with its triplet, its findings, and one new job at the requested time', async () => {
    const check = await start('x@grey.example');
    const answer = greylisted('x@grey.example', 120);
    const before = Date.now();
    await runTask(answering(answer), check);
    await runTask(refusing, check);
    const pending = await view(check);
    expect(pending).toMatchObject({ status: 'pending', reason: null, attempt: 1, evidence: answer.evidence });
    const dueInMs = Date.parse(pending.retryAt ?? '') - before;
    expect(dueInMs).toBeGreaterThan(120_000);
    expect(dueInMs).toBeLessThan(150_000);
    const jobs = await jobsOf(check);
    expect(jobs.map((job) => job.key)).toEqual([`verify:${check.id}`, `verify:${check.id}:1`]);
    expect(jobs[1]?.run_at.toISOString()).toBe(pending.retryAt);
    expect(await getBalance(check.scope)).toEqual({ balance: 10, held: 1, available: 9 });
  });

  it('is asked again with the same triplet, and its last evidence includes the first attempt', async () => {
    const check = await start('x@grey2.example');
    const grey = greylisted('x@grey2.example', 5);
    await runTask(answering(grey), check);
    await makeDue(check);
    const subjects: Subject[] = [];
    await runTask((subject) => {
      subjects.push(subject);
      return Promise.resolve(fakeAnswer('x@grey2.example', 'mailbox_exists'));
    }, check);
    expect(subjects[0]?.triplet).toEqual(grey.askAgain.triplet);
    const final = await view(check);
    expect(final).toMatchObject({ status: 'deliverable', attempt: 1, retryAt: null, creditsCharged: 1 });
    expect(final.evidence.map((item) => item.meaning)).toEqual(['greylisted', 'accepted']);
  });
});

describe('an address that time may answer', () => {
  it.each(REASONS_BY_STATUS.unknown.filter(isRetried))(
    'but does not: %s ends as unknown, free, after its whole schedule, with each wait as in the table',
    async (reason) => {
      const check = await start(`x@${reason.replaceAll('_', '-')}.example`);
      const verify = answering(undecided('x@never.example', reason));
      const waits: readonly number[] = RETRY_WAITS_S[reason];
      for (const [attempt, waitS] of waits.entries()) {
        await runTask(verify, check);
        const pending = await view(check);
        expect(pending).toMatchObject({ status: 'pending', reason: null, attempt: attempt + 1 });
        const waitedS = (Date.parse(pending.retryAt ?? '') - Date.now()) / 1_000;
        expect(waitedS).toBeGreaterThan(waitS - 30);
        expect(waitedS).toBeLessThan(waitS * 1.1 + 1);
        expect((await getBalance(check.scope)).held).toBe(1);
        await makeDue(check);
      }
      await runTask(verify, check);
      expect(verify).toHaveBeenCalledTimes(waits.length + 1);
      expect(await view(check)).toMatchObject({ status: 'unknown', reason, creditsCharged: 0, retryAt: null });
      expect((await view(check)).evidence).toHaveLength(waits.length + 1);
      expect(await getBalance(check.scope)).toEqual({ balance: 10, held: 0, available: 10 });
    },
  );

  it('is postponed once, even by two runs of one job at once', async () => {
    const check = await start('x@twice.example');
    const verify = answering(undecided('x@twice.example', 'connect_failed'));
    await Promise.all([runTask(verify, check), runTask(verify, check)]);
    expect(await view(check)).toMatchObject({ status: 'pending', attempt: 1 });
    expect((await jobsOf(check)).map(({ key }) => key)).toEqual([`verify:${check.id}`, `verify:${check.id}:1`]);
  });
});

describe('a check that our own limits leave no room for', () => {
  it('stays pending however often this happens, loses no attempt and keeps what a greylisting host said before', async () => {
    const check = await start('x@waits.example');
    const grey = greylisted('x@waits.example', 5);
    await runTask(answering(grey), check);
    for (let wait = 0; wait < WAIT_LADDER_S.length + 3; wait += 1) {
      await makeDue(check);
      await runTask(answering(heldBack('x@waits.example', null)), check);
      expect(await view(check)).toMatchObject({ status: 'pending', attempt: 1, evidence: grey.evidence });
    }
    const keys = (await jobsOf(check)).map(({ key }) => key);
    expect(keys).toContain(`verify:${check.id}:1:w${WAIT_LADDER_S.length + 3}`);
    await makeDue(check);
    const subjects: Subject[] = [];
    await runTask((subject) => {
      subjects.push(subject);
      return Promise.resolve(fakeAnswer('x@waits.example', 'mailbox_exists'));
    }, check);
    expect(subjects[0]?.triplet).toEqual(grey.askAgain.triplet);
    expect(await view(check)).toMatchObject({ status: 'deliverable', creditsCharged: 1 });
  });

  it('is asked again when its hour is over, or soon if no time is known', async () => {
    const [hour, soon] = [await start('x@hour.example'), await start('x@soon.example')];
    await runTask(answering(heldBack('x@hour.example', 1_800)), hour);
    await runTask(answering(heldBack('x@soon.example', null)), soon);
    const dueInS = async (check: Check) => (Date.parse((await view(check)).retryAt ?? '') - Date.now()) / 1_000;
    expect(await dueInS(hour)).toBeGreaterThan(1_790);
    expect(await dueInS(hour)).toBeLessThan(1_820);
    expect(await dueInS(soon)).toBeLessThan(WAIT_LADDER_S[0] + 2);
  });

  it('gets a new job if its own was lost', async () => {
    const check = await start('x@lostwait.example');
    await runTask(answering(heldBack('x@lostwait.example', null)), check);
    await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS "done" FROM graphile_worker.remove_job(${`verify:${check.id}:w1`})`;
      const longAgo = new Date(Date.now() - 11 * 60_000);
      await tx.verification.updateMany({ where: { id: check.id }, data: { createdAt: longAgo, retryAt: longAgo } });
    });
    expect((await requeueLost(Date.now())).requeued).toBe(1);
    expect((await jobsOf(check)).map(({ key }) => key)).toContain(`verify:${check.id}:w1`);
  });
});

describe('a target domain whose hour is used up', () => {
  const useUp = (domain: string, workspaceId: string, use: { shared: number; reserved: number }) =>
    inTransaction(async (tx) => {
      const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
      const probes = use.shared + use.reserved;
      await tx.domainProbeCount.upsert({
        where: { domain_hour: { domain, hour } },
        create: { domain, hour, probes },
        update: { probes: { increment: probes } },
      });
      await tx.domainUse.create({ data: { domain, hour, workspaceId, ...use } });
    });

  it('lets a single check wait for the next hour, pending, and asks nobody', async () => {
    const check = await start('x@hammered.example');
    await useUp('hammered.example', check.scope.workspaceId, {
      shared: DOMAIN_PROBES.shared / 2,
      reserved: DOMAIN_PROBES.reserve / 2,
    });
    await runTask(refusing, check);
    const pending = await view(check);
    expect(pending).toMatchObject({ status: 'pending', reason: null, creditsCharged: 0 });
    expect(pending.layers.find(({ name }) => name === 'smtp')?.summary).toContain('shared fairly between customers');
    const nextHourMs = (Math.floor(Date.now() / 3_600_000) + 1) * 3_600_000;
    expect(Date.parse(pending.retryAt ?? '')).toBeGreaterThanOrEqual(nextHourMs);
    expect((await getBalance(check.scope)).held).toBe(1);
  });

  it('by others leaves a workspace its reserve', async () => {
    const check = await start('x@crowded.example');
    await useUp('crowded.example', 'wrk_one', { shared: DOMAIN_PROBES.shared / 2, reserved: 500 });
    await useUp('crowded.example', 'wrk_two', { shared: DOMAIN_PROBES.shared / 2, reserved: 250 });
    await runTask(answering(fakeAnswer('x@crowded.example', 'mailbox_exists')), check);
    expect(await view(check)).toMatchObject({ status: 'deliverable' });
  });

  it('is no limit at a known provider, whose pace bounds us', async () => {
    const check = await start('x@big.example');
    await useUp('big.example', check.scope.workspaceId, { shared: DOMAIN_PROBES.shared, reserved: DOMAIN_PROBES.reserve });
    const verify = answering(fakeAnswer('x@big.example', 'mailbox_exists'));
    const deps = {
      verify,
      isAtProvider: (domain: string) => domain === 'big.example',
      now: Date.now,
      random: () => 0.5,
      log: log('test'),
    };
    await createVerifyAddress(deps).run({ verificationId: check.id });
    expect(await view(check)).toMatchObject({ status: 'deliverable' });
  });
});

describe('a task that keeps throwing', () => {
  const jobAt = (attempts: number) => ({ job: { id: '1', attempts, max_attempts: 8 } });

  it('is retried, and at the last attempt ends as an internal error with the credit back', async () => {
    const check = await start('x@bug.example');
    const wrapped = wrapTask(task(refusing), log('test'));
    const payload = { verificationId: check.id };
    await expect(wrapped(payload, jobAt(7))).rejects.toThrow('must not be asked');
    expect((await view(check)).status).toBe('pending');
    await wrapped(payload, jobAt(8));
    const final = await view(check);
    expect(final).toMatchObject({ status: 'unknown', reason: 'internal_error', creditsCharged: 0 });
    expect(final.layers).toHaveLength(7);
    expect(await getBalance(check.scope)).toEqual({ balance: 10, held: 0, available: 10 });
  });

  it('is dropped if its payload is unreadable', async () => {
    await expect(wrapTask(task(refusing), log('test'))({ nothing: 1 }, jobAt(1))).resolves.toBeUndefined();
  });
});

describe('a check that has lost its job', () => {
  const age = ({ id }: Check) =>
    inTransaction((tx) => tx.verification.updateMany({ where: { id }, data: { createdAt: new Date(Date.now() - 11 * 60_000) } }));

  it('gets a new one; a check that waits for its time or has its job is left alone', async () => {
    const [lost, waiting, queued] = [await start('a@lost.example'), await start('b@lost.example'), await start('c@lost.example')];
    await runTask(answering(greylisted('b@lost.example', 3_600)), waiting);
    await inTransaction((tx) => tx.$queryRaw`SELECT 1 AS "done" FROM graphile_worker.remove_job(${`verify:${lost.id}`})`);
    for (const check of [lost, waiting, queued]) await age(check);
    expect(await requeueLost(Date.now())).toEqual({ requeued: 1, givenUp: 0 });
    expect((await jobsOf(lost)).map((job) => job.key)).toEqual([`verify:${lost.id}`]);
    expect(await requeueLost(Date.now())).toEqual({ requeued: 0, givenUp: 0 });
  });

  it('is given up if its job failed permanently', async () => {
    const check = await start('a@dead.example');
    await age(check);
    await inTransaction(
      (tx) =>
        tx.$executeRaw`UPDATE graphile_worker._private_jobs SET "attempts" = "max_attempts" WHERE "key" = ${`verify:${check.id}`}`,
    );
    expect(await requeueLost(Date.now())).toMatchObject({ givenUp: 1 });
    expect(await view(check)).toMatchObject({ reason: 'internal_error' });
    expect(await jobsOf(check)).toEqual([]);
    expect((await getBalance(check.scope)).held).toBe(0);
  });
});
