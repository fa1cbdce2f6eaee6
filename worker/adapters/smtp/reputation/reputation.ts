// Our reputation with those we ask. One instance per process: the health of our identities (shared with the other workers), the pace that
// they have earned, and which of them rest. `at` tells, for a host, which identity may ask there and when another session may be opened.
import type { Provider, ProviderPace, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Clock } from '@/worker/engine/ports';
import type { SmtpLimits, SmtpTimeouts } from '../timeouts';
import { Identities } from './identities';
import { IdentityRest } from './standing';
import { Pace, type IsGivingWay } from './pace';
import { type SendingHealthStore, SharedHealth } from './shared-health';

export type { Identities } from './identities';
export type { Place } from './pace';
export { createMemorySendingHealthStore, type SendingHealthStore } from './shared-health';
export { GroupSignals } from './signals';

export interface ReputationSetting {
  identities: readonly SendingIdentity[];
  clock: Clock;
  store: SendingHealthStore;
  timeouts: Pick<SmtpTimeouts, 'healthSyncMs' | 'healthFirstMs' | 'slowAfterMs'>;
  limits: Pick<SmtpLimits, 'memoryEntries' | 'sessionsInAll'> & { providerPace: ProviderPace };
  /** Ends an idle session that may give way, if there is one. */
  makeRoom: (isGivingWay: IsGivingWay) => void;
}

export class Reputation {
  private readonly health: SharedHealth;
  private readonly pace: Pace;
  private readonly rest: IdentityRest;

  constructor(private readonly setting: ReputationSetting) {
    const { identities, clock, store, timeouts, limits, makeRoom } = setting;
    const { healthSyncMs: syncMs, healthFirstMs: firstMs, slowAfterMs } = timeouts;
    const maxEntries = limits.memoryEntries;
    this.health = new SharedHealth({ store, identities, clock, syncMs, firstMs, maxEntries });
    this.pace = new Pace({ clock, sessionsInAll: limits.sessionsInAll, slowAfterMs, makeRoom });
    this.rest = new IdentityRest(clock, maxEntries);
  }

  /** Null once what was learned before is known, or did not arrive in time. */
  get starting(): Promise<void> | null {
    return this.health.starting;
  }
  /** Live workers, including this one. */
  get workers(): number {
    return this.health.workers;
  }

  at({ key, firstHost }: { key: string; firstHost: string }, provider: Provider | null): Identities {
    const { identities, clock, limits } = this.setting;
    const { health, pace, rest } = this;
    return new Identities({ key, firstHost, identities, clock, limits, health, pace, rest }, provider);
  }

  /** Sends what has not been sent yet. */
  close(): Promise<void> {
    return this.health.close();
  }
}
