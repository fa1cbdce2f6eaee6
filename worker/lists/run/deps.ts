// What work on lists needs of its process: the engine, the clock, and what the process knows of its own work.
import { listStatesOf, announceLists, type RowToAsk } from '@/lib/lists/store/run';
import { describeError } from '@/lib/platform/errors';
import { BULK_ADDRESSES_AT_ONCE, BULK_SLOTS, LIST_NOTICES_A_SECOND, NEXT_HOUR_SPREAD_MS } from '@/lib/platform/limits';
import type { Log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';
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

// Which chunks this process has in hand, and the word to let go of them: within a second of a list being paused, cancelled or started
// anew, and at once when the process stops. It asks the database, since a notification may be lost where a look is not.

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

  /** Names of the claims in hand. */
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

  /** Every chunk is given back; none is taken any more. */
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

// Announces the progress of lists to those who watch: at once, and then at most so often a second and list; what comes in between is
// announced at the end of the pause, so that the last status is always told. A notice that can't be sent is not missed: the next one
// says the same.

const PAUSE_MS = 1_000 / LIST_NOTICES_A_SECOND;

class Notices {
  /** Lists in their pause, and whether something changed meanwhile. */
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

// The workspace's share of a target domain's hour, for the rows of a chunk: taken in one statement where little is asked of a domain.
// Rows beyond it wait for the next hour, however often. Domains at a known provider are bounded by its pace and not here.

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

const HOUR_MS = 3_600_000;

/** Some minutes into the next hour, so that not everything comes at once. */
export const nextHour = (now: number, random: number): Date =>
  new Date((Math.floor(now / HOUR_MS) + 1) * HOUR_MS + random * NEXT_HOUR_SPREAD_MS);
