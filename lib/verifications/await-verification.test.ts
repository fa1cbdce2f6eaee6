import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { describe, expect, it, vi } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import type { VerificationView } from '@/lib/verdict/verification';
import { fakeAnswer, fakeLayers, greylisted, makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { completeVerification, postponeVerification } from './complete';
import { awaitVerification, watchVerification } from './read';
import { startVerification } from './start';
import { writeProgress } from './store/work';

useTestDatabase();

const LONG_MS = 15_000;
const unexpected = (value: unknown): never => expect.unreachable(String(value));

async function startOne(): Promise<{ scope: Scope; id: string }> {
  const scope = await makeWorkspace(3);
  const result = await startVerification(scope, { email: 'x@example.com', source: 'app', maxAgeS: 0 });
  if (!result.ok) throw result.error;
  return { scope, id: result.value.id };
}
const finish = (scope: Scope, id: string) =>
  completeVerification(scope, {
    id,
    answer: fakeAnswer('x@example.com', 'mailbox_exists'),
    earlierEvidence: [],
    isCharged: true,
  });

/** Cuts the connection that listens, as a restart of the database would. */
const cutListener = () =>
  inTransaction(
    (tx) => tx.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
      WHERE application_name = 'email-verifier listen' AND datname = current_database()`,
  );

describe('waiting for a verification', () => {
  it('ends as soon as it is final', async () => {
    const { scope, id } = await startOne();
    const waiting = awaitVerification(scope, id, LONG_MS);
    await finish(scope, id);
    expect(await waiting).toMatchObject({ id, status: 'deliverable' });
  });

  it('ends at once if the next try comes only after the wait', async () => {
    const { scope, id } = await startOne();
    const waiting = awaitVerification(scope, id, LONG_MS);
    const answer = greylisted('x@example.com', 300);
    const earlier = { evidence: [], triplet: null };
    await postponeVerification(scope, { id, attempt: 0, waits: 0, answer, earlier, now: Date.now(), random: 0 });
    expect(await waiting).toMatchObject({ id, status: 'pending', attempt: 1 });
  });

  it('ends at once if it was already final', async () => {
    const { scope, id } = await startOne();
    await finish(scope, id);
    expect((await awaitVerification(scope, id, LONG_MS)).status).toBe('deliverable');
  });

  it('returns the pending state when the time is over', async () => {
    const { scope, id } = await startOne();
    expect((await awaitVerification(scope, id, 30)).status).toBe('pending');
  });

  it('refuses what belongs to another workspace', async () => {
    const { id } = await startOne();
    await expect(awaitVerification(await makeWorkspace(), id, LONG_MS)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('misses nothing that happens while the listening connection is away', async () => {
    const { scope, id } = await startOne();
    const waiting = awaitVerification(scope, id, LONG_MS);
    await cutListener();
    await finish(scope, id);
    const startedAt = Date.now();
    expect((await waiting).status).toBe('deliverable');
    expect(Date.now() - startedAt).toBeLessThan(LONG_MS / 2);
  });

  it('serves many waiters with one connection', async () => {
    const checks = await Promise.all(Array.from({ length: 20 }, startOne));
    const waiting = checks.map(({ scope, id }) => awaitVerification(scope, id, LONG_MS));
    await Promise.all(checks.map(({ scope, id }) => finish(scope, id)));
    expect((await Promise.all(waiting)).map((view) => view.id)).toEqual(checks.map(({ id }) => id));
    const listeners = await inTransaction((tx) =>
      queryRows(
        z.unknown(),
        Prisma.sql`SELECT 1 FROM pg_stat_activity
        WHERE application_name = 'email-verifier listen' AND datname = current_database()`,
        tx,
      ),
    );
    expect(listeners).toHaveLength(1);
  });
});

describe('watching a verification', () => {
  it('shows the current state and the layers as they arrive, and ends with the final state', async () => {
    const { scope, id } = await startOne();
    const seen: VerificationView[] = [];
    const watching = await watchVerification(scope, id, { onChange: (view) => seen.push(view), onError: unexpected });
    expect(watching.ok).toBe(true);
    expect(seen.map((view) => view.layers.length)).toEqual([0]);
    await writeProgress(scope, id, fakeLayers().slice(0, 3));
    await expect.poll(() => seen.at(-1)?.layers).toHaveLength(3);
    await finish(scope, id);
    await expect.poll(() => seen.at(-1)?.status).toBe('deliverable');
    expect(seen.filter((view) => view.status !== 'pending')).toHaveLength(1);
  });

  it('calls nothing after unsubscribing', async () => {
    const { scope, id } = await startOne();
    const onChange = vi.fn();
    const watching = await watchVerification(scope, id, { onChange, onError: unexpected });
    if (!watching.ok) throw watching.error;
    // By the time another waiter has heard of the end, this one would have heard of it too.
    const other = awaitVerification(scope, id, LONG_MS);
    watching.value();
    onChange.mockClear();
    await finish(scope, id);
    await other;
    expect(onChange).not.toHaveBeenCalled();
  });

  it('of another workspace, or with another visitor key, is refused', async () => {
    const { scope, id } = await startOne();
    const watcher = { onChange: unexpected, onError: unexpected };
    expect(await watchVerification(await makeWorkspace(), id, watcher)).toMatchObject({ error: { code: 'not_found' } });
    expect(await watchVerification(scope, id, { ...watcher, visitorKey: 'v' })).toMatchObject({ error: { code: 'not_found' } });
  });
});
