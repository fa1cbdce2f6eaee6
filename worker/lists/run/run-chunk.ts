// Works on one claimed chunk: asks about all rows at once, within the process's limit, and writes verdicts in batches as they come.
// Guarantees: every row is answered, scheduled to be asked again, or given back. A signal to stop (the list is paused or canceled, or the
// process stops) takes effect at once, and later answers are dropped.
import { setTimeout as sleep } from 'node:timers/promises';
import { hasBlocklist } from '@/lib/blocklist/blocklist';
import { SYNTAX_HOST_KEY } from '@/lib/lists/store/chunks';
import type { FinalRow } from '@/lib/lists/store/results';
import { type ListRetry, listRowsToAsk, type RowToAsk } from '@/lib/lists/store/run';
import { describeError } from '@/lib/platform/errors';
import { BATCH_EVERY_MS, BATCH_MAX_ROWS } from '@/lib/platform/limits';
import type { Log } from '@/lib/platform/log';
import type { EngineAnswer } from '@/lib/verdict/answer';
import { type Claim, leaveChunk } from '../chunks';
import { recordResults, splitBlocked } from '../record';
import { sortAnswer, toFinalRow, askRow, budgetMs, failedAnswer } from './ask-row';
import { nextHour, withinCaps, type BulkDeps } from './deps';

/** The engine answers by its deadline, or after as much time again if it had to wait for others. Waiting ends this long after that. */
const GRACE_MS = 5_000;

/** A chunk under way. */
interface Work {
  claim: Claim;
  deps: BulkDeps;
  desk: ResultDesk;
  signal: AbortSignal;
  /** Rows without an answer yet, by number. */
  open: Map<number, RowToAsk>;
  retries: ListRetry[];
  slow: number[];
  heldBack: number[];
}

export async function runChunk(claim: Claim, deps: BulkDeps): Promise<void> {
  const controller = deps.board.take(claim);
  try {
    const rows = await listRowsToAsk(claim.listId, claim.rows);
    const work: Work = {
      claim,
      deps,
      desk: openDesk(claim, deps, { hadRetries: rows.some(({ hasWaited }) => hasWaited), controller }),
      signal: controller.signal,
      open: new Map(rows.map((row) => [row.n, row])),
      retries: [],
      slow: [],
      heldBack: [],
    };
    await askAll(work, rows);
    await leave(work);
  } finally {
    deps.board.release(claim.claimId);
    controller.abort();
  }
}

function openDesk(claim: Claim, deps: BulkDeps, how: { hadRetries: boolean; controller: AbortController }): ResultDesk {
  return new ResultDesk({
    write: (rows) =>
      recordResults(claim.scope, {
        listId: claim.listId,
        run: claim.run,
        test: claim.test,
        claim,
        hadRetries: how.hadRetries,
        rows,
      }),
    onWritten: () => deps.notices.changed(claim.listId),
    onClosed: () => how.controller.abort(),
    log: deps.log,
  });
}

async function askAll(work: Work, claimed: readonly RowToAsk[]): Promise<void> {
  const { claim, deps, signal } = work;
  const rows = claim.test ? claimed : await passBlocklist(work, claimed);
  const asked =
    claim.test || claim.hostKey === SYNTAX_HOST_KEY
      ? { within: rows, over: [] }
      : await withinCaps(claim.scope, rows, deps.isAtProvider);
  for (const row of asked.over) putOff(work, row);
  const all = Promise.all(asked.within.map((row) => ask(work, row)));
  const isInTime = await settledOrStopped(all, signal, 2 * budgetMs(claim.lane) + GRACE_MS);
  if (isInTime || signal.aborted) return;
  // Nothing of ours should take this long, so it counts as our failure. But in the main lane the process may merely be overloaded.
  for (const row of [...work.open.values()]) {
    if (claim.lane === 'slow') accept(work, row, failedAnswer(row.email, deps.now()));
    else {
      work.open.delete(row.n);
      work.slow.push(row.n);
    }
  }
}

/** Answers the rows that are on the blocklist by now, hours after the plan perhaps. Returns the others. */
async function passBlocklist({ claim, desk, open }: Work, claimed: readonly RowToAsk[]): Promise<readonly RowToAsk[]> {
  // Most workspaces have no blocklist, which is quicker to find out than which of a thousand names are on it.
  if (!(await hasBlocklist(claim.scope))) return claimed;
  const { blocked, open: rows } = await splitBlocked(claim.scope, claimed);
  for (const row of blocked) {
    open.delete(row.n);
    desk.add(row);
  }
  return rows;
}

async function ask(work: Work, row: RowToAsk): Promise<void> {
  const { claim, deps, signal } = work;
  if (!(await deps.gate.enter(signal))) return;
  try {
    const answer = await askRow(row, { test: claim.test, lane: claim.lane, signal }, deps);
    if (!signal.aborted && work.open.has(row.n)) accept(work, row, answer);
  } finally {
    deps.gate.leave();
  }
}

function accept(work: Work, row: RowToAsk, answer: EngineAnswer): void {
  const { claim, deps } = work;
  const { lane, test } = claim;
  work.open.delete(row.n);
  const sorted = sortAnswer(row, answer, { lane, test, now: deps.now(), random: deps.random() });
  if (sorted.kind === 'retry') work.retries.push(sorted.retry);
  else if (sorted.kind === 'slow') work.slow.push(row.n);
  else if (sorted.kind === 'held_back') work.heldBack.push(row.n);
  else work.desk.add(toFinalRow(row, answer, !test && claim.hostKey !== SYNTAX_HOST_KEY));
}

/** Postpones a row that is beyond the share of its domain. */
function putOff(work: Work, row: RowToAsk): void {
  const { n, attempt, triplet, evidence } = row;
  work.open.delete(n);
  work.retries.push({ n, attempt, dueAt: nextHour(work.deps.now(), work.deps.random()), triplet, evidence });
}

async function leave(work: Work): Promise<void> {
  const { claim, desk, retries, slow, heldBack, deps } = work;
  const isTaken = await desk.finish();
  // Results were refused: the list was canceled or another worker has the chunk, so there is nothing to leave.
  if (!isTaken) return;
  const unasked = [...work.open.keys()];
  const { hostKey, lane } = claim;
  await leaveChunk(claim.scope, { claim, hostKey, lane, retries, slow, heldBack, unasked, now: deps.now() });
  if (retries.length > 0) deps.notices.changed(claim.listId);
}

/** True if everything was done before the signal to stop and before the time was over. */
function settledOrStopped(all: Promise<unknown>, signal: AbortSignal, timeMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const end = (isDone: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(isDone);
    };
    const stop = (): void => end(false);
    const timer = setTimeout(stop, timeMs);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    all.then(() => end(true), reject);
  });
}

// Collects the verdicts of one chunk and writes them in batches, when there are enough or after a moment. One batch is written at a time.
// If the database is away for a moment, writing is retried. If results are no longer taken, the desk reports that once and drops the rest.

/** A supervised PostgreSQL is back within seconds. */
const TRIES_AFTER_MS = [300, 600, 1_200, 2_400, 4_800];

export interface DeskOptions {
  /** False if no more results are taken. */
  write(rows: readonly FinalRow[]): Promise<boolean>;
  /** Called after a batch was written. */
  onWritten(): void;
  /** Called when results are no longer taken. */
  onClosed(): void;
  log: Log;
}

class ResultDesk {
  private rows: FinalRow[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private isClosed = false;
  private failure: unknown = null;

  constructor(private readonly options: DeskOptions) {}

  add(row: FinalRow): void {
    if (this.isClosed) return;
    this.rows.push(row);
    if (this.rows.length >= BATCH_MAX_ROWS) this.send();
    else this.timer ??= setTimeout(() => this.send(), BATCH_EVERY_MS);
  }

  /** Writes the remaining rows. Throws if a batch could not be written. False if results were refused. */
  async finish(): Promise<boolean> {
    this.send();
    await this.writing;
    if (this.failure !== null) throw this.failure instanceof Error ? this.failure : new Error('a batch could not be written');
    return !this.isClosed;
  }

  private send(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.rows;
    this.rows = [];
    if (batch.length > 0) this.writing = this.writing.then(() => this.write(batch));
  }

  private async write(batch: readonly FinalRow[]): Promise<void> {
    for (let tries = 0; !this.isClosed; tries++) {
      try {
        if (await this.options.write(batch)) return this.options.onWritten();
        return this.close(null);
      } catch (error) {
        const pauseMs = TRIES_AFTER_MS[tries];
        if (pauseMs === undefined) return this.close(error);
        this.options.log.warn({ error: describeError(error) }, 'results of a list could not be written; trying again');
        await sleep(pauseMs);
      }
    }
  }

  private close(failure: unknown): void {
    this.isClosed = true;
    this.failure = failure;
    this.options.onClosed();
  }
}
