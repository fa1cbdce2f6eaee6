// Gathers the verdicts of one chunk and writes them in batches: when enough are there, or after a moment. One batch is written at a
// time. A database that is away for a moment is waited for; when nobody takes results any more, the desk says so once and drops
// the rest.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FinalRow } from '@/lib/lists/store/results';
import { describeError } from '@/lib/platform/errors';
import { BATCH_EVERY_MS, BATCH_MAX_ROWS } from '@/lib/platform/limits';
import type { Log } from '@/lib/platform/log';

/** PostgreSQL is back within seconds where a supervisor keeps it. */
const TRIES_AFTER_MS = [300, 600, 1_200, 2_400, 4_800];

export interface DeskOptions {
  /** False: no more results are taken. */
  write(rows: readonly FinalRow[]): Promise<boolean>;
  /** After a batch was written. */
  onWritten(): void;
  /** Results are not taken any more. */
  onClosed(): void;
  log: Log;
}

export class ResultDesk {
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

  /** Writes what is there; throws what kept a batch from being written. False: results were refused. */
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
