// The breakers of all mail hosts and providers, and the gate that each answer about a mailbox passes. Promises that a refusal is settled
// as one only where neither its host nor its provider is suspected of refusing everybody; that whoever is held gets the withheld
// answer when its time is up; and that a probe is held, too, or a block would be remembered as "refuses unknown names".
import { BoundedMap } from '../bounded-map';
import type { Exchange } from '../exchange';
import type { Recipient } from '../host/recipient';
import { RefusalBreaker, type BreakerTools } from './refusal-breaker';

const SAYS_NO: readonly string[] = ['mailbox_not_found', 'mailbox_disabled', 'domain_not_hosted'];

const meaningAtRcpt = ({ came, stage }: Exchange): string | null =>
  stage === 'rcpt' && came.kind === 'reply' ? came.meaning : null;

/** The host's own words, and that we do not believe them. */
function withheld(exchange: Exchange): Exchange {
  if (exchange.came.kind === 'failure') return exchange;
  return { ...exchange, came: { ...exchange.came, meaning: 'policy_other', rule: 'refusals-spike' } };
}

interface Refusal {
  recipient: Recipient;
  exchange: Exchange;
}

/** One function for all replies: a closure for each would be garbage for most. */
type Believe<R extends Refusal> = (refusal: R) => void;

function withhold({ recipient, exchange }: Refusal, testimony: readonly Exchange[]): void {
  if (recipient.isDone) return;
  const answer = withheld(exchange);
  recipient.renote(exchange, answer);
  recipient.note(testimony);
  recipient.settle(answer);
}

/** Past each breaker in turn. */
function pass<R extends Refusal>(refusal: R, breakers: readonly RefusalBreaker[], believe: Believe<R>): void {
  const { recipient, exchange } = refusal;
  recipient.whenHeldTooLong = null;
  for (const breaker of breakers) {
    const ruling = breaker.rule({ sender: recipient.sender, host: exchange.party.host, queue: recipient.spec.queue });
    if (ruling === 'believe') continue;
    if (ruling === 'withhold') withhold(refusal, breaker.testimony);
    else {
      recipient.whenHeldTooLong = () => {
        withhold(refusal, []);
      };
      breaker.hold((isHonest) => {
        if (isHonest) pass(refusal, breakers.slice(breakers.indexOf(breaker) + 1), believe);
        else withhold(refusal, breaker.testimony);
      });
    }
    return;
  }
  believe(refusal);
}

export class RefusalBreakers {
  private readonly byKey: BoundedMap<string, RefusalBreaker>;

  constructor(
    private readonly tools: BreakerTools,
    maxEntries: number,
  ) {
    this.byKey = new BoundedMap(maxEntries);
  }

  /** Of one set of mail hosts, and of their provider where it is known. */
  at(queue: string, provider: string | null): readonly RefusalBreaker[] {
    const own = this.breakerOf(queue);
    return provider === null ? [own] : [own, this.breakerOf(`provider ${provider}`)];
  }

  /** An answer is about to settle its recipient by `believe`; a refusal under suspicion waits, or is withheld. */
  weigh<R extends Refusal>(answer: R, breakers: readonly RefusalBreaker[], believe: Believe<R>): void {
    const { kind, domain } = answer.recipient.spec;
    const meaning = meaningAtRcpt(answer.exchange);
    const isRefusal = meaning !== null && SAYS_NO.includes(meaning);
    if (kind === 'mailbox' && isRefusal) for (const breaker of breakers) breaker.refuse(domain);
    if (kind === 'mailbox' && meaning === 'accepted') for (const breaker of breakers) breaker.accept();
    if (kind === 'witness' || !isRefusal) believe(answer);
    else pass(answer, breakers, believe);
  }

  private breakerOf(key: string): RefusalBreaker {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const breaker = new RefusalBreaker(this.tools);
    this.byKey.set(key, breaker);
    return breaker;
  }
}
