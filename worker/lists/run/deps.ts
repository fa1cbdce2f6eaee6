// What work on lists needs of its process: the engine, the clock, and what the process knows of its own work.
import { BULK_ADDRESSES_AT_ONCE, BULK_SLOTS } from '@/lib/platform/limits';
import type { Log } from '@/lib/platform/log';
import type { EngineAnswer } from '@/lib/verdict/answer';
import type { LayerReport } from '@/lib/verdict/evidence';
import type { Subject } from '../../engine/findings';
import type { IsAtProvider } from './caps';
import { Notices } from './notices';
import { Switchboard } from './switchboard';

export interface BulkDeps {
  verify: (subject: Subject, onLayer: (layer: LayerReport) => void) => Promise<EngineAnswer>;
  isAtProvider: IsAtProvider;
  now(): number;
  /** 0 ≤ n < 1 */
  random(): number;
  log: Log;
  /** Chunks under way at once in a process; for the room that a claim leaves to others. */
  slots: number;
  workerId: string;
  board: Switchboard;
  gate: Gate;
  notices: Notices;
}

/** What one process needs to work on lists, put together once. */
export type BulkOptions = Pick<BulkDeps, 'verify' | 'now' | 'random' | 'log' | 'workerId'> & {
  slots?: number | undefined;
  /** Left out: at none that we know. */
  isAtProvider?: BulkDeps['isAtProvider'] | undefined;
};

export function createBulkDeps(options: BulkOptions): BulkDeps {
  const { log } = options;
  return {
    ...options,
    isAtProvider: options.isAtProvider ?? (() => false),
    slots: options.slots ?? BULK_SLOTS,
    board: new Switchboard(log),
    gate: new Gate(BULK_ADDRESSES_AT_ONCE),
    notices: new Notices(log),
  };
}

/** Lets so many addresses of lists through at once in this process, first come first served. Who stops waiting takes no place. */
export class Gate {
  private free: number;
  private readonly waiting: { enter: (isIn: boolean) => void; signal: AbortSignal }[] = [];

  constructor(atOnce: number) {
    this.free = atOnce;
  }

  /** False when the signal came first. */
  enter(signal: AbortSignal): Promise<boolean> | boolean {
    if (signal.aborted) return false;
    if (this.free > 0) {
      this.free--;
      return true;
    }
    return new Promise((enter) => this.waiting.push({ enter, signal }));
  }

  leave(): void {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      next.enter(!next.signal.aborted);
      if (!next.signal.aborted) return;
    }
    this.free++;
  }
}
