// The entrance to all limits of one destination: sessions open in this process, and connections and recipients per hour across all workers.
// Not limited: hosts in the zone of the provider at whose pace they are asked (names in a provider's zone are the provider's; a customer's
// own name that leads to the same address is not), and addresses that composition exempts.
import type { Provider } from '@/lib/verdict/mail-host';
import { DESTINATION_TURN_MS } from '@/lib/platform/limits';
import type { Clock } from '@/worker/engine/ports';
import type { RecognizeProvider } from '../ports';
import { CONNECTION_GONE_MS, type DestinationLimits } from '../timeouts';
import { destinationOf, type Destination, type DestinationStore } from './destination';
import { HourlyAllowances } from './hourly-allowances';
import { SessionLine, type LineSetting, type Release } from './session-line';

export type { DestinationStore } from './destination';

export interface DestinationSetting extends Pick<LineSetting, 'workers' | 'makeRoom'> {
  limits: DestinationLimits;
  /** Null: nothing is counted per hour. */
  store: DestinationStore | null;
  isUnbounded: (address: string) => boolean;
  recognizeProvider: RecognizeProvider;
  clock: Clock;
  maxEntries: number;
}

export type Admission =
  /** `stay` is null if nothing limits the destination. */
  | { kind: 'in'; stay: Stay | null }
  /** Nothing more this hour. `until` is epoch ms. */
  | { kind: 'full'; until: number }
  /** No question wants to go there any more. */
  | { kind: 'unwanted' };

/** Others are ahead of us there, or its allowance has to be requested: the admission comes later. */
export type Entry = Admission | { kind: 'line'; turn: Promise<Admission> };

interface Going {
  /** Whether a single check wants the place. */
  isSingle: () => boolean;
  isWanted: () => boolean;
}

const UNBOUNDED: Admission = { kind: 'in', stay: null };
const UNWANTED = { kind: 'unwanted' } as const;

export class Destinations {
  private readonly line: SessionLine;
  private readonly allowances: HourlyAllowances | null;

  constructor(private readonly setting: DestinationSetting) {
    const { limits, store, workers, makeRoom } = setting;
    const sessions = { anAddress: limits.anAddress.sessions, aNet: limits.aNet.sessions };
    this.line = new SessionLine({ sessions, workers, makeRoom });
    this.allowances = store === null ? null : new HourlyAllowances({ ...setting, ...limits, store });
  }

  /** Takes a place for one connection, to be given back when it has ended. */
  enter(route: { host: string; address: string; provider: Provider | null }, going: Going): Entry {
    if (this.isUnbounded(route)) return UNBOUNDED;
    const destination = destinationOf(route.address);
    const full = this.whenFull(destination, going.isSingle());
    if (full !== null) return full;
    const release = this.line.enter(destination);
    if (release !== null) return this.welcome(destination, release, going);
    const turn = this.line.wait({ destination, ...going }).then((late) => {
      const entry = late === null ? UNWANTED : this.welcome(destination, late, going);
      return entry.kind === 'line' ? entry.turn : entry;
    });
    return { kind: 'line', turn };
  }

  private welcome(destination: Destination, release: Release, { isSingle }: Going): Entry {
    const { allowances, line, setting } = this;
    const stay = new Stay(destination, { line, allowances, clock: setting.clock, release });
    const forSingle = isSingle();
    if (allowances === null || allowances.takeLeased(destination, forSingle)) return { kind: 'in', stay };
    const turn = allowances.takeConnection(destination, forSingle).then((isTaken): Admission => {
      if (isTaken) return { kind: 'in', stay };
      release();
      return this.whenFull(destination, forSingle) ?? UNWANTED;
    });
    return { kind: 'line', turn };
  }

  private whenFull(destination: Destination, isSingle: boolean): Admission | null {
    const until = this.allowances?.usedUpUntil(destination, isSingle, ['connections', 'recipients']) ?? null;
    return until === null ? null : { kind: 'full', until };
  }

  private isUnbounded({ host, address, provider }: { host: string; address: string; provider: Provider | null }): boolean {
    if (this.setting.isUnbounded(address)) return true;
    if (provider === null) return false;
    return this.setting.recognizeProvider({ mxHosts: [host], greeting: null })?.id === provider.id;
  }
}

/** One connection at its destination, from before dialing to its end. */
export class Stay {
  private readonly since: number;

  constructor(
    readonly destination: Destination,
    private readonly of: { line: SessionLine; allowances: HourlyAllowances | null; clock: Clock; release: Release },
  ) {
    this.since = of.clock.now();
  }

  /** No connection was made for it. */
  cancel(): void {
    this.of.release();
  }
  /** Its connection has ended. */
  end(): void {
    setTimeout(this.of.release, CONNECTION_GONE_MS).unref();
  }

  /** Someone waits in line for what its end would free. */
  get isWanted(): boolean {
    return this.of.line.isWantedAt(this.destination);
  }
  /** It has been here long enough for others to have their turn. */
  get isTurnOver(): boolean {
    return this.of.clock.now() - this.since > DESTINATION_TURN_MS && this.isWanted;
  }

  /** Recipients that may be sent now. */
  recipientsLeft(isSingle: boolean): number {
    return this.of.allowances?.recipientsLeft(this.destination, isSingle) ?? Number.POSITIVE_INFINITY;
  }
  /** No more recipients may be sent here this hour. */
  isUsedUp(isSingle: boolean): boolean {
    return (this.of.allowances?.usedUpUntil(this.destination, isSingle, ['recipients']) ?? null) !== null;
  }
  spend(isSingle: boolean, recipients: number): void {
    if (recipients > 0) this.of.allowances?.spendRecipients(this.destination, isSingle, recipients);
  }
  /** Resolves when it is worthwhile to look again. */
  async moreRecipients(isSingle: boolean): Promise<void> {
    await this.of.allowances?.moreRecipients(this.destination, isSingle);
  }
}
