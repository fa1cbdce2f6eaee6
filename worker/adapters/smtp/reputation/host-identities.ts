// As whom a lane's questions are asked: how each identity stands at the provider, its gate there, and who steps in for one that rests or
// is at the end of its pace. Promises the order of the pool where nothing speaks against it; that at a known provider nobody asks as an
// identity that rests, and where all rest the answer is what the provider said last; that a stranger is always asked by somebody.
import { type Refusal } from '@/lib/verdict/sending-health';
import type { Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Exchange } from '../exchange';
import type { Gate } from './gate';
import type { Standing } from './standing';
import type { LaneState, LaneTools } from '../host/host-state';
import { ownNamesOf, type Persona } from '../senders';
import type { Recipient } from '../host/recipient';
import { CONNECTION_GAP_MAX_MS, CONNECTION_GAP_MS } from '../timeouts';

/** One identity at this lane's provider, or at its hosts. */
export interface Seat {
  standing: Standing;
  /** Null: a host of nobody we know. */
  gate: Gate | null;
}

/** `550 5.7.1 Client host blocked`, as it was kept. */
const KEPT_REFUSAL = /^([2-5]\d\d)(?: ([245]\.\d{1,3}\.\d{1,3}))? ?(.*)$/s;

export class LaneAskers {
  private seats = new Map<SendingIdentity, Seat>();
  private provider: Provider | null;

  constructor(
    private readonly lane: LaneState,
    private readonly tools: LaneTools,
  ) {
    this.provider = lane.provider;
  }

  seatOf(identity: SendingIdentity): Seat {
    const { provider } = this.lane;
    if (provider !== this.provider) {
      if (provider?.id !== this.provider?.id) this.seats = new Map();
      this.provider = provider;
    }
    return this.seats.get(identity) ?? this.newSeat(identity, provider);
  }

  private newSeat(identity: SendingIdentity, provider: Provider | null): Seat {
    const { health, pace, deps } = this.tools;
    const standing = health.standingOf(identity, { provider: provider?.id ?? null, host: this.lane.firstHost });
    const full = provider === null ? null : (provider.pace ?? deps.limits.providerPace);
    const seat = {
      standing,
      gate: full === null ? null : pace.gateOf(standing, { identity, full, workers: () => health.workers }),
    };
    this.seats.set(identity, seat);
    return seat;
  }

  /** A new question would rather begin as somebody else. */
  isResting(persona: Persona): boolean {
    if (this.tools.rest.isResting(this.lane.key, persona)) return true;
    return !this.seatOf(persona.identity).standing.mightAdmit(this.now);
  }

  /** Sees to it that a new recipient begins as somebody who may ask. Where nobody may, the refusal that is the reason. */
  admit(recipient: Recipient): Exchange | null {
    if (this.lane.provider === null) return null;
    const isProbe = recipient.spec.kind === 'probe';
    // A trial is a mailbox and the probe that comes with it.
    const mayAsk = ({ standing }: Seat): boolean =>
      standing.admits(this.now) || (isProbe && standing.phase(this.now) === 'trial');
    return this.seatAmong(recipient, mayAsk);
  }

  /** A rest has begun since this question was let in. */
  isKeptAway({ persona }: Recipient): boolean {
    return this.lane.provider !== null && this.seatOf(persona.identity).standing.phase(this.now) === 'resting';
  }

  /** `admit` for one that is kept away. */
  readmit(recipient: Recipient): Exchange | null {
    return this.seatAmong(recipient, ({ standing }) => standing.phase(this.now) !== 'resting');
  }

  /** Somebody with room at the gate, for a question nobody was asked yet and that is bound to nobody. */
  spareFor({ spec, persona, puts }: Recipient): SendingIdentity | null {
    if (spec.personas.length < 2 || spec.triplet !== null || puts > 0) return null;
    const isSpare = (other: Persona): boolean => {
      const { gate, standing } = this.seatOf(other.identity);
      if (other.identity === persona.identity || gate === null || !gate.hasRoom || gate.allowance < 1) return false;
      return standing.phase(this.now) === 'working' && !this.tools.rest.isResting(this.lane.key, other);
    };
    return spec.personas.find(isSpare)?.identity ?? null;
  }

  /** Hands over a group of those who wait as the head does. */
  handOver(head: Recipient, to: SendingIdentity, groupSize: number): void {
    const from = head.persona.identity;
    let left = groupSize;
    for (const recipient of this.lane.queue.all) {
      if (left === 0) return;
      if (recipient.persona.identity !== from || recipient.puts > 0 || recipient.spec.triplet !== null) continue;
      recipient.beAs(to);
      left -= 1;
    }
  }

  /** Sessions that the hosts bear at this pace; at a provider, the gates of all who may ask. */
  sessions(sessionsAHost: number): number {
    const { identities } = this.tools.deps;
    if (this.lane.provider === null) {
      const isSlowed = identities.some((identity) => this.seats.get(identity)?.standing.isSlowed === true);
      return isSlowed ? 1 : sessionsAHost;
    }
    return identities.reduce((sum, identity) => sum + (this.seatOf(identity).gate?.sessions ?? 0), 0);
  }

  /** How long to leave a stranger alone who told us to slow down; never so long that the time of those who wait would not do. */
  gapMs(identity: SendingIdentity, { connections, leftMs }: { connections: number; leftMs: number }): number {
    const { standing, gate } = this.seatOf(identity);
    if (gate !== null || !standing.isSlowed) return 0;
    const wantedMs = Math.min(CONNECTION_GAP_MAX_MS, CONNECTION_GAP_MS * (1 / standing.pace - 1));
    const gapMs = Math.min(wantedMs, leftMs / (2 * Math.max(1, connections)));
    return Math.max(0, this.lane.dialledAt + gapMs - this.now);
  }

  private get now(): number {
    return this.tools.deps.clock.now();
  }

  private seatAmong(recipient: Recipient, mayAsk: (seat: Seat) => boolean): Exchange | null {
    const own = recipient.persona.identity;
    if (mayAsk(this.seatOf(own))) return null;
    const other = recipient.spec.personas.find(({ identity }) => identity !== own && mayAsk(this.seatOf(identity)));
    if (other === undefined) return this.remembered(recipient);
    recipient.beAs(other.identity);
    return null;
  }

  /** What the provider said last to one of us, with its date. */
  private remembered({ spec, persona }: Recipient): Exchange {
    // Others may have found out by now that it is over.
    this.tools.health.touch();
    let identity = persona.identity;
    let last: Refusal | null = null;
    for (const each of spec.personas) {
      const { lastRefusal } = this.seatOf(each.identity).standing;
      if (lastRefusal === null || (last !== null && last.at >= lastRefusal.at)) continue;
      last = lastRefusal;
      identity = each.identity;
    }
    const [, code = '550', enhanced = null, text = last?.text ?? ''] = KEPT_REFUSAL.exec(last?.text ?? '') ?? [];
    return {
      at: last?.at ?? this.now,
      durationMs: 0,
      stage: 'connect',
      party: {
        host: this.lane.firstHost,
        address: null,
        identity: identity.helo,
        provider: this.lane.provider?.id ?? null,
        ownNames: ownNamesOf(identity, null),
      },
      came: {
        kind: 'reply',
        reply: { code: Number(code), enhanced, text },
        meaning: 'sender_blocked',
        rule: 'identity-resting',
      },
    };
  }
}
