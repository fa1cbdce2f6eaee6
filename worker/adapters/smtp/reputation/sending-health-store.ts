// Stores and shares the health of sending identities. The memory version ends with the process and serves the command line and tests; a
// database version, shared by all workers, lives with the data. A store that fails costs freshness, never an answer.
import { applyHealth, newHealth, type HealthTally, type SendingHealth } from '@/lib/verdict/sending-health';
import type { Clock } from '@/worker/engine/ports';
import { BoundedMap } from '../bounded-map';

/** One sending identity at one provider, or at one mail host of no known provider. */
export interface HealthKey {
  identity: string;
  provider: string;
}

export interface HealthDelta extends HealthKey {
  /** The initial pace of a pair that is new to the store. */
  firstPace: number;
  tally: HealthTally;
}

export interface HealthState extends HealthKey {
  health: SendingHealth;
}

export interface HealthNews {
  /** Every pair that was sent, and those of these identities that changed since, whichever worker changed them. */
  states: readonly HealthState[];
  /** How many workers are alive and share a provider's pace; at least 1. */
  workers: number;
  /** The store's time, to pass as `since` next time. */
  at: number;
}

export interface HealthExchange {
  /** The identities of this process: no others' pairs are returned. */
  identities: readonly string[];
  /** What happened here since the last exchange: one per pair. */
  deltas: readonly HealthDelta[];
  /** Epoch ms by the store's clock; null: everything that is known. */
  since: number | null;
}

export interface SendingHealthStore {
  exchange(exchange: HealthExchange): Promise<HealthNews>;
}

export function createMemorySendingHealthStore(
  clock: Clock = { now: () => Date.now() },
  maxEntries = 20_000,
): SendingHealthStore {
  const states = new BoundedMap<string, HealthState>(maxEntries);
  return {
    exchange: ({ identities, deltas, since }) => {
      const now = clock.now();
      for (const { identity, provider, firstPace, tally } of deltas) {
        const key = JSON.stringify([identity, provider]);
        const before = states.get(key)?.health ?? newHealth(firstPace, now);
        states.set(key, { identity, provider, health: applyHealth(before, tally, now) });
      }
      const isNews = ({ identity, health }: HealthState): boolean =>
        identities.includes(identity) && (since === null || health.updatedAt >= since);
      return Promise.resolve({ states: states.values.filter(isNews), workers: 1, at: now });
    },
  };
}
