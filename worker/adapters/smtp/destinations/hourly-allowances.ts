// What is left of the hour at each destination, as far as this process has leased it: connections and recipients, in a part for everyone
// and a part for single checks only. Guarantees: nothing is used that was not leased; a lease is requested once, however many wait for it;
// what is known to be used up is not requested again before the hour is over.
import type { Clock } from '@/worker/engine/ports';
import { DESTINATION_RESERVE_SHARE } from '@/lib/platform/limits';
import { BoundedMap } from '../../../engine/bounded-maps';
import type { DestinationLimits } from '../timeouts';
import type { Destination, DestinationStore, LeaseAsk, Leases, Tally } from './destination';

/** The largest lease and the first one, as shares of a limit: what a process holds and does not use is lost to the others. */
const LEASE_SHARE = 0.05;
const FIRST_LEASE_SHARE = LEASE_SHARE / 30;
/** More is leased in advance when this little of the last lease is left. */
const LOW_SHARE = 0.25;
/** How long after a failure the store is asked again; until then only what is already leased is used. */
const STORE_PAUSE_MS = 5_000;

type Bounds = DestinationLimits['anAddress'];

export interface AllowanceSetting extends DestinationLimits {
  store: DestinationStore;
  clock: Clock;
  maxEntries: number;
}

type What = keyof Tally;

/** A part of one destination's hour. */
class Purse {
  readonly left: Tally = { connections: 0, recipients: 0 };
  readonly isUsedUp = { connections: false, recipients: false };
  /** A lease that is under way. */
  coming: Promise<void> | null = null;
  private size: Tally;

  constructor(readonly cap: Tally) {
    this.size = { connections: firstOf(cap.connections), recipients: firstOf(cap.recipients) };
  }

  /** None left here, and none to be had. */
  isEmpty(what: What): boolean {
    return this.isUsedUp[what] && this.left[what] < 1;
  }
  isLow(what: What): boolean {
    return !this.isUsedUp[what] && this.left[what] < this.size[what] * LOW_SHARE;
  }

  get wanted(): Tally {
    const of = (what: What): number => (this.left[what] < 1 || this.isLow(what) ? this.size[what] : 0);
    return { connections: of('connections'), recipients: of('recipients') };
  }

  put(wanted: Tally, granted: Tally): void {
    for (const what of ['connections', 'recipients'] as const) {
      if (wanted[what] === 0) continue;
      this.left[what] += granted[what];
      this.isUsedUp[what] = granted[what] === 0;
      this.size[what] = Math.min(2 * this.size[what], Math.max(1, Math.floor(this.cap[what] * LEASE_SHARE)));
    }
  }

  close(): void {
    for (const what of ['connections', 'recipients'] as const) this.isUsedUp[what] = true;
  }
}

const firstOf = (cap: number): number => Math.max(1, Math.ceil(cap * FIRST_LEASE_SHARE));

interface Account {
  name: string;
  /** Epoch ms: the end of the hour. Nothing is known before the first lease. */
  until: number;
  everybody: Purse;
  /** Null until a single check needs the reserve. */
  singles: Purse | null;
  all: Tally;
}

/** What the whole hour has, and how much of it everyone may use: the same for all destinations of a kind. */
interface Caps {
  all: Tally;
  most: Tally;
}

function capsOf({ connectionsAnHour, recipientsAnHour }: Bounds): Caps {
  const share = 1 - DESTINATION_RESERVE_SHARE;
  return {
    all: { connections: connectionsAnHour, recipients: recipientsAnHour },
    most: { connections: Math.floor(connectionsAnHour * share), recipients: Math.floor(recipientsAnHour * share) },
  };
}

export class HourlyAllowances {
  private readonly accounts: BoundedMap<string, Account>;
  private asked: { account: Account; purse: Purse; done: () => void }[] = [];
  private isAsking = false;
  private readonly atAddress: Caps;
  private readonly atNet: Caps;

  constructor(private readonly setting: AllowanceSetting) {
    this.accounts = new BoundedMap(setting.maxEntries);
    this.atAddress = capsOf(setting.anAddress);
    this.atNet = capsOf(setting.aNet);
  }

  /** Until when (epoch ms) nothing more may be sent there; null if something may, as far as is known. */
  usedUpUntil(destination: Destination, isSingle: boolean, whats: readonly What[]): number | null {
    const empty = this.accountsOf(destination).filter((account) =>
      whats.some((what) => this.purseOf(account, what, isSingle).isEmpty(what)),
    );
    return empty.length === 0 ? null : Math.max(...empty.map(({ until }) => until));
  }

  /** Takes one connection; false if the hour has none left. */
  async takeConnection(destination: Destination, isSingle: boolean): Promise<boolean> {
    while (this.usedUpUntil(destination, isSingle, ['connections', 'recipients']) === null) {
      if (this.takeLeased(destination, isSingle)) return true;
      await this.refill(destination, isSingle, 'connections');
    }
    return false;
  }

  /** The same without asking for a lease. */
  takeLeased(destination: Destination, isSingle: boolean): boolean {
    const purses = this.accountsOf(destination).map((account) => this.purseOf(account, 'connections', isSingle));
    if (purses.some(({ left }) => left.connections < 1)) return false;
    for (const { left } of purses) left.connections -= 1;
    return true;
  }

  /** Recipients that may be sent now. */
  recipientsLeft(destination: Destination, isSingle: boolean): number {
    const lefts = this.accountsOf(destination).map((account) => this.purseOf(account, 'recipients', isSingle).left.recipients);
    return Math.max(0, Math.min(...lefts));
  }

  spendRecipients(destination: Destination, isSingle: boolean, count: number): void {
    for (const account of this.accountsOf(destination)) {
      const purse = this.purseOf(account, 'recipients', isSingle);
      purse.left.recipients -= count;
      if (purse.isLow('recipients')) void this.ask(account, purse);
    }
  }

  /** Resolves when it is worthwhile to look again. */
  async moreRecipients(destination: Destination, isSingle: boolean): Promise<void> {
    await this.refill(destination, isSingle, 'recipients');
  }

  private async refill(destination: Destination, isSingle: boolean, what: What): Promise<void> {
    const asking: Promise<void>[] = [];
    for (const account of this.accountsOf(destination)) {
      const purse = this.purseOf(account, what, isSingle);
      if (purse.left[what] < 1 && !purse.isUsedUp[what]) asking.push(this.ask(account, purse));
    }
    await Promise.all(asking);
  }

  /** Single checks use the reserve only when nothing else is left. */
  private purseOf(account: Account, what: What, isSingle: boolean): Purse {
    const { everybody, all } = account;
    if (!isSingle || !everybody.isEmpty(what)) return everybody;
    account.singles ??= new Purse(all);
    return account.singles;
  }

  private accountsOf({ address, net }: Destination): readonly Account[] {
    const own = this.accountOf(address, this.atAddress);
    return net === address ? [own] : [own, this.accountOf(net, this.atNet)];
  }

  private accountOf(name: string, { all, most }: Caps): Account {
    const known = this.accounts.get(name);
    if (known !== undefined && this.setting.clock.now() < known.until) return known;
    const account: Account = { name, until: Number.POSITIVE_INFINITY, everybody: new Purse(most), singles: null, all };
    this.accounts.set(name, account);
    return account;
  }

  private ask(account: Account, purse: Purse): Promise<void> {
    purse.coming ??= new Promise((done) => {
      this.asked.push({ account, purse, done });
      if (!this.isAsking) setImmediate(() => void this.askStore());
    });
    return purse.coming;
  }

  /** Asks the store once for everything requested so far. Never rejects. */
  private async askStore(): Promise<void> {
    if (this.isAsking || this.asked.length === 0) return;
    this.isAsking = true;
    const asked = this.asked;
    this.asked = [];
    const asks = asked.map(({ account, purse }) => ({ destination: account.name, wanted: purse.wanted, cap: purse.cap }));
    const leases = await this.lease(asks);
    const now = this.setting.clock.now();
    for (const [at, { account, purse, done }] of asked.entries()) {
      const granted = leases?.granted[at];
      purse.coming = null;
      account.until = Math.min(account.until, now + (leases?.leftMs ?? STORE_PAUSE_MS));
      if (granted === undefined) purse.close();
      else purse.put(asks[at]?.wanted ?? granted, granted);
      done();
    }
    this.isAsking = false;
    void this.askStore();
  }

  private async lease(asks: readonly LeaseAsk[]): Promise<Leases | null> {
    try {
      return await this.setting.store.lease(asks);
    } catch {
      return null;
    }
  }
}
