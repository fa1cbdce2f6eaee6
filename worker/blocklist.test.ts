// A workspace's blocklist decides before anything else: in single checks and in lists, whatever is remembered, at no charge, and without
// any question to DNS or a mail host (the engine and the planner's look-up stand for both).
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addLines, removeEntry } from '@/lib/blocklist/blocklist';
import { getBalance } from '@/lib/credits/balance';
import { startList } from '@/lib/lists/start';
import { getListRow } from '@/lib/lists/results';
import { finishList } from '@/lib/lists/end';
import { inTransaction } from '@/lib/platform/db/transaction';
import { log } from '@/lib/platform/log';
import { type Scope, VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { codeOfReason } from '@/lib/verdict/verdict';
import type { VerificationView } from '@/lib/verdict/verification';
import { getVerification } from '@/lib/verifications/read';
import { startVerification, type StartVerification } from '@/lib/verifications/start';
import { fakeAnswer, greylisted, makeWorkspace } from '@/tests/database/fake-answers';
import { usedFreeAnswers } from '@/tests/database/free-answers';
import { makeList } from '@/tests/database/make-list';
import { auditList, bulkDeps, drain, resultsOf } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { planList } from './lists/plan';
import { createVerifyAddress, type Verify } from './tasks/verifications';

useTestDatabase();
vi.setConfig({ testTimeout: 60_000 });

const engine = (reason: 'mailbox_exists' | 'no_response' = 'mailbox_exists') =>
  vi.fn<Verify>(({ email }) => Promise.resolve(fakeAnswer(email, reason)));

let scope: Scope;
beforeEach(async () => {
  scope = await makeWorkspace(10);
});

const block = async (lines: string): Promise<void> => {
  const added = await addLines(scope, lines);
  if (!added.ok) throw added.error;
};

describe('a single check', () => {
  const task = (verify: Verify) => createVerifyAddress({ verify, now: Date.now, random: () => 0.5, log: log('test') });
  const run = (verify: Verify, verificationId: string) => task(verify).run({ verificationId });

  async function check(email: string, verify: Verify, more: Partial<StartVerification> = {}): Promise<VerificationView> {
    const begun = await startVerification(scope, { email, source: 'api', ...more });
    if (!begun.ok) throw begun.error;
    if (begun.value.status !== 'pending') return begun.value;
    await run(verify, begun.value.id);
    const done = await getVerification(scope, begun.value.id);
    if (!done.ok) throw done.error;
    return done.value;
  }

  const BLOCKED = {
    status: 'risky',
    reason: 'blocklisted',
    recommendation: 'do_not_send',
    cached: false,
    creditsCharged: 0,
    evidence: [],
    mx: { host: null, provider: null, gateway: false },
  } as const;

  it.each([
    ['an address', 'ann@one.example'],
    ['its domain', 'one.example'],
  ])('of an address is blocked by %s, asks nobody and costs nothing', async (_what, line) => {
    await block(line);
    const verify = engine();
    for (const maxAgeS of [undefined, 0]) {
      const view = await check('Ann+tag@one.example', verify, { maxAgeS });
      expect(view).toMatchObject(BLOCKED);
      expect(view.layers.map(({ status }) => status)).toEqual(Array(7).fill('skipped'));
    }
    expect(verify).not.toHaveBeenCalled();
    expect(await getBalance(scope)).toEqual({ balance: 10, held: 0, available: 10 });
    expect(await usedFreeAnswers(scope)).toBe(0);
    const jobs = await inTransaction((tx) => tx.$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE "key" LIKE 'verify:%'`);
    expect(jobs).toEqual([]);
  });

  it('is answered even without a credit', async () => {
    scope = await makeWorkspace(0);
    await block('one.example');
    expect(await check('ann@one.example', engine())).toMatchObject(BLOCKED);
  });

  it('is counted and reported like any other', async () => {
    await makeEndpoint(scope, { events: ['verification.completed'] });
    await block('one.example');
    const { id } = await check('ann@one.example', engine());
    const [usage, events] = await inTransaction(async (tx) => [
      await tx.usageDay.findMany({ where: scope, select: { reason: true, answers: true, credits: true } }),
      await tx.webhookEvent.findMany({ where: scope, select: { type: true, data: true } }),
    ]);
    expect(usage).toEqual([{ reason: 'blocklisted', answers: 1, credits: 0 }]);
    expect(events).toMatchObject([{ type: 'verification.completed', data: { id, reason: 'blocklisted' } }]);
  });

  it('is not answered from what was remembered before, and is not remembered after', async () => {
    const verify = engine();
    expect(await check('ann@one.example', verify)).toMatchObject({ reason: 'mailbox_exists', cached: false });
    await block('ann@one.example');
    expect(await check('ann@one.example', verify)).toMatchObject(BLOCKED);
    await removeEntry(scope, 'ann@one.example');
    expect(await check('ann@one.example', verify)).toMatchObject({ reason: 'mailbox_exists', cached: true });
    expect(verify).toHaveBeenCalledOnce();
  });

  it('after the entry is gone asks if there is nothing else to remember', async () => {
    await block('one.example');
    await check('ann@one.example', engine());
    await removeEntry(scope, 'one.example');
    const verify = engine();
    expect(await check('ann@one.example', verify)).toMatchObject({ reason: 'mailbox_exists', cached: false, creditsCharged: 1 });
    expect(verify).toHaveBeenCalledOnce();
  });

  it('that waits to be asked again ends if the address is blocked meanwhile, and gives its credit back', async () => {
    const begun = await startVerification(scope, { email: 'ann@one.example', source: 'api' });
    if (!begun.ok) throw begun.error;
    const { id } = begun.value;
    await run(() => Promise.resolve(greylisted('ann@one.example', 60)), id);
    expect(await getBalance(scope)).toMatchObject({ held: 1 });
    await block('one.example');
    await inTransaction((tx) => tx.verification.updateMany({ where: { id }, data: { retryAt: new Date(0) } }));
    const verify = engine();
    await run(verify, id);
    expect(verify).not.toHaveBeenCalled();
    expect(await getVerification(scope, id)).toMatchObject({ ok: true, value: BLOCKED });
    expect(await getBalance(scope)).toEqual({ balance: 10, held: 0, available: 10 });
    expect(await usedFreeAnswers(scope)).toBe(0);
  });

  it('of bad syntax stays that, of another workspace’s entry feels nothing', async () => {
    await block('one.example');
    const verify = vi.fn<Verify>(({ email }) => Promise.resolve(fakeAnswer(email, 'syntax_invalid')));
    expect(await check('ann@@one.example', verify)).toMatchObject({ reason: 'syntax_invalid' });
    scope = await makeWorkspace(1);
    expect(await check('ann@one.example', engine())).toMatchObject({ reason: 'mailbox_exists' });
  });

  it('of a test key or a visitor knows no blocklist', async () => {
    await block('one.example');
    expect(await check('ann@one.example', engine(), { test: true })).toMatchObject({ reason: 'mailbox_exists', test: true });
    scope = { workspaceId: VISITORS_WORKSPACE_ID };
    await block('one.example');
    const begun = await startVerification(scope, { email: 'ann@one.example', source: 'landing', visitorKey: 'visitor' });
    expect(begun).toMatchObject({ ok: true, value: { status: 'pending' } });
  });
});

describe('a list', () => {
  const hostKeyOf = vi.fn((domain: string) => domain);
  beforeEach(() => void hostKeyOf.mockClear());

  async function begin(emails: readonly string[], more: { test?: boolean } = {}): Promise<string> {
    const listId = await makeList(scope, { emails, ...more });
    const begun = await startList(scope, { listId, mode: 'full' });
    if (!begun.ok) throw begun.error;
    return listId;
  }
  const plan = (listId: string) => planList(listId, { now: Date.now, hostKeyOf });
  const reasonsOf = async (listId: string) => (await resultsOf(listId)).map(({ reason }) => reason);
  const BLOCKED = codeOfReason('blocklisted');
  const EXISTS = codeOfReason('mailbox_exists');

  it('answers what is blocked before it asks DNS or a mail host, at no charge', async () => {
    await block('ann@one.example\nblocked.example');
    const listId = await begin(['Ann+x@one.example', 'bob@one.example', 'a@blocked.example', 'b@blocked.example', 'no address']);
    const verify = vi.fn<Verify>(({ email }) =>
      Promise.resolve(fakeAnswer(email, email.includes('@') ? 'mailbox_exists' : 'syntax_invalid')),
    );
    await plan(listId);
    await drain(bulkDeps(verify));
    expect(await finishList(listId)).toBe(true);
    expect(hostKeyOf.mock.calls.map(([domain]) => domain)).toEqual(['one.example']);
    expect(verify.mock.calls.map(([{ email }]) => email).filter((email) => email.includes('@'))).toEqual(['bob@one.example']);
    expect((await reasonsOf(listId)).slice(0, 4)).toEqual([BLOCKED, EXISTS, BLOCKED, BLOCKED]);
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', captured: 1, chargeable: 1, reserved: 0 });
    expect(await getBalance(scope)).toEqual({ balance: 9, held: 0, available: 9 });
    const row = await getListRow(scope, listId, 3);
    expect(row).toMatchObject({ ok: true, value: { status: 'risky', cached: false, evidence: [], layers: { length: 7 } } });
    expect(await usedFreeAnswers(scope)).toBe(0);
  });

  it('of nothing but blocked addresses completes', async () => {
    await block('one.example');
    const listId = await begin(['ann@one.example', 'bob@one.example']);
    const verify = engine();
    await plan(listId);
    await drain(bulkDeps(verify));
    expect(await finishList(listId)).toBe(true);
    expect(verify).not.toHaveBeenCalled();
    expect(await auditList(scope, listId)).toMatchObject({ status: 'completed', results: 2, captured: 0 });
  });

  it('asks nobody about an address that is blocked after it was planned', async () => {
    const listId = await begin(['ann@one.example', 'bob@one.example']);
    await plan(listId);
    await block('ann@one.example');
    const verify = engine();
    await drain(bulkDeps(verify));
    expect(await finishList(listId)).toBe(true);
    expect(verify.mock.calls.map(([{ email }]) => email)).toEqual(['bob@one.example']);
    expect(await reasonsOf(listId)).toEqual([BLOCKED, EXISTS]);
    expect(await auditList(scope, listId)).toMatchObject({ captured: 1, chargeable: 1, reserved: 0 });
  });

  it('neither repeats what was remembered of a blocked address, nor remembers that it was blocked', async () => {
    const ask = async (): Promise<{ reason: number; cached: boolean }[]> => {
      const listId = await begin(['ann@one.example', 'bob@two.example']);
      await plan(listId);
      await drain(bulkDeps(engine()));
      expect(await finishList(listId)).toBe(true);
      return (await resultsOf(listId)).map(({ reason, cached }) => ({ reason, cached }));
    };
    await block('bob@two.example');
    expect(await ask()).toEqual([
      { reason: EXISTS, cached: false },
      { reason: BLOCKED, cached: false },
    ]);
    await block('ann@one.example');
    await removeEntry(scope, 'bob@two.example');
    await startVerification(scope, { email: 'ann@one.example', source: 'app' });
    expect(await ask()).toEqual([
      { reason: BLOCKED, cached: false },
      { reason: EXISTS, cached: false },
    ]);
    await removeEntry(scope, 'ann@one.example');
    expect(await ask()).toEqual([
      { reason: EXISTS, cached: true },
      { reason: EXISTS, cached: true },
    ]);
  });

  it('of a test key knows no blocklist', async () => {
    await block('one.example');
    const listId = await begin(['ann@one.example'], { test: true });
    await plan(listId);
    await drain(bulkDeps(engine()));
    expect(await reasonsOf(listId)).toEqual([EXISTS]);
  });
});
