import { describe, expect, it } from 'vitest';
import { getBalance } from '@/lib/credits/balance';
import { addUsage } from '@/lib/credits/store/usage';
import { inTransaction } from '@/lib/platform/db/transaction';
import { FEEDBACK_REFUND_DAYS, FEEDBACK_REFUNDS_A_LIST, FEEDBACK_REFUNDS_A_MONTH } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import type { Reason } from '@/lib/verdict/verdict';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { expectBooksToAgree, mustBeOk } from '@/tests/database/ledger-moves';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { completeVerification } from './complete';
import { getReportedBounce, type JudgedTarget, recordFeedback, type RecordFeedback } from './feedback';
import { startVerification } from './start';

useTestDatabase();

const DAY_MS = 86_400_000;

async function judge(scope: Scope, email: string, reason: Reason = 'mailbox_exists'): Promise<string> {
  const { id } = mustBeOk(await startVerification(scope, { email, source: 'app', maxAgeS: 0 }));
  await completeVerification(scope, { id, answer: fakeAnswer(email, reason), earlierEvidence: [], isCharged: true });
  return id;
}
const bounced = async (scope: Scope, target: JudgedTarget, more: Partial<RecordFeedback> = {}, now?: Date) => {
  const told = { target, outcome: 'hard_bounce', smtpCode: '550 5.1.1', ...more };
  const { recorded, refund } = mustBeOk(await recordFeedback(scope, told, now));
  return { recorded, ...refund };
};
const balanceOf = async (scope: Scope) => (await getBalance(scope)).balance;
/** A list with this many charged deliverables, and the month's usage with them. Its answers are fresh. */
async function makeBounced(scope: Scope, count: number): Promise<string> {
  const rows = Array.from({ length: count }, (_, at) => ({ cells: [`u${at}@list.example`], reason: 'mailbox_exists' as const }));
  const listId = await seedList(scope, { rows });
  await inTransaction(
    (tx) => tx.$executeRaw`UPDATE "ListResult" SET "checkedAt" = timezone('UTC', now()) WHERE "listId" = ${listId}`,
  );
  await charge(scope, count);
  return listId;
}
const charge = (scope: Scope, credits: number) =>
  inTransaction((tx) =>
    addUsage(scope, [{ apiKeyId: null, source: 'list', reason: 'mailbox_exists', answers: credits, credits }], tx),
  );
const refundsOf = (scope: Scope) =>
  inTransaction((tx) =>
    tx.creditEntry.findMany({
      where: { ...scope, kind: 'refund' },
      select: { amount: true, causeType: true, causeId: true },
      take: 99,
    }),
  );

describe('a deliverable that hard-bounced', () => {
  it('is refunded once, however often and by however many simultaneous reports', async () => {
    const scope = await makeWorkspace(10);
    const id = await judge(scope, 'gone@example.com');
    expect(await balanceOf(scope)).toBe(9);
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        bounced(scope, at % 2 === 0 ? { verificationId: id } : { email: 'gone@example.com' }),
      ),
    );
    expect(all.filter(({ credits }) => credits === 1)).toEqual([{ recorded: true, credits: 1, reason: 'refunded' }]);
    expect(all.filter(({ reason }) => reason === 'already_refunded')).toHaveLength(11);
    expect(await balanceOf(scope)).toBe(10);
    expect(await refundsOf(scope)).toEqual([{ amount: 1, causeType: 'verification', causeId: id }]);
    expect(await getReportedBounce(scope, { verificationId: id })).toEqual({ credits: 1 });
    await expectBooksToAgree(scope);
  });

  it('is refunded when the code comes with a second report', async () => {
    const scope = await makeWorkspace(10);
    const target = { verificationId: await judge(scope, 'late-code@example.com') };
    expect(await bounced(scope, target, { smtpCode: null })).toEqual({ recorded: true, credits: 0, reason: 'no_smtp_code' });
    expect(await bounced(scope, target, { smtpCode: 550 })).toEqual({ recorded: false, credits: 1, reason: 'refunded' });
  });

  it('by an answer from memory, refunds what the repeated answer cost', async () => {
    const scope = await makeWorkspace(10);
    const paid = await judge(scope, 'twice@example.com');
    const repeated = mustBeOk(await startVerification(scope, { email: 'twice@example.com', source: 'app' }));
    expect(repeated.cached).toBe(true);
    expect(await bounced(scope, { verificationId: repeated.id })).toMatchObject({ credits: 1 });
    expect(await refundsOf(scope)).toMatchObject([{ causeId: paid }]);
    expect(await bounced(scope, { email: 'twice@example.com' })).toMatchObject({ reason: 'already_refunded' });
  });

  it('checked and paid for again is still one mailbox: one refund in 30 days, and another later', async () => {
    const scope = await makeWorkspace(10);
    expect(await bounced(scope, { verificationId: await judge(scope, 'again@example.com') })).toMatchObject({ credits: 1 });
    const second = await judge(scope, 'again@example.com');
    expect(await bounced(scope, { verificationId: second })).toMatchObject({ reason: 'already_refunded' });
    await inTransaction(
      (tx) =>
        tx.$executeRaw`UPDATE "Feedback" SET "refundedAt" = "refundedAt" - make_interval(days => ${FEEDBACK_REFUND_DAYS + 1})`,
    );
    expect(await bounced(scope, { verificationId: second })).toMatchObject({ recorded: false, credits: 1 });
    await expectBooksToAgree(scope);
  });
});

describe('is recorded and not refunded, with the reason given:', () => {
  it.each<[string, Partial<RecordFeedback>, string]>([
    ['another outcome', { outcome: 'delivered' }, 'not_a_hard_bounce'],
    ['a soft bounce', { outcome: 'soft_bounce', smtpCode: 452 }, 'not_a_hard_bounce'],
    ['a bounce without a code', { smtpCode: null }, 'no_smtp_code'],
    ['a refusal for now', { smtpCode: '450 4.2.1' }, 'not_permanent'],
  ])('%s', async (_, more, reason) => {
    const scope = await makeWorkspace(10);
    const target = { verificationId: await judge(scope, 'a@example.com') };
    expect(await bounced(scope, target, more)).toEqual({ recorded: true, credits: 0, reason });
    expect(await balanceOf(scope)).toBe(9);
  });

  it.each<Reason>(['role_account', 'catch_all', 'mailbox_not_found', 'greylisted'])('a verdict that was %s', async (reason) => {
    const scope = await makeWorkspace(10);
    const target = { verificationId: await judge(scope, 'a@example.com', reason) };
    const before = await balanceOf(scope);
    expect(await bounced(scope, target)).toEqual({ recorded: true, credits: 0, reason: 'not_deliverable' });
    expect(await balanceOf(scope)).toBe(before);
  });

  it('an answer of more than 30 days ago, to the second', async () => {
    const scope = await makeWorkspace(10);
    const now = new Date();
    const checked = async (email: string, ageMs: number) => {
      const id = await judge(scope, email);
      const checkedAt = new Date(now.getTime() - ageMs);
      await inTransaction((tx) => tx.verification.update({ where: { id }, data: { checkedAt } }));
      return { verificationId: id };
    };
    const limit = FEEDBACK_REFUND_DAYS * DAY_MS;
    expect(await bounced(scope, await checked('old@example.com', limit + 1_000), {}, now)).toMatchObject({ reason: 'too_old' });
    expect(await bounced(scope, await checked('young@example.com', limit - 1_000), {}, now)).toMatchObject({ credits: 1 });
  });

  it('more than the share of a month', async () => {
    const scope = await makeWorkspace(200);
    const emails = Array.from({ length: FEEDBACK_REFUNDS_A_MONTH.atLeast + 2 }, (_, at) => `m${at}@example.com`);
    for (const email of emails) await judge(scope, email);
    const all = await Promise.all(emails.map((email) => bounced(scope, { email })));
    expect(all.filter(({ credits }) => credits === 1)).toHaveLength(FEEDBACK_REFUNDS_A_MONTH.atLeast);
    expect(all.filter(({ reason }) => reason === 'month_share_reached')).toHaveLength(2);
    expect(all.every(({ recorded }) => recorded)).toBe(true);
    // The share grows with what was charged.
    await charge(scope, (FEEDBACK_REFUNDS_A_MONTH.atLeast + 1) / FEEDBACK_REFUNDS_A_MONTH.share);
    const left = await Promise.all(emails.map((email) => bounced(scope, { email })));
    expect(left.filter(({ credits }) => credits === 1)).not.toEqual([]);
    await expectBooksToAgree(scope);
  });
});

describe('a row of a list', () => {
  it('is found by its address or its number, and refunded within the share of its list', async () => {
    const scope = await makeWorkspace(1_000);
    const least = FEEDBACK_REFUNDS_A_LIST.atLeast;
    const listId = await makeBounced(scope, least / FEEDBACK_REFUNDS_A_LIST.share + 19);
    expect(await bounced(scope, { email: 'u0@list.example' })).toMatchObject({ credits: 1 });
    expect(await bounced(scope, { listId, row: 1 })).toMatchObject({ reason: 'already_refunded' });
    const rows = Array.from({ length: least + 3 }, (_, at) => at + 2);
    const all = await Promise.all(rows.map((row) => bounced(scope, { listId, row })));
    expect(all.filter(({ credits }) => credits === 1)).toHaveLength(least - 1);
    expect(all.filter(({ reason }) => reason === 'list_share_reached')).toHaveLength(4);
    expect((await refundsOf(scope)).every(({ causeType, causeId }) => causeType === 'list' && causeId === listId)).toBe(true);
    await expectBooksToAgree(scope);
  });

  it('may have more refunds if the list is larger', async () => {
    const scope = await makeWorkspace(1_000);
    const more = FEEDBACK_REFUNDS_A_LIST.atLeast + 1;
    const listId = await makeBounced(scope, more / FEEDBACK_REFUNDS_A_LIST.share);
    const all = await Promise.all(Array.from({ length: more + 1 }, (_, at) => bounced(scope, { listId, row: at + 1 })));
    expect(all.filter(({ credits }) => credits === 1)).toHaveLength(more);
  });

  it('that was answered from memory leads to the check that was paid for', async () => {
    const scope = await makeWorkspace(10);
    const id = await judge(scope, 'known@list.example');
    const listId = await seedList(scope, { rows: [{ cells: ['known@list.example'], reason: 'mailbox_exists', cached: true }] });
    await inTransaction(
      (tx) => tx.$executeRaw`UPDATE "ListResult" SET "credits" = 0,
        "checkedAt" = (SELECT "checkedAt" FROM "Verification" WHERE "id" = ${id}) WHERE "listId" = ${listId}`,
    );
    expect(await bounced(scope, { listId, row: 1 })).toMatchObject({ credits: 1 });
    expect(await refundsOf(scope)).toMatchObject([{ causeType: 'verification', causeId: id }]);
  });

  it('of another workspace, or of a test list, does not count', async () => {
    const [mine, other] = [await makeWorkspace(10), await makeWorkspace(10)];
    const theirs = await makeBounced(other, 1);
    const test = await seedList(mine, { rows: [{ cells: ['t@list.example'], reason: 'mailbox_exists' }], more: { test: true } });
    for (const target of [
      { listId: theirs, row: 1 },
      { email: 'u0@list.example' },
      { listId: test, row: 1 },
      { listId: test, row: 9 },
    ]) {
      expect(await recordFeedback(mine, { target, outcome: 'hard_bounce', smtpCode: 550 })).toMatchObject({
        error: { code: 'not_found' },
      });
      expect(await getReportedBounce(mine, target)).toBeNull();
    }
    expect(await refundsOf(other)).toEqual([]);
  });
});
