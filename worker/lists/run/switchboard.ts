// Which chunks this process has in hand, and the word to let go of them: within a second of a list being paused, cancelled or started
// anew, and at once when the process stops. It asks the database, since a notification may be lost where a look is not.
import { listStatesOf } from '@/lib/lists/store/run';
import { describeError } from '@/lib/platform/errors';
import type { Log } from '@/lib/platform/log';

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
