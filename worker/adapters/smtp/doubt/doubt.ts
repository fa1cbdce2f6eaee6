// When an answer is not believed: the breakers of all mail hosts and providers, which each answer about a mailbox passes. Promises that a
// refusal is believed only where neither its host nor its provider is suspected of refusing everybody; and that a probe is doubted, too,
// or a block would be remembered as "refuses unknown names". Asks nobody itself: a hearing comes back to the caller, who asks its witnesses.
import { RecentMap } from '@/worker/engine/recent-map';
import type { Exchange } from '../exchange';
import type { Sender } from '../senders';
import { RefusalBreaker, type Block, type BreakerTools } from './refusal-breaker';
import type { Hearing, Refused, Witness } from './witness';

export type { Block } from './refusal-breaker';
export type { Hearing, Witness } from './witness';

const SAYS_NO: readonly string[] = ['mailbox_not_found', 'mailbox_disabled', 'domain_not_hosted'];

const meaningAtRcpt = ({ came, stage }: Exchange): string | null =>
  stage === 'rcpt' && came.kind === 'reply' ? came.meaning : null;

/** An answer that is about to be given. */
export interface Weighed {
  kind: 'mailbox' | 'probe' | 'witness';
  domain: string;
  exchange: Exchange;
  /** As whom it was asked, in the queue of which host, and of which provider (id). */
  sender: Sender;
  queue: string;
  provider: string | null;
}

export type Ruling =
  | { kind: 'believe' }
  | { kind: 'withhold'; testimony: readonly Exchange[]; block: Block | null }
  /** Until `next` is known. Where there is a hearing, the caller holds it. */
  | { kind: 'hold'; hearing: Hearing | null; next: Promise<Ruling> };

const BELIEVE: Ruling = { kind: 'believe' };

/** The host's own words, and that we do not believe them. */
export function withheld(exchange: Exchange): Exchange {
  if (exchange.came.kind === 'failure') return exchange;
  return { ...exchange, came: { ...exchange.came, meaning: 'policy_other', rule: 'refusals-spike' } };
}

export class Doubt {
  private readonly byKey: RecentMap<string, RefusalBreaker>;
  private readonly heardBy = new WeakMap<Hearing, RefusalBreaker>();

  constructor(
    private readonly tools: BreakerTools,
    maxEntries: number,
  ) {
    // Of the hosts that were asked longest ago; never one whose refusals are in doubt while there are others.
    this.byKey = new RecentMap(maxEntries, { isToStay: ({ isDoubting }) => isDoubting });
  }

  weigh({ kind, domain, exchange, sender, queue, provider }: Weighed): Ruling {
    const meaning = meaningAtRcpt(exchange);
    const isRefusal = meaning !== null && SAYS_NO.includes(meaning);
    const isAcceptance = meaning === 'accepted';
    if (kind === 'witness' || !(isRefusal || isAcceptance)) return BELIEVE;
    const breakers = this.breakersAt(queue, provider);
    if (kind === 'mailbox') {
      for (const breaker of breakers) {
        if (isRefusal) breaker.refuse(domain);
        else breaker.accept();
      }
    }
    return isRefusal ? this.rule({ sender, host: exchange.party.host, queue }, breakers) : BELIEVE;
  }

  /** What a witness was told. True where the next one of the hearing is to be asked. */
  testify(hearing: Hearing, witness: Witness, exchange: Exchange): boolean {
    return this.heardBy.get(hearing)?.testify(hearing, witness, exchange) === true;
  }

  /** An accepted mailbox, which can be asked again should its host refuse everybody one day. */
  vouch(witness: Omit<Witness, 'acceptedAt'>, queue: string): void {
    for (const breaker of this.breakersAt(queue, witness.provider?.id ?? null)) {
      if (breaker.isWitnessWanted()) breaker.vouch({ ...witness, acceptedAt: this.tools.clock.now() });
    }
  }

  /** Past each breaker in turn. */
  private rule(refused: Refused, breakers: readonly RefusalBreaker[]): Ruling {
    for (const [at, breaker] of breakers.entries()) {
      const ruling = breaker.rule(refused);
      if (ruling.kind === 'believe') continue;
      if (ruling.kind === 'withhold') return { ...ruling, block: null };
      const { hearing, isFirst } = ruling;
      if (hearing !== null) this.heardBy.set(hearing, breaker);
      const next = ruling.end.then(({ isHonest, testimony, block }): Ruling =>
        isHonest ? this.rule(refused, breakers.slice(at + 1)) : { kind: 'withhold', testimony, block: isFirst ? block : null },
      );
      return { kind: 'hold', hearing, next };
    }
    return BELIEVE;
  }

  /** Of one set of mail hosts, and of their provider where it is known. */
  private breakersAt(queue: string, provider: string | null): readonly RefusalBreaker[] {
    const own = this.breakerOf(queue);
    return provider === null ? [own] : [own, this.breakerOf(`provider ${provider}`)];
  }

  private breakerOf(key: string): RefusalBreaker {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const breaker = new RefusalBreaker(this.tools);
    this.byKey.set(key, breaker);
    return breaker;
  }
}
