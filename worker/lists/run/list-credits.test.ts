import { describe, expect, it, vi } from 'vitest';
import { getBalance } from '@/lib/credits/balance';
import { grantCredits, refundCredits } from '@/lib/credits/grants';
import { auditLedger } from '@/lib/credits/store/grants';
import { cancelList } from '@/lib/lists/end';
import { resumeList, resumePausedLists } from '@/lib/lists/pause';
import { startList } from '@/lib/lists/start';
import type { FinalRow } from '@/lib/lists/store/results';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { codeOfReason, isReason, type Reason } from '@/lib/verdict/verdict';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { makeList } from '@/tests/database/make-list';
import { auditList, bulkDeps, byDomain, claim, creditsOf, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { planList } from '../plan';
import type { Verify } from '../../tasks/verifications';
import { recordResults } from '../record';
import { freeStrayChunks } from '../sweep';

useTestDatabase();
vi.setConfig({ testTimeout: 60_000 });

/** `mailbox-not-found-3@…` gets the reason mailbox_not_found; any other address exists. */
const byName: Verify = ({ email }) => {
  const word = (email.split('@')[0] ?? '').replace(/-\d+$/, '').replaceAll('-', '_');
  return Promise.resolve(fakeAnswer(email, isReason(word) ? word : 'mailbox_exists'));
};
const emails = (count: number, word = 'user', domain = 'one.example'): string[] =>
  Array.from({ length: count }, (_, at) => `${word}-${at}@${domain}`);

async function start(scope: Scope, listId: string, mode: 'full' | 'until_empty' = 'full'): Promise<void> {
  const started = await startList(scope, { listId, mode });
  if (!started.ok) throw started.error;
}
const listStatusOf = (listId: string) =>
  inTransaction(async (tx) => ({
    ...(await tx.list.findUniqueOrThrow({ where: { id: listId }, select: { status: true, pauseReason: true } })),
    ...(await creditsOf(listId, tx)),
  }));
const resumeJobs = ({ workspaceId }: Scope) =>
  inTransaction((tx) => tx.$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE "key" = ${`resume-lists:${workspaceId}`}`);
const grant = (scope: Scope, amount: number, sourceKey: string) =>
  inTransaction((tx) => grantCredits(scope, { kind: 'purchase', amount, sourceKey, expiresAt: null }, tx));

describe('credits that arrive while a list is paused for lack of credits', () => {
  async function outOfCredits() {
    const scope = await makeWorkspace(7);
    const listId = await makeList(scope, { emails: [...emails(10), ...emails(10, 'mailbox-not-found')] });
    await start(scope, listId, 'until_empty');
    expect(await runList(listId, bulkDeps(byName))).toBe(false);
    expect(await listStatusOf(listId)).toMatchObject({ status: 'paused', pauseReason: 'out_of_credits', captured: 7 });
    return { scope, listId };
  }

  it('a purchase: the list resumes and ends, and every credit is accounted for', async () => {
    const { scope, listId } = await outOfCredits();
    expect(await resumeJobs(scope)).toHaveLength(0);
    expect(await grant(scope, 50, `buy:${listId}`)).toBe(true);
    expect(await resumeJobs(scope)).toHaveLength(1);
    expect(await resumePausedLists(scope)).toBe(1);
    expect(await runList(listId, bulkDeps(byName))).toBe(true);
    expect(await auditList(scope, listId)).toMatchObject({
      status: 'completed',
      results: 20,
      captured: 20,
      entries: 20,
      reserved: 0,
    });
    expect(await getBalance(scope)).toEqual({ balance: 37, held: 0, available: 37 });
    expect(await auditLedger(scope)).toMatchObject({ entries: 37 });
  });

  it('too few of them: the list continues as far as they reach, and pauses again', async () => {
    const { scope, listId } = await outOfCredits();
    await grant(scope, 5, `buy:${listId}`);
    await resumePausedLists(scope);
    expect(await runList(listId, bulkDeps(byName))).toBe(false);
    expect(await listStatusOf(listId)).toMatchObject({
      status: 'paused',
      pauseReason: 'out_of_credits',
      captured: 12,
      reserved: 0,
    });
    expect(await getBalance(scope)).toEqual({ balance: 0, held: 0, available: 0 });
  });

  it('a refund, and credits that another list gives back, resume it too', async () => {
    const { scope, listId } = await outOfCredits();
    const refund = { amount: 1, sourceKey: `back:${listId}`, cause: { type: 'refund', id: null }, apiKeyId: null } as const;
    await inTransaction((tx) => refundCredits(scope, { ...refund, now: new Date() }, tx));
    expect(await resumeJobs(scope)).toHaveLength(1);
    const other = await outOfCredits();
    await grant(other.scope, 20, `buy:${other.listId}`);
    await inTransaction(
      (tx) => tx.$queryRaw`SELECT graphile_worker.remove_job(${`resume-lists:${other.scope.workspaceId}`})::text`,
    );
    const second = await makeList(other.scope, { emails: emails(20, 'user', 'two.example') });
    await start(other.scope, second);
    expect(await resumeJobs(other.scope)).toHaveLength(0);
    await cancelList(other.scope, { listId: second });
    expect(await resumeJobs(other.scope)).toHaveLength(1);
  });

  it('nothing is added to the queue if no list waits', async () => {
    const scope = await makeWorkspace(7);
    await grant(scope, 5, `nobody:${scope.workspaceId}`);
    expect(await resumeJobs(scope)).toHaveLength(0);
  });
});

describe('the most that a list started in full can cost', () => {
  it('is its quote: rows whose answers were forgotten since the quote wait for the owner’s decision', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: emails(5), knownRecent: 2 });
    await start(scope, listId);
    expect(await runList(listId, bulkDeps(byName))).toBe(false);
    expect(await listStatusOf(listId)).toEqual({ status: 'paused', pauseReason: 'cap_reached', captured: 3, reserved: 0 });
    await grant(scope, 10, `more:${listId}`);
    expect(await resumePausedLists(scope)).toBe(0);
    expect((await resumeList(scope, { listId })).ok).toBe(true);
    expect(await getBalance(scope)).toMatchObject({ held: 2 });
    expect(await runList(listId, bulkDeps(byName))).toBe(true);
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', captured: 5, entries: 5 });
  });

  it('leaves out names that their provider cannot have, and these never wait for credits', async () => {
    const scope = await makeWorkspace(3);
    // The quote counts three; the other two are free.
    const impossible = ['a_b@gmail.com', 'c_d@gmail.com'];
    const listId = await makeList(scope, { emails: [...emails(3, 'user', 'gmail.com'), ...impossible], knownRecent: 2 });
    await start(scope, listId);
    const verify: Verify = (subject, onLayer) =>
      impossible.includes(subject.email)
        ? Promise.resolve(fakeAnswer(subject.email, 'provider_syntax'))
        : byName(subject, onLayer);
    expect(await runList(listId, bulkDeps(verify))).toBe(true);
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', results: 5, captured: 3, reserved: 0 });
  });
});

describe('a batch of results', () => {
  const row = (n: number, reason: Reason): FinalRow => ({
    n,
    email: `user-${n - 1}@one.example`,
    domain: 'one.example',
    reason: codeOfReason(reason),
    score: null,
    flags: 0,
    provider: null,
    mxHost: null,
    didYouMean: null,
    cached: false,
    credits: 1,
    durationMs: 1,
    checkedAt: null,
    layers: [],
    evidence: [],
  });

  it('that comes twice, because its first answer got lost, charges once and gives back nothing that other rows need', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: emails(10) });
    await start(scope, listId);
    await planList(listId, byDomain);
    const taken = await claim(bulkDeps(byName));
    if (taken === null) throw new Error('nothing to claim');
    const batch = {
      listId,
      run: 1,
      test: false,
      claim: taken,
      hadRetries: false,
      rows: [1, 2, 3, 4].map((n) => row(n, 'mailbox_exists')),
    };
    expect(await recordResults(scope, batch)).toBe(true);
    expect(await recordResults(scope, batch)).toBe(true);
    expect(await listStatusOf(listId)).toMatchObject({ captured: 4, reserved: 6 });
    const rest = [5, 6, 7, 8, 9, 10].map((n) => row(n, 'mailbox_exists'));
    expect(await recordResults(scope, { ...batch, rows: rest })).toBe(true);
    expect(await auditList(scope, listId)).toMatchObject({ results: 10, captured: 10, entries: 10, reserved: 0 });
    expect(await getBalance(scope)).toEqual({ balance: 0, held: 0, available: 0 });
  });

  it('of a chunk that another worker has claimed is refused', async () => {
    const scope = await makeWorkspace(10);
    const listId = await makeList(scope, { emails: emails(10) });
    await start(scope, listId);
    await planList(listId, byDomain);
    const deps = bulkDeps(byName);
    const taken = await claim(deps);
    if (taken === null) throw new Error('nothing to claim');
    const statuses = async () =>
      (await inTransaction((tx) => tx.listChunk.findMany({ where: { listId } }))).map(({ state }) => state);
    const own = { workerId: deps.workerId, claims: [] };
    // A chunk that was just claimed is not freed, since it may not be on its worker's board yet.
    await freeStrayChunks(own);
    expect(await statuses()).toEqual(['running']);
    await inTransaction((tx) =>
      tx.listChunk.updateMany({ where: { listId }, data: { claimedAt: new Date(Date.now() - 60_000) } }),
    );
    await freeStrayChunks(own);
    expect(await statuses()).toEqual(['open']);
    const batch = { listId, run: 1, test: false, claim: taken, hadRetries: false, rows: [row(1, 'mailbox_exists')] };
    expect(await recordResults(scope, batch)).toBe(false);
    expect(await auditList(scope, listId)).toMatchObject({ results: 0, captured: 0, reserved: 0 });
  });
});
