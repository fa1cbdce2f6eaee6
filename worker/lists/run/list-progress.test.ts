import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pauseList } from '@/lib/lists/pause';
import { startList } from '@/lib/lists/start';
import type { FinalRow } from '@/lib/lists/store/results';
import { inTransaction } from '@/lib/platform/db/transaction';
import { LIST_PROGRESS_EVERY_MS, LIST_PROGRESS_SHARES } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { codeOfReason } from '@/lib/verdict/verdict';
import { listProgressDataSchema } from '@/lib/webhooks/event-data';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { makeList } from '@/tests/database/make-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { recordResults } from '../record';

useTestDatabase();

/** The start of a time span, so that a test decides when the next one begins. */
const NOON = Date.UTC(2026, 10, 29, 12);
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: NOON }));
afterEach(() => vi.useRealTimers());

const ROWS = 2 * LIST_PROGRESS_SHARES;
const email = (n: number): string => `user-${n}@one.example`;
const row = (n: number): FinalRow => ({
  n,
  email: email(n),
  domain: 'one.example',
  reason: codeOfReason('mailbox_exists'),
  score: null,
  flags: 0,
  provider: null,
  mxHost: null,
  didYouMean: null,
  cached: false,
  credits: 0,
  durationMs: 1,
  checkedAt: null,
  layers: [],
  evidence: [],
});

async function started({ test = false, isHeard = true } = {}) {
  const scope = await makeWorkspace(ROWS);
  if (isHeard) await makeEndpoint(scope, { events: ['list.progress'] });
  const listId = await makeList(scope, { emails: Array.from({ length: ROWS }, (_, at) => email(at + 1)), test });
  mustBeOk(await startList(scope, { listId, mode: 'full' }));
  /** Rows `from` to `to` get their verdicts, in one batch. */
  const record = (from: number, to: number) => {
    const rows = Array.from({ length: to - from + 1 }, (_, at) => row(from + at));
    return recordResults(scope, { listId, run: 1, test, claim: null, hadRetries: false, rows });
  };
  return { scope, listId, record };
}

async function toldOf({ workspaceId }: Scope) {
  const where = { workspaceId, type: 'list.progress' };
  const events = await inTransaction((tx) => tx.webhookEvent.findMany({ where, orderBy: { id: 'asc' }, take: 99 }));
  return events.map(({ test, data }) => ({ test, ...listProgressDataSchema.parse(data) }));
}

describe('list.progress', () => {
  it('is emitted at a share of the rows, with the counts by then, and not before', async () => {
    const { scope, listId, record } = await started();
    await record(1, 1);
    expect(await toldOf(scope)).toEqual([]);
    await record(2, 2);
    expect(await toldOf(scope)).toMatchObject([
      {
        test: false,
        list_id: listId,
        status: 'running',
        processed: 2,
        total: ROWS,
        counts: { deliverable: 2, undeliverable: 0, risky: 0, unknown: 0 },
        credits_charged: 0,
      },
    ]);
  });

  it('is emitted once per time span, however many shares pass in it', async () => {
    const { scope, record } = await started();
    await record(1, 4);
    vi.setSystemTime(NOON + LIST_PROGRESS_EVERY_MS - 1);
    await record(5, 8);
    expect((await toldOf(scope)).map(({ processed }) => processed)).toEqual([4]);
    vi.setSystemTime(NOON + LIST_PROGRESS_EVERY_MS);
    await record(9, 10);
    expect((await toldOf(scope)).map(({ processed }) => processed)).toEqual([4, 10]);
  });

  it('is emitted at most once per share, however slowly the list runs', async () => {
    const { scope, record } = await started();
    for (let n = 1; n <= ROWS; n++) {
      vi.setSystemTime(NOON + n * LIST_PROGRESS_EVERY_MS);
      await record(n, n);
    }
    expect(await toldOf(scope)).toHaveLength(LIST_PROGRESS_SHARES);
  });

  it('says that a list is of a test key, whatever its size', async () => {
    const { scope, record } = await started({ test: true });
    await record(1, ROWS);
    expect(await toldOf(scope)).toMatchObject([{ test: true, processed: ROWS, total: ROWS }]);
  });

  it('is not emitted for a list that is paused while its last answers come in', async () => {
    const { scope, listId, record } = await started();
    mustBeOk(await pauseList(scope, { listId }));
    expect(await record(1, 10)).toBe(true);
    expect(await toldOf(scope)).toEqual([]);
  });

  it('is dropped if no endpoint subscribes to it', async () => {
    const { scope, record } = await started({ isHeard: false });
    expect(await record(1, 10)).toBe(true);
    expect(await toldOf(scope)).toEqual([]);
  });
});
