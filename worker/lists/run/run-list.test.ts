import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getBalance } from '@/lib/credits/balance';
import { grantCredits } from '@/lib/credits/grants';
import { auditLedger } from '@/lib/credits/store/grants';
import { cancelList, finishList } from '@/lib/lists/end';
import { pauseList, resumeList, resumePausedLists } from '@/lib/lists/pause';
import { getList } from '@/lib/lists/read';
import { getListRow } from '@/lib/lists/results';
import { evidenceOfRow, readEvidencePart } from '@/lib/lists/store/results';
import { retryUnknowns, startList } from '@/lib/lists/start';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { CountRow, queryOne } from '@/lib/platform/db/rows';
import { inTransaction } from '@/lib/platform/db/transaction';
import { CHUNK_MAX_ADDRESSES, DOMAIN_PROBES } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { isRetried, RETRY_WAITS_S } from '@/lib/verdict/retry-schedule';
import { codeOfReason, isReason, REASONS_BY_STATUS } from '@/lib/verdict/verdict';
import { startVerification } from '@/lib/verifications/start';
import { fakeAnswer, greylisted, makeWorkspace, undecided } from '@/tests/database/fake-answers';
import { makeList } from '@/tests/database/make-list';
import { auditList, bulkDeps, byDomain, claim, drain, resultsOf, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withinOneHour } from '@/tests/database/within-one-hour';
import { planList } from '../plan';
import type { Verify } from '../../tasks/verifications';
import { freeStrayChunks, sweepLists } from '../sweep';
import { runChunk } from './run-chunk';

useTestDatabase();
withinOneHour();
vi.setConfig({ testTimeout: 60_000 });
// Rows that earlier tests left waiting may be due by now and must not be counted.
beforeEach(async () => {
  await inTransaction((tx) =>
    tx.list.updateMany({ where: { status: { in: ['queued', 'running'] } }, data: { status: 'cancelled' } }),
  );
});

/** `mailbox-not-found-3@…` gets the reason mailbox_not_found; any other address exists. */
const byName: Verify = ({ email }) => {
  const word = (email.split('@')[0] ?? '').replace(/-\d+$/, '').replaceAll('-', '_');
  return Promise.resolve(fakeAnswer(email, isReason(word) ? word : 'mailbox_exists'));
};
const engine = () => vi.fn<Verify>(byName);
const refusing: Verify = () => Promise.reject(new Error('must not be asked'));
const never = (): Promise<never> => new Promise(() => undefined);

const emails = (count: number, word = 'user', domain = 'one.example'): string[] =>
  Array.from({ length: count }, (_, at) => `${word}-${at}@${domain}`);

async function start(scope: Scope, listId: string, mode: 'full' | 'until_empty' = 'full', creditCap?: number): Promise<void> {
  const started = await startList(scope, { listId, mode, creditCap });
  if (!started.ok) throw started.error;
}

const view = async (scope: Scope, id: string) => {
  const found = await getList(scope, id);
  if (!found.ok) throw found.error;
  return found.value;
};

const grant = (scope: Scope, amount: number, sourceKey: string) =>
  inTransaction((tx) => grantCredits(scope, { kind: 'test', amount, sourceKey, expiresAt: null }, tx));

describe('a list that runs', () => {
  it('gets one verdict per row, pays only for charged ones, and gives the rest back', async () => {
    const scope = await makeWorkspace(100);
    const listId = await makeList(scope, {
      emails: [
        ...emails(10),
        ...emails(5, 'mailbox-not-found', 'two.example'),
        ...emails(5, 'timeout', 'three.example'),
        'no address',
      ],
    });
    await start(scope, listId);
    expect(await getBalance(scope)).toEqual({ balance: 100, held: 20, available: 80 });
    // The fake engine does not check syntax.
    const verify: Verify = (subject, onLayer) =>
      subject.email.includes('@') ? byName(subject, onLayer) : Promise.resolve(fakeAnswer(subject.email, 'syntax_invalid'));
    expect(await runList(listId, bulkDeps(verify))).toBe(true);
    expect(await auditList(scope, listId)).toMatchObject({
      status: 'completed',
      results: 21,
      chargeable: 15,
      tallied: 21,
      talliedCredits: 15,
      captured: 15,
      entries: 15,
      chunks: 0,
      reserved: 0,
    });
    expect(await getBalance(scope)).toEqual({ balance: 85, held: 0, available: 85 });
    const { progress, finishedAt, expiresAt } = await view(scope, listId);
    expect(progress).toMatchObject({ processed: 21, counts: { deliverable: 10, undeliverable: 6, unknown: 5 } });
    expect(progress.credits).toEqual({ held: 0, captured: 15, released: 5 });
    expect(Date.parse(expiresAt ?? '') - Date.parse(finishedAt ?? '')).toBe(30 * 24 * 3_600_000);
    expect(await auditLedger(scope)).toMatchObject({ entries: 85 });
  });

  it('keeps layers and evidence of every row in its part', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: emails(3) });
    await start(scope, listId);
    await runList(listId, bulkDeps(byName));
    const { part } = await inTransaction((tx) => tx.listEvidence.findFirstOrThrow({ where: { listId } }));
    const kept = await readEvidencePart(listId, part);
    expect(evidenceOfRow(kept, 1)).toMatchObject({
      layers: [{ name: 'syntax' }, ...Array.from({ length: 6 }, () => ({}))],
      evidence: [{ code: 250 }],
    });
    expect(evidenceOfRow(kept, 3)).toMatchObject({ evidence: [{}] });
    expect(evidenceOfRow(kept, 4)).toEqual({ layers: [], evidence: [] });
  });

  it('charges once if it is planned twice and run by two workers at once', async () => {
    const scope = await makeWorkspace(2_000);
    const listId = await makeList(scope, { emails: Array.from({ length: 1_200 }, (_, at) => `user-${at}@d${at % 7}.example`) });
    await start(scope, listId);
    const [one, two] = [bulkDeps(engine()), bulkDeps(engine())];
    await Promise.all([planList(listId, byDomain), planList(listId, byDomain)]);
    await Promise.all([drain(one), drain(two)]);
    await Promise.all([finishList(listId), finishList(listId)]);
    expect(await auditList(scope, listId)).toMatchObject({
      status: 'completed',
      results: 1_200,
      captured: 1_200,
      entries: 1_200,
    });
    expect(await getBalance(scope)).toEqual({ balance: 800, held: 0, available: 800 });
    const mails = await inTransaction(
      (tx) => tx.$queryRaw`SELECT "key" FROM graphile_worker.jobs WHERE "key" = ${`mail-list:${listId}:1`}`,
    );
    expect(mails).toHaveLength(1);
  });

  it('whose worker died is continued without asking again about answered rows, and charges once', async () => {
    const scope = await makeWorkspace(100);
    const listId = await makeList(scope, { emails: emails(40) });
    await start(scope, listId);
    await planList(listId, byDomain);
    const dead = bulkDeps(({ email }, onLayer) =>
      /-1\d@/.test(email) ? never() : byName({ email, deadline: 0, triplet: null }, onLayer),
    );
    const taken = await claim(dead);
    if (taken === null) throw new Error('nothing to claim');
    void runChunk(taken, dead);
    await expect.poll(async () => (await auditList(scope, listId)).results).toBe(30);
    const other = bulkDeps(engine());
    expect(await claim(other)).toBeNull();
    expect(await freeStrayChunks({ workerId: other.workerId, claims: [] })).toBe(1);
    const verify = engine();
    expect(await drain(bulkDeps(verify))).toBe(1);
    expect(verify).toHaveBeenCalledTimes(10);
    await finishList(listId);
    expect(await auditList(scope, listId)).toMatchObject({
      status: 'completed',
      results: 40,
      captured: 40,
      entries: 40,
      reserved: 0,
    });
    expect(await getBalance(scope)).toMatchObject({ balance: 60, held: 0 });
  });

  it('loses no row if the engine throws: each such row is an internal error, free', async () => {
    const scope = await makeWorkspace(100);
    const listId = await makeList(scope, { emails: [...emails(3), 'bug@one.example'] });
    await start(scope, listId);
    await runList(
      listId,
      bulkDeps((subject, onLayer) => (subject.email.startsWith('bug') ? refusing(subject, onLayer) : byName(subject, onLayer))),
    );
    expect((await resultsOf(listId)).map(({ reason }) => reason)).toEqual([1, 1, 1, codeOfReason('internal_error')]);
    expect(await auditList(scope, listId)).toMatchObject({ captured: 3, status: 'completed' });
  });

  it('of a test key asks no host, charges nothing and remembers nothing', async () => {
    const scope = await makeWorkspace(5);
    const listId = await makeList(scope, {
      emails: ['mailbox-full@one.example', 'greylisted@one.example', 'x@one.example'],
      test: true,
    });
    await start(scope, listId);
    await runList(listId, bulkDeps(refusing));
    expect((await resultsOf(listId)).map(({ reason }) => reason)).toEqual(
      (['mailbox_full', 'greylisted', 'mailbox_exists'] as const).map(codeOfReason),
    );
    expect(await auditList(scope, listId)).toMatchObject({ captured: 0, status: 'completed' });
    expect(await getBalance(scope)).toEqual({ balance: 5, held: 0, available: 5 });
    const second = await makeList(scope, { emails: ['x@one.example'] });
    await start(scope, second);
    const verify = engine();
    await runList(second, bulkDeps(verify));
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('without an address to charge for needs no credit', async () => {
    const scope = await makeWorkspace(0);
    const listId = await makeList(scope, { emails: [] });
    await start(scope, listId);
    expect(await runList(listId, bulkDeps(refusing))).toBe(true);
  });
});

describe('credits', () => {
  it('in full: 402 if they are too few, saying how many are missing; nothing changes', async () => {
    const scope = await makeWorkspace(7);
    const listId = await makeList(scope, { emails: emails(20) });
    const refused = await startList(scope, { listId, mode: 'full' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'insufficient_credits', fields: { missing: '13' } } });
    expect(await view(scope, listId)).toMatchObject({ status: 'ready' });
    expect(await getBalance(scope)).toMatchObject({ held: 0 });
  });

  it('until empty: 7 of 20 rows are charged, the list pauses, and resumes when there are more credits', async () => {
    const scope = await makeWorkspace(7);
    const listId = await makeList(scope, { emails: emails(20) });
    await start(scope, listId, 'until_empty');
    expect(await runList(listId, bulkDeps(byName))).toBe(false);
    expect(await view(scope, listId)).toMatchObject({
      status: 'paused',
      pauseReason: 'out_of_credits',
      progress: { processed: 7 },
    });
    expect(await getBalance(scope)).toEqual({ balance: 0, held: 0, available: 0 });
    expect(await resumeList(scope, { listId })).toMatchObject({ ok: false, error: { code: 'insufficient_credits' } });
    expect(await resumePausedLists(scope)).toBe(0);
    await grant(scope, 20, `more:${listId}`);
    expect(await sweepLists()).toMatchObject({ resumed: 1 });
    expect(await resumePausedLists(scope)).toBe(1);
    expect(await runList(listId, bulkDeps(byName))).toBe(true);
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', results: 20, captured: 20, entries: 20 });
    expect(await getBalance(scope)).toEqual({ balance: 7, held: 0, available: 7 });
  });

  it('until empty: an unknown answer leaves its credit to other rows', async () => {
    const scope = await makeWorkspace(5);
    const listId = await makeList(scope, { emails: [...emails(10, 'no-response'), ...emails(5)] });
    await start(scope, listId, 'until_empty');
    expect(await runList(listId, bulkDeps(byName))).toBe(true);
    expect(await auditList(scope, listId)).toMatchObject({ captured: 5, results: 15 });
  });

  it('with a cap: never more than that, and the list continues under a higher one', async () => {
    const scope = await makeWorkspace(100);
    const listId = await makeList(scope, { emails: emails(20) });
    await start(scope, listId, 'until_empty', 5);
    await runList(listId, bulkDeps(byName));
    expect(await view(scope, listId)).toMatchObject({ status: 'paused', pauseReason: 'cap_reached', progress: { processed: 5 } });
    expect(await resumeList(scope, { listId })).toMatchObject({ ok: false, error: { code: 'list_status_conflict' } });
    expect((await resumeList(scope, { listId, creditCap: 12 })).ok).toBe(true);
    await runList(listId, bulkDeps(byName));
    expect(await auditList(scope, listId)).toMatchObject({ captured: 12, status: 'paused' });
    expect(await startList(scope, { listId, mode: 'full' })).toMatchObject({
      ok: false,
      error: { code: 'list_status_conflict' },
    });
  });

  it('a cap that is not a number, or is given with the wrong mode, is refused', async () => {
    const scope = await makeWorkspace(100);
    const listId = await makeList(scope, { emails: emails(2) });
    expect(await startList(scope, { listId, mode: 'full', creditCap: 5 })).toMatchObject({
      ok: false,
      error: { code: 'invalid_request' },
    });
    expect(await startList(scope, { listId, mode: 'until_empty', creditCap: 0.5 })).toMatchObject({
      ok: false,
      error: { code: 'invalid_request' },
    });
  });
});

describe('stopping a list while its hosts are slow', () => {
  async function atSlowHosts(credits = 100) {
    const scope = await makeWorkspace(credits);
    const listId = await makeList(scope, { emails: [...emails(5), ...emails(5, 'slow')] });
    await start(scope, listId);
    await planList(listId, byDomain);
    const deps = bulkDeps((subject, onLayer) => (subject.email.startsWith('slow') ? never() : byName(subject, onLayer)));
    const taken = await claim(deps);
    if (taken === null) throw new Error('nothing to claim');
    const work = runChunk(taken, deps);
    await expect.poll(async () => (await auditList(scope, listId)).results).toBe(5);
    return { scope, listId, work };
  }

  it('canceled: the credits are back at once, the work ends without its slow hosts, and late answers are dropped', async () => {
    const { scope, listId, work } = await atSlowHosts();
    expect((await cancelList(scope, { listId })).ok).toBe(true);
    expect(await getBalance(scope)).toEqual({ balance: 95, held: 0, available: 95 });
    // The work ends although the slow hosts never answer.
    await work;
    expect(await auditList(scope, listId)).toMatchObject({
      status: 'cancelled',
      results: 5,
      captured: 5,
      chunks: 0,
      reserved: 0,
    });
    expect(await view(scope, listId)).toMatchObject({ progress: { credits: { captured: 5, released: 5 } } });
    expect(await cancelList(scope, { listId })).toMatchObject({ ok: false, error: { code: 'list_status_conflict' } });
  });

  it('paused: open rows are given back, and only those are asked after resuming', async () => {
    const { scope, listId, work } = await atSlowHosts();
    expect((await pauseList(scope, { listId })).ok).toBe(true);
    // The work ends although the slow hosts never answer.
    await work;
    expect(await auditList(scope, listId)).toMatchObject({ status: 'paused', results: 5, chunks: 1, reserved: 0 });
    expect(await getBalance(scope)).toMatchObject({ held: 5 });
    const verify = engine();
    expect(await drain(bulkDeps(verify))).toBe(0);
    expect((await resumeList(scope, { listId })).ok).toBe(true);
    await runList(listId, bulkDeps(verify));
    expect(verify).toHaveBeenCalledTimes(5);
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', captured: 10, entries: 10 });
  });

  it('the process stops: the chunk is given back at once', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: emails(4, 'slow') });
    await start(scope, listId);
    await planList(listId, byDomain);
    const deps = bulkDeps(never);
    const taken = await claim(deps);
    if (taken === null) throw new Error('nothing to claim');
    const work = runChunk(taken, deps);
    await expect.poll(() => deps.board.claims()).toHaveLength(1);
    deps.board.stop();
    await work;
    await runList(listId, bulkDeps(byName));
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', captured: 4 });
  });
});

describe('rows that are asked again', () => {
  const makeDue = (listId: string) =>
    inTransaction((tx) =>
      tx.listChunk.updateMany({ where: { listId, lane: 'retry' }, data: { notBefore: new Date(Date.now() - 1_000) } }),
    );

  it('greylisted ones finish later, with the same triplet, and the list shows that they wait', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: ['a@one.example', 'grey@one.example'] });
    await start(scope, listId);
    const subjects: unknown[] = [];
    let isLetIn = false;
    const verify: Verify = (subject) => {
      subjects.push(subject.triplet);
      if (subject.email.startsWith('grey') && !isLetIn) return Promise.resolve(greylisted(subject.email, 30));
      return Promise.resolve(fakeAnswer(subject.email, 'mailbox_exists'));
    };
    expect(await runList(listId, bulkDeps(verify))).toBe(false);
    expect(await view(scope, listId)).toMatchObject({ status: 'running', progress: { processed: 1, retrying: 1 } });
    expect((await view(scope, listId)).progress.retryingUntil).not.toBeNull();
    expect(await drain(bulkDeps(verify))).toBe(0);
    isLetIn = true;
    await makeDue(listId);
    await runList(listId, bulkDeps(verify));
    expect(subjects.at(-1)).toEqual(greylisted('x@y.example', 1).askAgain.triplet);
    expect(await view(scope, listId)).toMatchObject({ status: 'completed', progress: { processed: 2, retrying: 0 } });
    expect(await auditList(scope, listId)).toMatchObject({ captured: 2 });
  });

  it.each(REASONS_BY_STATUS.unknown.filter(isRetried))(
    'without another answer: %s ends as unknown, free, after its whole schedule, and the hold lasts until then',
    async (reason) => {
      const scope = await makeWorkspace(10);
      const listId = await makeList(scope, { emails: ['x@one.example'] });
      await start(scope, listId);
      const verify = vi.fn<Verify>(({ email }) => Promise.resolve(undecided(email, reason)));
      await runList(listId, bulkDeps(verify));
      for (const waitS of RETRY_WAITS_S[reason]) {
        const { progress } = await view(scope, listId);
        expect(progress).toMatchObject({ processed: 0, retrying: 1, credits: { held: 1, captured: 0 } });
        const waitedS = (Date.parse(progress.retryingNextAt ?? '') - Date.now()) / 1_000;
        expect(waitedS).toBeGreaterThan(waitS - 30);
        expect(waitedS).toBeLessThan(waitS * 1.1 + 1);
        expect(progress.retryingUntil).toBe(progress.retryingNextAt);
        await makeDue(listId);
        await runList(listId, bulkDeps(verify));
      }
      // Each attempt at a slow host first gets a slice of its time, then all of it.
      const questions = RETRY_WAITS_S[reason].length + 1;
      expect(verify).toHaveBeenCalledTimes(reason === 'timeout' ? 2 * questions : questions);
      expect((await resultsOf(listId)).map((row) => row.reason)).toEqual([codeOfReason(reason)]);
      expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', captured: 0, chunks: 0 });
      expect(await getBalance(scope)).toEqual({ balance: 10, held: 0, available: 10 });
      const row = await getListRow(scope, listId, 1);
      expect(row.ok && row.value.evidence).toHaveLength(questions);
    },
  );

  it('of a host that is down come back together, and are asked once more when it is back', async () => {
    const scope = await makeWorkspace(1_000);
    const listId = await makeList(scope, {
      emails: [...emails(300, 'user', 'down.example'), ...emails(300, 'user', 'up.example')],
    });
    await start(scope, listId);
    let isDown = true;
    const verify = vi.fn<Verify>(({ email }) =>
      Promise.resolve(
        isDown && email.endsWith('@down.example') ? undecided(email, 'connect_failed') : fakeAnswer(email, 'mailbox_exists'),
      ),
    );
    await runList(listId, bulkDeps(verify, { random: Math.random }));
    const waiting = await inTransaction((tx) => tx.listChunk.findMany({ where: { listId } }));
    expect(waiting.map(({ lane, rows }) => [lane, rows.length])).toEqual([['retry', 300]]);
    expect((await view(scope, listId)).progress).toMatchObject({ processed: 300, retrying: 300 });
    isDown = false;
    await makeDue(listId);
    expect(await runList(listId, bulkDeps(verify))).toBe(true);
    expect(verify).toHaveBeenCalledTimes(900);
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', captured: 600, entries: 600, reserved: 0 });
  });

  it.each([
    [1_800, 1],
    [60, 4],
  ])(
    'that failed one after the other come back together within a tenth of their wait: of %i s in %i chunks',
    async (waitS, chunks) => {
      const scope = await makeWorkspace(400);
      const listId = await makeList(scope, { emails: emails(300) });
      await start(scope, listId);
      // The clock advances 120 ms each time it is read: 300 answers in 36 seconds.
      let looks = 0;
      const since = Date.now();
      const verify: Verify = ({ email }) => Promise.resolve(greylisted(email, waitS));
      await runList(listId, bulkDeps(verify, { now: () => since + looks++ * 120 }));
      const waiting = await inTransaction((tx) => tx.listChunk.findMany({ where: { listId, lane: 'retry' } }));
      expect(waiting).toHaveLength(chunks);
      expect(waiting.flatMap(({ rows }) => rows)).toHaveLength(300);
    },
  );

  it('of a worker that died are asked again, keep their state, and are charged once', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: emails(3) });
    await start(scope, listId);
    await runList(
      listId,
      bulkDeps(({ email }) => Promise.resolve(undecided(email, 'connect_failed'))),
    );
    await makeDue(listId);
    const dead = bulkDeps(({ email }, onLayer) =>
      email.startsWith('user-0@') ? byName({ email, deadline: 0, triplet: null }, onLayer) : never(),
    );
    const taken = await claim(dead);
    if (taken === null) throw new Error('nothing to claim');
    void runChunk(taken, dead);
    await expect.poll(async () => (await auditList(scope, listId)).results).toBe(1);
    expect(await freeStrayChunks({ workerId: 'another', claims: [] })).toBe(1);
    expect(await runList(listId, bulkDeps(byName))).toBe(true);
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', results: 3, captured: 3, entries: 3 });
    const row = await getListRow(scope, listId, 2);
    expect(row.ok && row.value.evidence.map(({ text }) => text)).toEqual(['connect_failed', 'Ok']);
  });

  it('of a host too slow for the main lane are asked again in the slow one, with more time', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: ['a@one.example'] });
    await start(scope, listId);
    const budgets: number[] = [];
    const verify: Verify = ({ email, deadline }) => {
      budgets.push(Math.round((deadline - Date.now()) / 5_000));
      return Promise.resolve(fakeAnswer(email, budgets.length === 1 ? 'timeout' : 'mailbox_exists'));
    };
    await runList(listId, bulkDeps(verify));
    expect(budgets).toEqual([3, 18]);
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', captured: 1 });
  });

  it('that our own pace left no time for wait a moment and lose no attempt', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: ['a@one.example'] });
    await start(scope, listId);
    const askAgain = { reason: 'timeout', afterS: null, triplet: null, isHeldBack: true } as const;
    await runList(
      listId,
      bulkDeps(({ email }) => Promise.resolve({ ...fakeAnswer(email, 'timeout'), askAgain })),
    );
    const chunks = await inTransaction((tx) => tx.listChunk.findMany({ where: { listId } }));
    expect(chunks).toMatchObject([{ lane: 'main', state: 'open', rows: [1] }]);
    expect(await inTransaction((tx) => tx.listRetry.count({ where: { listId } }))).toBe(0);
  });

  it('beyond a mail host’s hourly limit wait for the next hour and lose no attempt, on the tenth day as on the first', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: ['a@one.example'] });
    await start(scope, listId);
    await inTransaction((tx) =>
      tx.list.updateMany({ where: { id: listId }, data: { startedAt: new Date(Date.now() - 10 * 86_400_000) } }),
    );
    const askAgain = { reason: 'timeout', afterS: 600, triplet: null, isHeldBack: true } as const;
    for (let hour = 0; hour < 3; hour++) {
      await runList(
        listId,
        bulkDeps(({ email }) => Promise.resolve({ ...fakeAnswer(email, 'timeout'), askAgain })),
      );
      const [chunk] = await inTransaction((tx) => tx.listChunk.findMany({ where: { listId } }));
      expect(chunk).toMatchObject({ lane: 'retry', rows: [1] });
      expect(Math.abs((chunk?.notBefore.getTime() ?? 0) - Date.now() - 600_000)).toBeLessThan(20_000);
      expect(await inTransaction((tx) => tx.listRetry.findMany({ where: { listId } }))).toMatchObject([{ n: 1, attempt: 0 }]);
      await makeDue(listId);
    }
    await runList(listId, bulkDeps(byName));
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', captured: 1 });
  });

  it('beyond the share of their domain wait for the next hour, unasked, whenever the list began', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: emails(3, 'user', 'hammered.example') });
    const shared = DOMAIN_PROBES.shared / 2 - 2;
    await inTransaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO "DomainProbeCount" ("domain", "hour", "probes") VALUES ('hammered.example', date_trunc('hour', timezone('UTC', now())), ${shared})`;
      await tx.$executeRaw`
        INSERT INTO "DomainUse" ("domain", "hour", "workspaceId", "shared")
        VALUES ('hammered.example', date_trunc('hour', timezone('UTC', now())), ${scope.workspaceId}, ${shared})`;
    });
    await start(scope, listId);
    await inTransaction((tx) =>
      tx.list.updateMany({ where: { id: listId }, data: { startedAt: new Date(Date.now() - 10 * 86_400_000) } }),
    );
    const verify = engine();
    await runList(listId, bulkDeps(verify));
    expect(verify).toHaveBeenCalledTimes(2);
    const [chunk] = await inTransaction((tx) => tx.listChunk.findMany({ where: { listId } }));
    expect(chunk).toMatchObject({ lane: 'retry', rows: [3] });
    expect(chunk?.notBefore.getTime()).toBeGreaterThan(Date.now());
  });
});

describe('unknown answers that are asked again', () => {
  it('are charged only if they now have an answer', async () => {
    const scope = await makeWorkspace(20);
    const listId = await makeList(scope, { emails: [...emails(4), ...emails(3, 'timeout')] });
    await start(scope, listId);
    await runList(listId, bulkDeps(byName));
    expect(await auditList(scope, listId)).toMatchObject({ captured: 4 });
    expect((await retryUnknowns(scope, { listId })).ok).toBe(true);
    expect(await getBalance(scope)).toEqual({ balance: 16, held: 3, available: 13 });
    const verify = vi.fn<Verify>(({ email }) =>
      Promise.resolve(fakeAnswer(email, email.startsWith('timeout-0') ? 'no_response' : 'mailbox_exists')),
    );
    await runList(listId, bulkDeps(verify));
    expect(verify).toHaveBeenCalledTimes(3);
    expect(await auditList(scope, listId)).toMatchObject({
      status: 'completed',
      results: 7,
      tallied: 7,
      captured: 6,
      entries: 6,
    });
    expect(await getBalance(scope)).toMatchObject({ balance: 14, held: 0 });
    expect(await view(scope, listId)).toMatchObject({ progress: { credits: { captured: 6, released: 4 } } });
  });

  it('stay as they are without credits', async () => {
    const scope = await makeWorkspace(3);
    const listId = await makeList(scope, { emails: emails(3, 'timeout') });
    await start(scope, listId);
    await runList(listId, bulkDeps(byName));
    await startVerification(scope, { email: 'x@elsewhere.example', source: 'app' });
    expect(await retryUnknowns(scope, { listId })).toMatchObject({ ok: false, error: { code: 'insufficient_credits' } });
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', results: 3, tallied: 3, processed: 3 });
  });

  it('are refused for a list without any', async () => {
    const scope = await makeWorkspace(3);
    const listId = await makeList(scope, { emails: emails(2) });
    await start(scope, listId);
    await runList(listId, bulkDeps(byName));
    expect(await retryUnknowns(scope, { listId })).toMatchObject({ ok: false, error: { code: 'list_status_conflict' } });
  });
});

describe('memory', () => {
  it('answers free of charge what another list or a single check of the workspace found, and nothing from other workspaces', async () => {
    const scope = await makeWorkspace(20);
    const first = await makeList(scope, { emails: ['a@one.example', 'no-response@one.example'] });
    await start(scope, first);
    await runList(first, bulkDeps(byName));
    const second = await makeList(scope, { emails: ['a@one.example', 'no-response@one.example', 'b@one.example'] });
    await start(scope, second);
    const verify = engine();
    await runList(second, bulkDeps(verify));
    expect(verify).toHaveBeenCalledTimes(2);
    expect((await resultsOf(second)).map(({ cached, credits }) => ({ cached, credits }))).toEqual([
      { cached: true, credits: 0 },
      { cached: false, credits: 0 },
      { cached: false, credits: 1 },
    ]);
    const rows = await Promise.all([1, 3].map(async (n) => getListRow(scope, second, n)));
    const told = rows.map((row) => row.ok && [row.value.evidence, row.value.layers.map(({ duration_ms }) => duration_ms)]);
    expect(told).toMatchObject([
      [[{ remembered: true }], [0, 0, 0, 0, 0, 0, 0]],
      [[{ remembered: false }], [1, 1, 1, 1, 1, 1, 1]],
    ]);
    const other = await makeWorkspace(20);
    const third = await makeList(other, { emails: ['a@one.example'] });
    await start(other, third);
    await runList(third, bulkDeps(verify));
    expect(verify).toHaveBeenCalledTimes(3);
  });
});

describe('fairness', () => {
  it('a small list comes before the next chunk of a big one, and a second workspace before a second list', async () => {
    const [one, two] = [await makeWorkspace(50_000, 'business'), await makeWorkspace(1_000)];
    const big = await makeList(one, {
      emails: Array.from({ length: 20 * CHUNK_MAX_ADDRESSES }, (_, at) => `u${at}@d${at % 20}.example`),
    });
    await start(one, big);
    await planList(big, byDomain);
    const deps = bulkDeps(byName);
    const held = [await claim(deps), await claim(deps), await claim(deps)];
    expect(held.map((taken) => taken?.listId)).toEqual([big, big, big]);
    const small = await makeList(one, { emails: emails(50, 'user', 'small.example') });
    await start(one, small);
    await planList(small, byDomain);
    const theirs = await makeList(two, { emails: emails(600, 'user', 'theirs.example') });
    await start(two, theirs);
    await planList(theirs, byDomain);
    expect((await claim(deps))?.listId).toBe(theirs);
    expect((await claim(deps))?.listId).toBe(theirs);
    expect((await claim(deps))?.listId).toBe(small);
    // The slots left for the big list: six of eight.
    const more = [await claim(deps), await claim(deps), await claim(deps), await claim(deps)];
    expect(more.map((taken) => taken?.listId)).toEqual([big, big, big, undefined]);
  });

  it('a host is not asked by too many chunks at once', async () => {
    const scope = await makeWorkspace(50_000);
    const listId = await makeList(scope, { emails: emails(4 * CHUNK_MAX_ADDRESSES, 'user', 'host.example') });
    await start(scope, listId);
    await planList(listId, byDomain);
    const deps = bulkDeps(byName);
    expect([await claim(deps), await claim(deps), await claim(deps)].map((taken) => taken?.hostKey)).toEqual([
      'host.example',
      'host.example',
      undefined,
    ]);
  });
});

describe('a list of another workspace', () => {
  it('does not exist for any call', async () => {
    const [mine, theirs] = [await makeWorkspace(10), await makeWorkspace(10)];
    const listId = await makeList(theirs, { emails: emails(2) });
    for (const asked of [
      startList(mine, { listId, mode: 'full' }),
      pauseList(mine, { listId }),
      resumeList(mine, { listId }),
      cancelList(mine, { listId }),
      retryUnknowns(mine, { listId }),
    ])
      expect(await asked).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await view(theirs, listId)).toMatchObject({ status: 'ready' });
  });
});

describe('the safety net', () => {
  it('plans a list whose job got lost, and leaves alone one that is being planned', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: emails(2) });
    await start(scope, listId);
    const key = `plan:${listId}`;
    const planned = async () =>
      (await queryOne(CountRow, Prisma.sql`SELECT COUNT(*)::int AS "count" FROM graphile_worker.jobs WHERE "key" = ${key}`))
        .count;
    expect(await sweepLists()).toMatchObject({ planned: 0 });
    await inTransaction((tx) => tx.$queryRaw`SELECT graphile_worker.remove_job(${key})::text`);
    expect(await planned()).toBe(0);
    expect(await sweepLists()).toMatchObject({ planned: 1 });
    expect(await planned()).toBe(1);
    await cancelList(scope, { listId });
  });

  it('plans a list again whose chunks got lost, without finished rows', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: emails(6) });
    await start(scope, listId);
    await planList(listId, byDomain);
    await inTransaction((tx) => tx.listChunk.deleteMany({ where: { listId } }));
    expect(await sweepLists()).toMatchObject({ lost: 1, planned: 1 });
    expect(await runList(listId, bulkDeps(byName))).toBe(true);
  });
});
