import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { type Reason, statusOf } from '@/lib/verdict/verdict';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { completeVerification } from './complete';
import { getCalibration, recordFeedback, type RecordFeedback } from './feedback';
import type { FeedbackOutcome } from './rules/feedback';
import { startVerification } from './start';

useTestDatabase();
beforeEach(async () => {
  await inTransaction((tx) => tx.$executeRaw`DELETE FROM "Feedback"`);
});

interface Made {
  reason?: Reason;
  score?: number | null;
  test?: boolean;
  canonical?: string;
}

/** Stores a final verdict in the workspace; returns its id. */
async function judge(scope: Scope, email: string, { reason = 'mailbox_exists', score = 95, test = false, canonical }: Made = {}) {
  const started = await startVerification(scope, { email, source: 'app', maxAgeS: 0, test });
  if (!started.ok) throw started.error;
  const { id } = started.value;
  const plain = fakeAnswer(email, reason, canonical === undefined ? {} : { canonical });
  const answer = { ...plain, verdict: { ...plain.verdict, status: statusOf(reason), score } };
  await completeVerification(scope, { id, answer, earlierEvidence: [], isCharged: !test });
  return id;
}
type Told = Omit<RecordFeedback, 'target'> & ({ email: string } | { verificationId: string });
const record = (scope: Scope, { outcome, smtpCode, ...target }: Told) => recordFeedback(scope, { target, outcome, smtpCode });
async function tell(scope: Scope, told: Told) {
  const { verificationId, recorded } = mustBeOk(await record(scope, told));
  return { verificationId, recorded };
}
const codeOf = async (scope: Scope, told: Told): Promise<string> => {
  const result = await record(scope, told);
  return result.ok ? 'ok' : result.error.code;
};
const stored = () =>
  inTransaction((tx) =>
    queryRows(
      z.object({ addressKey: z.string(), outcome: z.string(), score: z.int().nullable(), smtpCode: z.int().nullable() }),
      Prisma.sql`
    SELECT "addressKey", "outcome", "score", "smtpCode" FROM "Feedback"`,
      tx,
    ),
  );

describe('an outcome', () => {
  it('is compared with the latest final verdict of its address', async () => {
    const scope = await makeWorkspace(10);
    await judge(scope, 'old@example.com', { reason: 'mailbox_not_found', score: 2 });
    const latest = await judge(scope, 'old@example.com', { score: 95 });
    const told = await tell(scope, { email: ' old@example.com ', outcome: 'hard_bounce', smtpCode: 550 });
    expect(told).toEqual({ verificationId: latest, recorded: true });
    expect(await stored()).toMatchObject([{ outcome: 'hard_bounce', score: 95, smtpCode: 550 }]);
  });

  it('may name the check instead of the address', async () => {
    const scope = await makeWorkspace(10);
    const id = await judge(scope, 'id@example.com');
    await judge(scope, 'id@example.com', { reason: 'catch_all', score: 60 });
    expect(await tell(scope, { verificationId: id, outcome: 'delivered' })).toEqual({ verificationId: id, recorded: true });
    expect(await stored()).toMatchObject([{ score: 95 }]);
  });

  it('counts once, however often and in whichever spelling of the mailbox it is reported', async () => {
    const scope = await makeWorkspace(10);
    await judge(scope, 'jane.doe@gmail.com', { canonical: 'janedoe@gmail.com' });
    await judge(scope, 'janedoe@gmail.com', { canonical: 'janedoe@gmail.com' });
    const all = await Promise.all(
      ['jane.doe@gmail.com', 'janedoe@gmail.com', 'jane.doe@gmail.com'].map((email) =>
        tell(scope, { email, outcome: 'delivered' }),
      ),
    );
    expect(all.filter(({ recorded }) => recorded)).toHaveLength(1);
    expect(await tell(scope, { email: 'jane.doe@gmail.com', outcome: 'complaint' })).toMatchObject({ recorded: true });
    expect(await stored()).toHaveLength(2);
  });

  it('stores no address', async () => {
    const scope = await makeWorkspace(10);
    await judge(scope, 'secret@example.com');
    await tell(scope, { email: 'secret@example.com', outcome: 'delivered' });
    expect(JSON.stringify(await stored())).not.toContain('secret');
  });

  it('of the same mailbox in two workspaces has two keys', async () => {
    const [one, two] = [await makeWorkspace(10), await makeWorkspace(10)];
    for (const scope of [one, two]) {
      await judge(scope, 'both@example.com');
      expect(await tell(scope, { email: 'both@example.com', outcome: 'delivered' })).toMatchObject({ recorded: true });
    }
    expect(new Set((await stored()).map(({ addressKey }) => addressKey)).size).toBe(2);
  });
});

describe('what is refused', () => {
  it('an outcome of an address, or of a check, that this workspace never had judged', async () => {
    const [mine, other] = [await makeWorkspace(10), await makeWorkspace(10)];
    const id = await judge(other, 'theirs@example.com');
    expect(await codeOf(mine, { email: 'theirs@example.com', outcome: 'delivered' })).toBe('not_found');
    expect(await codeOf(mine, { verificationId: id, outcome: 'delivered' })).toBe('not_found');
    expect(await codeOf(mine, { email: 'no address', outcome: 'delivered' })).toBe('not_found');
    expect(await stored()).toEqual([]);
  });

  it('an outcome of a check that still runs, and of a test key’s made-up answer', async () => {
    const scope = await makeWorkspace(10);
    const running = await startVerification(scope, { email: 'running@example.com', source: 'app' });
    expect(running.ok && (await codeOf(scope, { verificationId: running.value.id, outcome: 'delivered' }))).toBe('not_found');
    const made = await judge(scope, 'made@example.com', { test: true });
    expect(await codeOf(scope, { verificationId: made, outcome: 'delivered' })).toBe('not_found');
    expect(await codeOf(scope, { email: 'made@example.com', outcome: 'delivered' })).toBe('not_found');
  });

  it.each([
    ['an outcome that there is not', { email: 'a@example.com', outcome: 'opened' }],
    ['a code that no server gives', { email: 'a@example.com', outcome: 'hard_bounce', smtpCode: 999 }],
    ['words instead of a code', { email: 'a@example.com', outcome: 'hard_bounce', smtpCode: 'no such user' }],
  ])('%s', async (_, input) => {
    expect(await codeOf(await makeWorkspace(), input)).toBe('invalid_request');
  });
});

describe('the calibration over all workspaces', () => {
  async function judgeAndTell(scope: Scope, email: string, score: number | null, ...outcomes: readonly FeedbackOutcome[]) {
    await judge(scope, email, { score });
    for (const outcome of outcomes) await tell(scope, { email, outcome });
  }

  it('gives no figures before anything is reported', async () => {
    expect(await getCalibration()).toMatchObject({
      outcomes: 0,
      brier: null,
      skill: null,
      calibrationError: null,
      isEnough: false,
    });
  });

  it('adds up all workspaces; soft bounces and verdicts without a score leave it unchanged', async () => {
    const [one, two] = [await makeWorkspace(20), await makeWorkspace(20)];
    await judgeAndTell(one, 'a@example.com', 95, 'delivered');
    await judgeAndTell(two, 'a@example.com', 95, 'hard_bounce');
    await judgeAndTell(two, 'b@example.com', 60, 'complaint');
    await judgeAndTell(two, 'c@example.com', 60, 'soft_bounce');
    await judgeAndTell(one, 'd@example.com', null, 'delivered');
    const report = await getCalibration();
    // 95 accepted (0.0025), 95 bounced (0.9025), 60 accepted (0.16).
    expect(report).toMatchObject({ outcomes: 3, hardBounces: 1, isEnough: false });
    expect(report.brier).toBeCloseTo((0.0025 + 0.9025 + 0.16) / 3, 12);
    expect(report.bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 2]);
    expect(report.steps).toEqual([{ from: 60, to: 95, probability: 2 / 3, count: 3 }]);
  });

  it('counts an address once, by the last outcome that decides it', async () => {
    const scope = await makeWorkspace(20);
    await judgeAndTell(scope, 'late@example.com', 95, 'delivered', 'soft_bounce', 'hard_bounce');
    await judgeAndTell(scope, 'soft@example.com', 95, 'delivered', 'soft_bounce');
    expect(await getCalibration()).toMatchObject({ outcomes: 2, hardBounces: 1 });
  });
});
