// As whom the questions of one host are asked: how each identity stands at the provider, its gate there, and who steps in for one that
// rests or is at the end of its pace. Promises the order of the pool where nothing speaks against it; that at a known provider nobody asks as an
// identity that rests, and where all rest the answer is what the provider said last; that a stranger is always asked by somebody.
import { type Refusal } from '@/lib/verdict/sending-health';
import type { Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Exchange } from '../exchange';
import type { Gate } from './gate';
import type { Standing } from './standing';
import type { HostState, HostTools } from '../host/host-state';
import { ownNamesOf, type Sender } from '../senders';
import type { Recipient } from '../host/recipient';
import { CONNECTION_GAP_MAX_MS, CONNECTION_GAP_MS } from '../timeouts';

/** One identity at the provider of this host, or at its hosts. */
export interface Repute {
  standing: Standing;
  /** Null: a host of nobody we know. */
  gate: Gate | null;
}

/** `550 5.7.1 Client host blocked`, as it was kept. */
const KEPT_REFUSAL = /^([2-5]\d\d)(?: ([245]\.\d{1,3}\.\d{1,3}))? ?(.*)$/s;

export class Identities {
  private reputes = new Map<SendingIdentity, Repute>();
  private provider: Provider | null;

  constructor(
    private readonly state: HostState,
    private readonly tools: HostTools,
  ) {
    this.provider = state.provider;
  }

  reputeOf(identity: SendingIdentity): Repute {
    const { provider } = this.state;
    if (provider !== this.provider) {
      if (provider?.id !== this.provider?.id) this.reputes = new Map();
      this.provider = provider;
    }
    return this.reputes.get(identity) ?? this.newRepute(identity, provider);
  }

  private newRepute(identity: SendingIdentity, provider: Provider | null): Repute {
    const { health, pace, deps } = this.tools;
    const standing = health.standingOf(identity, { provider: provider?.id ?? null, host: this.state.firstHost });
    const full = provider === null ? null : (provider.pace ?? deps.limits.providerPace);
    const repute = {
      standing,
      gate: full === null ? null : pace.gateOf(standing, { identity, full, workers: () => health.workers }),
    };
    this.reputes.set(identity, repute);
    return repute;
  }

  /** A new question would rather begin as somebody else. */
  isResting(sender: Sender): boolean {
    if (this.tools.rest.isResting(this.state.key, sender)) return true;
    return !this.reputeOf(sender.identity).standing.mightAdmit(this.now);
  }

  /** Sees to it that a new recipient begins as somebody who may ask. Where nobody may, the refusal that is the reason. */
  admit(recipient: Recipient): Exchange | null {
    if (this.state.provider === null) return null;
    const isProbe = recipient.spec.kind === 'probe';
    // A trial is a mailbox and the probe that comes with it.
    const mayAsk = ({ standing }: Repute): boolean =>
      standing.admits(this.now) || (isProbe && standing.phase(this.now) === 'trial');
    return this.beginAs(recipient, mayAsk);
  }

  /** A rest has begun since this question was let in. */
  isKeptAway({ sender }: Recipient): boolean {
    return this.state.provider !== null && this.reputeOf(sender.identity).standing.phase(this.now) === 'resting';
  }

  /** `admit` for one that is kept away. */
  readmit(recipient: Recipient): Exchange | null {
    return this.beginAs(recipient, ({ standing }) => standing.phase(this.now) !== 'resting');
  }

  /** Somebody with room at the gate, for a question nobody was asked yet and that is bound to nobody. */
  spareFor({ spec, sender, puts }: Recipient): SendingIdentity | null {
    if (spec.senders.length < 2 || spec.triplet !== null || puts > 0) return null;
    const isSpare = (other: Sender): boolean => {
      const { gate, standing } = this.reputeOf(other.identity);
      if (other.identity === sender.identity || gate === null || !gate.hasRoom || gate.allowance < 1) return false;
      return standing.phase(this.now) === 'working' && !this.tools.rest.isResting(this.state.key, other);
    };
    return spec.senders.find(isSpare)?.identity ?? null;
  }

  /** Hands over a group of those who wait as the head does. */
  handOver(head: Recipient, to: SendingIdentity, groupSize: number): void {
    const from = head.sender.identity;
    let left = groupSize;
    for (const recipient of this.state.queue.all) {
      if (left === 0) return;
      if (recipient.sender.identity !== from || recipient.puts > 0 || recipient.spec.triplet !== null) continue;
      recipient.beAs(to);
      left -= 1;
    }
  }

  /** Sessions that the hosts bear at this pace; at a provider, the gates of all who may ask. */
  sessions(sessionsAHost: number): number {
    const { identities } = this.tools.deps;
    if (this.state.provider === null) {
      const isSlowed = identities.some((identity) => this.reputes.get(identity)?.standing.isSlowed === true);
      return isSlowed ? 1 : sessionsAHost;
    }
    return identities.reduce((sum, identity) => sum + (this.reputeOf(identity).gate?.sessions ?? 0), 0);
  }

  /** How long to leave a stranger alone who told us to slow down; never so long that the time of those who wait would not do. */
  gapMs(identity: SendingIdentity, { connections, leftMs }: { connections: number; leftMs: number }): number {
    const { standing, gate } = this.reputeOf(identity);
    if (gate !== null || !standing.isSlowed) return 0;
    const wantedMs = Math.min(CONNECTION_GAP_MAX_MS, CONNECTION_GAP_MS * (1 / standing.pace - 1));
    const gapMs = Math.min(wantedMs, leftMs / (2 * Math.max(1, connections)));
    return Math.max(0, this.state.dialledAt + gapMs - this.now);
  }

  private get now(): number {
    return this.tools.deps.clock.now();
  }

  private beginAs(recipient: Recipient, mayAsk: (repute: Repute) => boolean): Exchange | null {
    const own = recipient.sender.identity;
    if (mayAsk(this.reputeOf(own))) return null;
    const other = recipient.spec.senders.find(({ identity }) => identity !== own && mayAsk(this.reputeOf(identity)));
    if (other === undefined) return this.remembered(recipient);
    recipient.beAs(other.identity);
    return null;
  }

  /** What the provider said last to one of us, with its date. */
  private remembered({ spec, sender }: Recipient): Exchange {
    // Others may have found out by now that it is over.
    this.tools.health.touch();
    let identity = sender.identity;
    let last: Refusal | null = null;
    for (const each of spec.senders) {
      const { lastRefusal } = this.reputeOf(each.identity).standing;
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
        host: this.state.firstHost,
        address: null,
        identity: identity.helo,
        provider: this.state.provider?.id ?? null,
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
