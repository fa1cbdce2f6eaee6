// The standings of our identities in this process, and their exchange with the store that all workers share: every few seconds while there
// is news in either direction, and at once after a cut or a rest. Guarantees: the first question already knows what was learned before; a
// slow or failing store delays no one; what is remembered is bounded. The store in memory ends with the process and serves the command line
// and tests; one in the database lives with the data.
import { type HealthTally, type SendingHealth, applyHealth, newHealth } from '@/lib/verdict/health';
import type { SendingIdentity } from '@/lib/verdict/mail-host';
import type { Clock } from '@/worker/engine/ports';
import { BoundedMap } from '../../../engine/bounded-maps';
import { type HealthDelta, type HealthKey, Standing } from './standing';

/** Pairs sent in one exchange; the rest go with the next. */
export const HEALTH_BATCH = 500;
/** A cut or a rest is sent after this delay, together with what comes meanwhile. */
const URGENT_MS = 50;

export interface SharedHealthSetting {
  store: SendingHealthStore;
  identities: readonly SendingIdentity[];
  clock: Clock;
  syncMs: number;
  /** The longest that the first question waits for what was learned before. */
  firstMs: number;
  maxEntries: number;
}

/** Whom an identity is going to ask: a provider with a card, or a mail host of no known provider. */
export interface Whom {
  provider: string | null;
  host: string;
}

export const identityName = ({ helo, address }: SendingIdentity): string => (address === null ? helo : `${helo} ${address}`);

export class SharedHealth {
  /** Live workers, including this one: each takes its share of a provider's pace. */
  workers = 1;
  /** Null once what was learned before is known, or did not arrive in time. */
  starting: Promise<void> | null;
  private readonly names: readonly string[];
  /** At most one per card. */
  private readonly atProviders = new Map<string, Standing>();
  private readonly atHosts: BoundedMap<string, Standing>;
  /** What the store said about pairs that no question here has needed yet. */
  private readonly hearsay: BoundedMap<string, SendingHealth>;
  private readonly untold = new Set<Standing>();
  private timer: NodeJS.Timeout | null = null;
  private isUrgent = false;
  private underWay: Promise<void> | null = null;
  private since: number | null = null;
  private isClosed = false;

  constructor(private readonly setting: SharedHealthSetting) {
    this.names = [...new Set(setting.identities.map(identityName))];
    this.atHosts = new BoundedMap(setting.maxEntries);
    this.hearsay = new BoundedMap(setting.maxEntries);
    this.starting = this.withinFirst(this.sync()).then(() => {
      this.starting = null;
    });
  }

  standingOf(identity: SendingIdentity, { provider, host }: Whom): Standing {
    const key = { identity: identityName(identity), provider: provider ?? host };
    const id = idOf(key);
    const known = this.standingAt(id);
    if (known !== undefined) return known;
    const now = this.setting.clock.now();
    const standing = new Standing(key, provider !== null, now);
    const health = this.hearsay.get(id);
    if (health !== undefined) standing.learn(health, now);
    if (provider === null) this.atHosts.set(id, standing);
    else this.atProviders.set(id, standing);
    return standing;
  }

  note(standing: Standing, tally: HealthTally): void {
    const isUrgent = standing.note(tally, this.setting.clock.now());
    if (standing.isUntold) this.untold.add(standing);
    this.touch(isUrgent);
  }

  /** A question relies on what is known here, so it should be fresh. */
  touch(isUrgent = false): void {
    if (this.isClosed || (this.timer !== null && (this.isUrgent || !isUrgent))) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.isUrgent = isUrgent;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        void this.sync();
      },
      isUrgent ? URGENT_MS : this.setting.syncMs,
    ).unref();
  }

  /** Runs one exchange at a time. Never rejects. */
  async sync(): Promise<void> {
    while (this.underWay !== null) await this.underWay;
    this.underWay = this.exchange();
    await this.underWay;
  }

  /** Sends what has not been sent yet. */
  async close(): Promise<void> {
    this.isClosed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.untold.size > 0) await this.withinFirst(this.sync());
  }

  private standingAt(id: string): Standing | undefined {
    return this.atProviders.get(id) ?? this.atHosts.get(id);
  }

  private async exchange(): Promise<void> {
    const told = [...this.untold].slice(0, HEALTH_BATCH);
    for (const standing of told) this.untold.delete(standing);
    const deltas = told.map((standing) => standing.tell());
    const news = await this.ask(deltas);
    if (news === null) {
      for (const standing of told) {
        standing.untellable();
        this.untold.add(standing);
      }
    } else {
      this.learn(news, new Map(told.map((standing) => [idOf(standing.key), standing])));
    }
    this.underWay = null;
    if (this.untold.size > 0) this.touch();
  }

  private async ask(deltas: readonly HealthDelta[]): Promise<HealthNews | null> {
    try {
      return await this.setting.store.exchange({ identities: this.names, deltas, since: this.since });
    } catch {
      return null;
    }
  }

  private learn({ states, workers, at }: HealthNews, told: ReadonlyMap<string, Standing>): void {
    const now = this.setting.clock.now();
    this.workers = Math.max(1, workers);
    this.since = at;
    for (const { health, ...key } of states) {
      const id = idOf(key);
      const standing = told.get(id) ?? this.standingAt(id);
      if (standing === undefined) this.hearsay.set(id, health);
      else standing.learn(health, now);
    }
  }

  private withinFirst(sync: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.setting.firstMs);
      void sync.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

const idOf = ({ identity, provider }: { identity: string; provider: string }): string => `${identity}\n${provider}`;

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
