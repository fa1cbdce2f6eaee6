// The identities with which one host's questions are asked: each one's standing at the provider, its gate there, and which one replaces an
// identity that rests or has used up its pace. Guarantees: the order of the pool, unless something speaks against it; at a known provider
// no resting identity asks, and if all rest, the answer is what the provider said last; a host of no known provider is always asked.
import type { HealthTally, Refusal } from '@/lib/verdict/health';
import type { Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange } from '../exchange';
import { ownNamesOf, type Sender } from '../senders';
import { CONNECTION_GAP_MAX_MS, CONNECTION_GAP_MS, type SmtpLimits } from '../timeouts';
import type { Gate } from './gate';
import type { IdentityRest, Standing } from './standing';
import type { Pace, Place } from './pace';
import type { SharedHealth } from './shared-health';

/** One identity at this host's provider, or at the host. */
export interface Repute {
  standing: Standing;
  /** Null: a host of no known provider. */
  gate: Gate | null;
}

export interface IdentitiesSetting {
  /** The key of the host's queue. */
  key: string;
  /** The same for every question, in whatever order hosts of equal preference came. */
  firstHost: string;
  /** All our identities, in the order of the pool. */
  identities: readonly SendingIdentity[];
  clock: Clock;
  limits: Pick<SmtpLimits, 'providerPace'>;
  health: SharedHealth;
  pace: Pace;
  rest: IdentityRest;
}

/** The sender that a question would use, and all those it may use. */
interface Wish {
  sender: Sender;
  senders: readonly Sender[];
}

/** `550 5.7.1 Client host blocked`, in the form in which it was stored. */
const KEPT_REFUSAL = /^([2-5]\d\d)(?: ([245]\.\d{1,3}\.\d{1,3}))? ?(.*)$/s;

export class Identities {
  private reputes = new Map<SendingIdentity, Repute>();

  constructor(
    private readonly setting: IdentitiesSetting,
    private provider: Provider | null,
  ) {}

  /** Later questions may know the provider better. */
  areAt(provider: Provider | null): void {
    if (provider?.id !== this.provider?.id) this.reputes = new Map();
    this.provider = provider;
  }

  of(identity: SendingIdentity): Repute {
    const known = this.reputes.get(identity);
    if (known !== undefined) return known;
    const { health, pace, limits, firstHost } = this.setting;
    const { provider } = this;
    const standing = health.standingOf(identity, { provider: provider?.id ?? null, host: firstHost });
    const full = provider === null ? null : (provider.pace ?? limits.providerPace);
    const gate = full === null ? null : pace.gateOf(standing, { identity, full, workers: () => health.workers });
    const repute = { standing, gate };
    this.reputes.set(identity, repute);
    return repute;
  }

  /** Notes what was said about an identity here, for the health that all workers share. */
  note(identity: SendingIdentity, tally: HealthTally): void {
    this.setting.health.note(this.of(identity).standing, tally);
  }

  /** This sender was refused here: for a while the next question begins with another one. */
  rest(sender: Sender): void {
    this.setting.rest.rest(this.setting.key, sender);
  }

  /** Gets a place for one more session with this identity; null if it is no longer wanted when its turn comes. */
  enter(identity: SendingIdentity, turn: { deadline: number; isWanted: () => boolean }): Promise<Place | null> {
    return this.setting.pace.enter({ gate: this.of(identity).gate, ...turn });
  }
  /** A question waits for the place that the end of one of this identity's sessions would free. */
  isPlaceWanted(identity: SendingIdentity): boolean {
    return this.setting.pace.isWanted(this.of(identity).gate);
  }

  /** A new question should rather begin with another sender. */
  isResting(sender: Sender): boolean {
    const { rest, key } = this.setting;
    return rest.isResting(key, sender) || !this.of(sender.identity).standing.mightAdmit(this.now);
  }

  /** The identity with which a new question may begin; null if none may. A trial is a mailbox and the probe that comes with it. */
  admit(wish: Wish, isProbe: boolean): SendingIdentity | null {
    return this.firstOf(wish, ({ standing }) => standing.admits(this.now) || (isProbe && standing.phase(this.now) === 'trial'));
  }

  /** A rest has begun since this identity was admitted. */
  isKeptAway(identity: SendingIdentity): boolean {
    return this.provider !== null && this.of(identity).standing.phase(this.now) === 'resting';
  }

  /** Like `admit`, for a question whose identity is kept away. */
  readmit(wish: Wish): SendingIdentity | null {
    return this.firstOf(wish, ({ standing }) => standing.phase(this.now) !== 'resting');
  }

  /** Another identity with room at its gate. */
  spareFor({ sender, senders }: Wish): SendingIdentity | null {
    const isSpare = (other: Sender): boolean => {
      const { gate, standing } = this.of(other.identity);
      if (other.identity === sender.identity || gate === null || !gate.hasRoom || gate.allowance < 1) return false;
      return standing.phase(this.now) === 'working' && !this.setting.rest.isResting(this.setting.key, other);
    };
    return senders.find(isSpare)?.identity ?? null;
  }

  /** How many sessions the hosts allow at this pace; at a provider, the gates of all identities that may ask. */
  sessions(sessionsAHost: number): number {
    const { identities } = this.setting;
    if (this.provider === null) {
      const isSlowed = identities.some((identity) => this.reputes.get(identity)?.standing.isSlowed === true);
      return isSlowed ? 1 : sessionsAHost;
    }
    return identities.reduce((sum, identity) => sum + (this.of(identity).gate?.sessions ?? 0), 0);
  }

  /** How long to wait before dialing a host of no known provider that told us to slow down; those who wait must not run out of time. */
  gapMs(identity: SendingIdentity, due: { connections: number; leftMs: number; lastAt: number }): number {
    const { standing, gate } = this.of(identity);
    if (gate !== null || !standing.isSlowed) return 0;
    const wantedMs = Math.min(CONNECTION_GAP_MAX_MS, CONNECTION_GAP_MS * (1 / standing.pace - 1));
    const gapMs = Math.min(wantedMs, due.leftMs / (2 * Math.max(1, due.connections)));
    return Math.max(0, due.lastAt + gapMs - this.now);
  }

  /** What the provider last said to one of our identities, with its date. */
  lastRefusalOf({ sender, senders }: Wish): Exchange {
    // Other workers may have found out by now that it is over.
    this.setting.health.touch();
    let identity = sender.identity;
    let last: Refusal | null = null;
    for (const each of senders) {
      const { lastRefusal } = this.of(each.identity).standing;
      if (lastRefusal === null || (last !== null && last.at >= lastRefusal.at)) continue;
      last = lastRefusal;
      identity = each.identity;
    }
    return this.remembered(identity, last);
  }

  private remembered(identity: SendingIdentity, refusal: Refusal | null): Exchange {
    const said = refusal?.text ?? '';
    const [, code = '550', enhanced = null, text = said] = KEPT_REFUSAL.exec(said) ?? [];
    return {
      at: refusal?.at ?? this.now,
      durationMs: 0,
      stage: 'connect',
      party: {
        host: this.setting.firstHost,
        address: null,
        identity: identity.helo,
        provider: this.provider?.id ?? null,
        ownNames: ownNamesOf(identity, null),
        isSecure: false,
      },
      came: { kind: 'reply', reply: { code: Number(code), enhanced, text }, meaning: 'sender_blocked', rule: 'identity-resting' },
    };
  }

  /** At a host of no known provider every identity may ask. */
  private firstOf({ sender, senders }: Wish, mayAsk: (repute: Repute) => boolean): SendingIdentity | null {
    const own = sender.identity;
    if (this.provider === null || mayAsk(this.of(own))) return own;
    return senders.find(({ identity }) => identity !== own && mayAsk(this.of(identity)))?.identity ?? null;
  }

  private get now(): number {
    return this.setting.clock.now();
  }
}
