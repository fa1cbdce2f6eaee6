// What work on lists needs from its process: the engine, the clock, and the state of the process's own work.
import { listStatesOf, announceLists, type RowToAsk } from '@/lib/lists/store/run';
import { describeError } from '@/lib/platform/errors';
import { BULK_ADDRESSES_AT_ONCE, BULK_SLOTS, LIST_NOTICES_A_SECOND, NEXT_HOUR_SPREAD_MS } from '@/lib/platform/limits';
import type { Log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';
import { HOUR_MS } from '@/lib/platform/time';
import type { EngineAnswer } from '@/lib/verdict/answer';
import type { LayerReport } from '@/lib/verdict/evidence';
import type { Subject } from '../../engine/findings';
import { takeProbes } from '../../stores/domain-probes';

export interface BulkDeps {
  verify: (subject: Subject, onLayer: (layer: LayerReport) => void) => Promise<EngineAnswer>;
  isAtProvider: IsAtProvider;
  now(): number;
  /** 0 ≤ n < 1 */
  random(): number;
  log: Log;
  /** The number of chunks under way at once in a process; claims use it to leave room to other lists. */
  slots: number;
  workerId: string;
  board: Switchboard;
  gate: Gate;
  notices: Notices;
}

/** What a process needs to work on lists; created once per process. */
export type BulkOptions = Pick<BulkDeps, 'verify' | 'now' | 'random' | 'log' | 'workerId'> & {
  slots?: number | undefined;
  /** Omitted: no domain is at a known provider. */
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

/**
 * Bounds the number of list addresses under way at once in this process, first come, first served. A waiter that gives up takes no place.
 */
export class Gate {
  private free: number;
  private readonly waiting: { enter: (isIn: boolean) => void; signal: AbortSignal }[] = [];

  constructor(atOnce: number) {
    this.free = atOnce;
  }

  /** False if the signal came first. */
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

// Which chunks this process works on, and the signals to stop: within a second after a list is paused, canceled or restarted, and at once
// when the process stops. It polls the database, since a notification may be lost.

const LOOK_EVERY_MS = 500;

export interface InHand {
  claimId: string;
  listId: string;
  run: number;
}

interface Hand extends InHand {
  controller: AbortController;
}

export class Switchboard {
  private readonly hands = new Map<string, Hand>();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;
  private stopped = false;

  constructor(private readonly log: Log) {}

  get isStopped(): boolean {
    return this.stopped;
  }

  /** Ids of the current claims. */
  claims(): string[] {
    return [...this.hands.keys()];
  }

  take({ claimId, listId, run }: InHand): AbortController {
    const controller = new AbortController();
    this.hands.set(claimId, { claimId, listId, run, controller });
    if (this.stopped) controller.abort();
    this.timer ??= setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
    return controller;
  }

  release(claimId: string): void {
    this.hands.delete(claimId);
    if (this.hands.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Signals all chunks to stop; chunks taken later are stopped at once. */
  stop(): void {
    this.stopped = true;
    for (const { controller } of this.hands.values()) controller.abort();
  }

  private async look(): Promise<void> {
    if (this.isLooking || this.hands.size === 0) return;
    this.isLooking = true;
    try {
      const statuses = await listStatesOf([...new Set([...this.hands.values()].map(({ listId }) => listId))]);
      const runs = new Map(
        statuses.map((list) => [list.id, list.status === 'queued' || list.status === 'running' ? list.run : null]),
      );
      for (const hand of this.hands.values()) if (runs.get(hand.listId) !== hand.run) hand.controller.abort();
    } catch (error) {
      this.log.warn({ error: describeError(error) }, 'the statuses of lists could not be read');
    } finally {
      this.isLooking = false;
    }
  }
}

// Announces the progress of lists to clients that watch: at once, and then at a limited rate per list. Changes during a pause are announced
// at its end, so that the last state is always announced. A notice that cannot be sent is not repeated, since the next one says the same.

const PAUSE_MS = 1_000 / LIST_NOTICES_A_SECOND;

class Notices {
  /** Lists in their pause, and whether something changed since it began. */
  private readonly pausing = new Map<string, boolean>();

  constructor(
    private readonly log: Log,
    private readonly announce: (ids: readonly string[]) => Promise<void> = (ids) => announceLists(ids),
  ) {}

  changed(listId: string): void {
    if (this.pausing.has(listId)) this.pausing.set(listId, true);
    else this.send(listId);
  }

  private send(listId: string): void {
    this.pausing.set(listId, false);
    this.announce([listId]).catch((error: unknown) => {
      this.log.warn({ list: listId, error: describeError(error) }, 'the progress of a list could not be announced');
    });
    setTimeout(() => {
      const isDue = this.pausing.get(listId) === true;
      this.pausing.delete(listId);
      if (isDue) this.send(listId);
    }, PAUSE_MS).unref();
  }
}

// Takes the probes for a chunk's rows from the workspace's hourly share of each target domain, in one statement for domains with little
// demand. Rows beyond the share wait for the next hour, as often as necessary. Domains at a known provider are bounded by its pace, not
// here.

export interface Capped {
  within: RowToAsk[];
  over: RowToAsk[];
}

export type IsAtProvider = (domain: string) => boolean | Promise<boolean>;

export async function withinCaps(scope: Scope, rows: readonly RowToAsk[], isAtProvider: IsAtProvider): Promise<Capped> {
  const asked = new Map<string, number>();
  for (const { domain } of rows) if (domain !== '') asked.set(domain, (asked.get(domain) ?? 0) + 1);
  const room = new Map(await takeProbes(scope, asked, 'list'));
  for (const [domain, count] of asked) {
    if ((room.get(domain) ?? 0) < count && (await isAtProvider(domain))) room.set(domain, count);
  }
  const capped: Capped = { within: [], over: [] };
  for (const row of rows) {
    const left = row.domain === '' ? Infinity : (room.get(row.domain) ?? 0);
    room.set(row.domain, left - 1);
    (left > 0 ? capped.within : capped.over).push(row);
  }
  return capped;
}

/** A random time early in the next hour, so that not everything comes at once. */
export const nextHour = (now: number, random: number): Date =>
  new Date((Math.floor(now / HOUR_MS) + 1) * HOUR_MS + random * NEXT_HOUR_SPREAD_MS);
