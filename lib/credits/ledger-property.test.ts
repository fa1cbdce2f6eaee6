import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { capture, expectBooksToAgree, extend, FUTURE, grant, hold, PAST, release, upTo } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { expireDueGrants, refundCredits } from './grants';
import { revokeGrants } from './grants';

useTestDatabase();

const VERBS = [
  'grant',
  'hold',
  'upTo',
  'extend',
  'extend',
  'capture',
  'capture',
  'release',
  'expire',
  'refund',
  'revoke',
] as const;

interface Step {
  verb: (typeof VERBS)[number];
  amount: number;
  at: number;
  end: 'past' | 'future' | 'never' | 'soon';
}

const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom(...VERBS),
  amount: fc.integer({ min: 1, max: 30 }),
  at: fc.nat({ max: 50 }),
  end: fc.constantFrom('past', 'future', 'never', 'soon'),
});

const ENDS = {
  past: () => PAST,
  future: () => FUTURE,
  never: () => null,
  // Expires before the next rounds end: what was held before is kept, the rest expires.
  soon: () => new Date(Date.now() + 5),
};

/** One of 51 purchases, so that many are made twice and a revocation finds some. */
const grantKey = ({ workspaceId }: Scope, at: number): string => `purchase:${workspaceId}:${at}`;

async function run(scope: Scope, holds: string[], { verb, amount, at, end }: Step): Promise<void> {
  const holdId = holds[at % Math.max(1, holds.length)];
  if (verb === 'grant') await grant(scope, amount, { expiresAt: ENDS[end](), priority: at, sourceKey: grantKey(scope, at) });
  if (verb === 'revoke')
    await inTransaction((tx) => revokeGrants(scope, { sourceKeys: [grantKey(scope, at)], atMost: 1_000_000 }, tx));
  if (verb === 'expire') await expireDueGrants();
  if (verb === 'refund') await refund(scope, at);
  if (verb === 'hold' || verb === 'upTo') {
    const made = verb === 'hold' ? await hold(scope, amount) : await upTo(scope, amount);
    if (made.ok) holds.push(made.value.holdId);
    else expect(made.error.code).toBe('insufficient_credits');
  }
  if (holdId === undefined) return;
  if (verb === 'release') await release(scope, holdId);
  if (verb === 'extend') {
    const extended = await extend(scope, holdId, amount);
    // A closed hold is refused; an open one gets the available credits.
    if (extended.ok) expect(extended.value.added).toBeLessThanOrEqual(amount);
    else expect(extended.error.code).toBe('conflict');
  }
  // A charge that exceeds the hold throws; the books must balance all the same.
  if (verb === 'capture') {
    await capture(scope, holdId, amount).catch((error: unknown) => expect(String(error)).toContain('closed or too small'));
  }
}

/** One of 51 causes, so that many refunds repeat an earlier one. */
const refund = (scope: Scope, at: number): Promise<boolean> =>
  inTransaction((tx) =>
    refundCredits(
      scope,
      {
        amount: 1,
        sourceKey: `refund:${scope.workspaceId}:${at}`,
        cause: { type: 'verification', id: `ver_${at}` },
        apiKeyId: null,
        now: new Date(),
      },
      tx,
    ),
  );

it('any interleaving of grants, holds, extensions, charges, releases, refunds, revocations and expiry keeps the books in agreement', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }), async (rounds) => {
      const scope = await makeWorkspace();
      const holds: string[] = [];
      for (const round of [[{ verb: 'grant', amount: 20, at: 0, end: 'never' } satisfies Step], ...rounds]) {
        await Promise.all(round.map((each) => run(scope, holds, each)));
        await expectBooksToAgree(scope);
      }
      await expectAllRefundsOnce(scope);
    }),
    { numRuns: 40 },
  );
});

async function expectAllRefundsOnce(scope: Scope): Promise<void> {
  const rows = await inTransaction((tx) =>
    tx.creditEntry.findMany({ where: { ...scope, kind: 'refund' }, select: { causeId: true }, take: 100 }),
  );
  expect(new Set(rows.map(({ causeId }) => causeId)).size).toBe(rows.length);
}
