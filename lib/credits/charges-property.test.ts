import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import type { Reason } from '@/lib/verdict/verdict';
import { completeVerification, giveUpVerification } from '@/lib/verifications/complete';
import { recordFeedback } from '@/lib/verifications/feedback';
import { startVerification } from '@/lib/verifications/start';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { expectBooksToAgree, grant, mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { getBalance } from './balance';
import { creditsFor } from './rules/ledger';

useTestDatabase();

const REASONS: readonly Reason[] = [
  'mailbox_exists',
  'mailbox_exists',
  'mailbox_not_found',
  'catch_all',
  'role_account',
  'greylisted',
];
const VERBS = ['start', 'start', 'complete', 'complete', 'complete', 'giveUp', 'bounce', 'grant'] as const;

interface Step {
  verb: (typeof VERBS)[number];
  at: number;
  reason: Reason;
}

const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom(...VERBS),
  at: fc.nat({ max: 20 }),
  reason: fc.constantFrom(...REASONS),
});

/** Few addresses, so that memory, repeats and bounces of the same mailbox occur. */
const emailAt = (at: number): string => `user${at % 7}@example.com`;

async function run(scope: Scope, started: string[], { verb, at, reason }: Step): Promise<void> {
  if (verb === 'grant') await grant(scope, 3);
  if (verb === 'start') {
    const made = await startVerification(scope, { email: emailAt(at), source: 'api', ...(at % 2 === 0 && { maxAgeS: 0 }) });
    if (made.ok) started.push(made.value.id);
    else expect(made.error.code).toBe('insufficient_credits');
  }
  if (verb === 'bounce') {
    const told = await recordFeedback(scope, { target: { email: emailAt(at) }, outcome: 'hard_bounce', smtpCode: '550 5.1.1' });
    if (!told.ok) expect(told.error.code).toBe('not_found');
  }
  const id = started[at % Math.max(1, started.length)];
  if (id === undefined) return;
  // Like a job that runs twice, or two workers that hold the same job for a moment.
  const answer = fakeAnswer(emailAt(at), reason);
  if (verb === 'complete') await completeVerification(scope, { id, answer, earlierEvidence: [], isCharged: true });
  if (verb === 'giveUp') await giveUpVerification(id, Date.now());
}

it('whatever happens to concurrent checks: each charge has its final answer, each answer its price, and refunds no more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 6 }), async (rounds) => {
      const scope = await makeWorkspace(6);
      const started: string[] = [];
      for (const round of rounds) {
        await Promise.all(round.map((each) => run(scope, started, each)));
        await expectBooksToAgree(scope);
        await expectEachChargeToBeRight(scope);
      }
    }),
    { numRuns: 25 },
  );
});

it('checks that end at the same moment spend grants of one credit each, and none twice', async () => {
  const scope = await makeWorkspace(0);
  const emails = Array.from({ length: 12 }, (_, at) => `user${at}@example.com`);
  for (const _ of emails) await grant(scope, 1);
  const started = await Promise.all(
    emails.map(async (email) => ({ email, id: mustBeOk(await startVerification(scope, { email, source: 'api' })).id })),
  );
  const ends = started.flatMap(({ email, id }) => {
    const end = { id, answer: fakeAnswer(email, 'mailbox_exists'), earlierEvidence: [], isCharged: true };
    return [end, end];
  });
  const isFirst = await Promise.all(ends.map((end) => completeVerification(scope, end)));
  expect(isFirst.filter(Boolean)).toHaveLength(emails.length);
  await expectBooksToAgree(scope);
  await expectEachChargeToBeRight(scope);
  expect(await getBalance(scope)).toEqual({ balance: 0, held: 0, available: 0 });
});

async function expectEachChargeToBeRight(scope: Scope): Promise<void> {
  const { checks, entries } = await inTransaction(async (tx) => ({
    checks: await tx.verification.findMany({
      where: scope,
      select: { id: true, status: true, reason: true, cached: true, creditsCharged: true },
      take: 500,
    }),
    entries: await tx.creditEntry.findMany({ where: scope, select: { kind: true, amount: true, causeId: true }, take: 500 }),
  }));
  const sumOf = (kind: string, id: string) =>
    entries.filter((entry) => entry.kind === kind && entry.causeId === id).reduce((sum, { amount }) => sum + amount, 0);
  for (const { id, status, reason, cached, creditsCharged } of checks) {
    const price = status === 'pending' || cached ? 0 : creditsFor(REASONS.find((known) => known === reason) ?? null);
    expect([id, creditsCharged, sumOf('capture', id) + price]).toEqual([id, price, 0]);
    expect(sumOf('refund', id)).toBeLessThanOrEqual(price);
  }
  const ids = new Set(checks.map(({ id }) => id));
  expect(entries.filter(({ kind, causeId }) => kind === 'capture' && !ids.has(causeId ?? ''))).toEqual([]);
}
