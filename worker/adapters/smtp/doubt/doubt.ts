// Decides when an answer is not believed. Every answer about a mailbox passes the breakers of its mail host and provider. Guarantees: a
// refusal is believed only if neither its host nor its provider is suspected of refusing everybody; a probe is doubted too, or a block
// would be remembered as "refuses unknown names". It asks no one itself, but tells the caller whom to ask.
import { RecentMap } from '@/worker/engine/bounded-maps';
import { backupsAmong } from '../places';
import type { Exchange, Party } from '../exchange';
import type { Sender } from '../senders';
import { AskedAlone, type AloneEnd } from './alone';
import { isUnclearRefusal, OwnWords } from './own-words';
import { answeredAs, Positions, type Place } from './positions';
import { RefusalBreaker, type BreakerTools } from './refusal-breaker';
import { Steadiness, type SteadyEnd } from './steadiness';
import type { Opinion, RefusedOne } from './refused-domain';
import type { Ruling, Weighed } from './ruling';
import { SecondOpinions, type OpinionTools } from './second-opinions';
import { meaningAtRcpt, testimonyOf, type Hearing, type Refused, type Told, type Witness } from './witness';

export { answeredAs, FIRST, type Answered, type Place, type Positions, type ServerPositions } from './positions';
export { isUnclearRefusal, wordsOf, type OwnWords } from './own-words';
export type { Block } from './refusal-breaker';
export type { Ruling } from './ruling';
export { isUnheard, meaningAtRcpt, type Hearing, type Told, type Witness } from './witness';

const SAYS_NO: readonly string[] = ['mailbox_not_found', 'mailbox_disabled', 'domain_not_hosted'];
const PERHAPS_ABOUT_US: readonly string[] = ['policy_other', 'ambiguous'];

/** Refused in words that say nothing about a mailbox. Codes up to 504 are about a command (RFC 5321 4.2.4). */
const isPerhapsAboutUs = (exchange: Exchange): boolean =>
  isUnclearRefusal(exchange) &&
  exchange.came.kind === 'reply' &&
  exchange.came.reply.code > 504 &&
  PERHAPS_ABOUT_US.includes(exchange.came.meaning);

const BELIEVE: Ruling = { kind: 'believe' };

/** The host's own words, marked as not believed. */
export function withheld(exchange: Exchange, rule = 'refusals-spike'): Exchange {
  if (exchange.came.kind === 'failure') return exchange;
  return { ...exchange, came: { ...exchange.came, meaning: 'policy_other', rule } };
}

export class Doubt {
  private readonly byKey: RecentMap<string, RefusalBreaker>;
  private readonly heardBy = new WeakMap<Hearing, RefusalBreaker>();
  private readonly opinions: SecondOpinions;
  private readonly alone: AskedAlone;
  private readonly steadiness: Steadiness;
  readonly positions: Positions;
  readonly words: OwnWords;

  constructor(
    private readonly tools: BreakerTools & Omit<OpinionTools, 'positions'>,
    maxEntries: number,
  ) {
    this.positions = new Positions(tools.clock, maxEntries);
    this.opinions = new SecondOpinions({ ...tools, positions: this.positions }, maxEntries);
    this.alone = new AskedAlone(tools.clock, maxEntries);
    this.steadiness = new Steadiness(tools, maxEntries);
    this.words = new OwnWords(tools.redact, maxEntries);
    // Forgets the hosts that were asked longest ago, and never one whose refusals are in doubt while there are others.
    this.byKey = new RecentMap(maxEntries, { isToStay: ({ isDoubting }) => isDoubting });
  }

  /** A mailbox of this domain is being asked; `heard` says that it has its answer or is held. */
  expect(domain: string): void {
    this.opinions.expect(domain);
  }
  heard(domain: string): void {
    this.opinions.heard(domain);
  }

  /** Other mailboxes of the domain are being asked. */
  isExpecting(domain: string): boolean {
    return this.opinions.isExpecting(domain);
  }
  whenAllHeard(domain: string): Promise<void> {
    return this.opinions.whenAllHeard(domain);
  }

  /** The domain's refusals of this sender would not be believed. */
  isLiedTo(domain: string, sender: Sender): boolean {
    return this.opinions.isLiedTo(domain, sender);
  }
  /** Returns a test for places where it is not worth asking for this domain; null if there are none. */
  vainPlacesOf(domain: string): ((at: Pick<Party, 'host' | 'address'>) => boolean) | null {
    return this.opinions.vainPlacesOf(domain);
  }
  /** The domain refuses us there, whichever sender asks. */
  avoid(domain: string, party: Pick<Party, 'host' | 'address'>): void {
    this.opinions.avoid(domain, party);
  }

  /** The address has given one name two different answers; `takesAll`: it was a made-up name. */
  suspect(party: Party, takesAll: boolean): void {
    this.steadiness.suspect(party, takesAll);
  }
  /** Recipients there are asked alone, one after the other. */
  isUnsteady(address: string): boolean {
    return this.steadiness.isUnsteady(address);
  }

  /** The address was suspected, but gave each recipient the same answer every time. */
  hasProvedSteady({ address }: Party): boolean {
    return address !== null && this.steadiness.hasProved(address);
  }

  weigh(weighed: Weighed): Ruling {
    const { kind, exchange, isFirst } = weighed;
    if (kind === 'witness') return BELIEVE;
    const isForTrial = isFirst && answeredAs(exchange) !== null;
    return isForTrial ? this.ifSteady(weighed, () => this.weighOne(weighed)) : this.weighOne(weighed);
  }

  /** At an address suspected to be several hosts, first waits for answers in other sessions. */
  private ifSteady({ kind, whom, exchange, sender, queue }: Weighed, otherwise: () => Ruling): Ruling {
    if (kind !== 'mailbox') return otherwise();
    const { party } = exchange;
    const told = { witness: { ...whom, host: party.host }, refused: { sender, party, queue }, exchange };
    const ruling = this.steadiness.rule(told);
    if (ruling === null) return otherwise();
    const after = (end: SteadyEnd): Ruling => {
      if (end.kind === 'same') return otherwise();
      return end.kind === 'instead' ? end : { kind: 'withhold', testimony: [], block: null };
    };
    const next = ruling.turn.then((): Ruling => ({ kind: 'hold', hearing: ruling.hearing, next: ruling.end.then(after) }));
    return { kind: 'hold', hearing: null, next };
  }

  private weighOne(weighed: Weighed): Ruling {
    const { kind, exchange, unprovedAt } = weighed;
    const meaning = meaningAtRcpt(exchange);
    if (kind === 'witness') return BELIEVE;
    if (meaning === 'accepted') return this.weighAcceptance(weighed);
    if (meaning !== null && SAYS_NO.includes(meaning)) return this.weighRefusal(weighed, kind, meaning);
    const otherwise = (): Ruling => this.weighUnclear(weighed, kind);
    return unprovedAt === null ? otherwise() : this.asAlone(weighed, unprovedAt, otherwise);
  }

  /** Words that say nothing about a mailbox may be about us: somebody else may be told something else. */
  private weighUnclear(weighed: Weighed, kind: RefusedOne['kind']): Ruling {
    const { whom, exchange, sender, queue } = weighed;
    const { party } = exchange;
    if (party.provider !== null || !isPerhapsAboutUs(exchange)) return BELIEVE;
    const one = { kind, isUnclear: true, witness: { ...whom, host: party.host }, refused: { sender, party, queue } };
    return this.byOpinion(one, [], weighed);
  }

  private weighAcceptance({ kind, whom, exchange, sender, queue }: Weighed): Ruling {
    if (kind !== 'mailbox') return BELIEVE;
    const { localPart, domain, needsSmtpUtf8, hosts, provider } = whom;
    const { host } = exchange.party;
    const witness = { localPart, domain, needsSmtpUtf8, hosts, provider, host, acceptedAt: this.tools.clock.now() };
    const isAtBackup = provider === null && backupsAmong(hosts)?.has(host) === true;
    for (const breaker of this.breakersAt(queue, provider?.id ?? null)) breaker.accept(isAtBackup ? null : witness);
    this.opinions.accept(domain, sender, exchange.party);
    return BELIEVE;
  }

  private weighRefusal(weighed: Weighed, kind: RefusedOne['kind'], meaning: string): Ruling {
    const { whom, exchange, sender, queue, unprovedAt } = weighed;
    const breakers = this.breakersAt(queue, whom.provider?.id ?? null);
    if (kind === 'mailbox') for (const breaker of breakers) breaker.refuse(whom.domain);
    const { party } = exchange;
    const refused = { sender, party, queue };
    // "Not our domain" is settled by what the domain's other hosts say.
    if (meaning === 'domain_not_hosted') return this.rule(refused, breakers);
    // Nearly every refusal in a list: a mailbox of its domain was accepted, and its position in the session is proved.
    if (unprovedAt === null && this.opinions.isHonest(whom.domain, refused))
      return this.afterTrial(weighed, () => this.rule(refused, breakers));
    const one = { kind, isUnclear: false, witness: { ...whom, host: party.host }, refused };
    if (unprovedAt === null) return this.byOpinion(one, breakers, weighed);
    // Its position in the session is examined first, since a second opinion is asked for in another position.
    this.opinions.note(one);
    return this.asAlone(weighed, unprovedAt, () => this.byOpinion(one, breakers, weighed));
  }

  private byOpinion(one: RefusedOne, breakers: readonly RefusalBreaker[], weighed: Weighed): Ruling {
    const { refused } = one;
    const ruling = this.opinions.rule(one);
    const after = (opinion: Opinion): Ruling => this.after(opinion, refused, breakers);
    // The address may have become suspect meanwhile, or be about to.
    const afterAll = (opinion: Opinion): Ruling => {
      if (opinion.kind !== 'believe') return after(opinion);
      return this.afterTrial(weighed, () => this.ifSteady(weighed, () => after(opinion)));
    };
    return ruling.kind === 'hold' ? { kind: 'hold', hearing: null, next: ruling.end.then(afterAll) } : after(ruling);
  }

  /** If recipients behind it are being asked alone, first waits for their result. */
  private afterTrial(weighed: Weighed, otherwise: () => Ruling): Ruling {
    const trial = this.alone.endOf(weighed.exchange);
    if (trial === null) return otherwise();
    return { kind: 'hold', hearing: null, next: trial.then(() => this.ifSteady(weighed, otherwise)) };
  }

  /** First waits for what recipients are told when they are asked alone. */
  private asAlone({ whom, exchange, sender, queue }: Weighed, place: Place, otherwise: () => Ruling): Ruling {
    const { party } = exchange;
    const refused = { sender, party, queue };
    const ruling = this.alone.rule({ witness: { ...whom, host: party.host }, refused, exchange, place });
    const after = (end: AloneEnd): Ruling => {
      if (end.kind === 'believe') return otherwise();
      if (end.kind === 'unheard') return this.unheard(end.told);
      this.steadiness.suspect(party);
      return end;
    };
    return ruling.kind === 'hold' ? { kind: 'hold', hearing: ruling.hearing, next: ruling.end.then(after) } : after(ruling);
  }

  /** Applies a second opinion, then the breakers. */
  private after(opinion: Opinion, refused: Refused, breakers: readonly RefusalBreaker[]): Ruling {
    switch (opinion.kind) {
      case 'believe':
        return this.rule(refused, breakers);
      case 'withhold':
        return { ...opinion, block: null };
      case 'put_off':
        return opinion;
      case 'unheard':
        return this.unheard(opinion.told);
      case 'ask_otherwise':
        if (opinion.isHere) this.steadiness.suspect(refused.party);
        return { kind: 'ask_otherwise', block: opinion.why === null ? null : { refused, why: opinion.why }, at: opinion.at };
    }
  }

  /** A host refused a mailbox behind others that it had accepted: what it says from now on is verified. */
  alarm(queue: string): void {
    this.breakerOf(queue).alarm();
  }

  /** Takes what a witness was told. True if the next witness of the hearing should be asked. */
  testify(hearing: Hearing, told: Told): boolean {
    if (this.steadiness.isHolding(hearing)) return this.steadiness.testify(hearing, told.exchange);
    const judge = this.alone.isHolding(hearing) ? this.alone : this.heardBy.get(hearing);
    return (judge ?? this.opinions).testify(hearing, told);
  }

  /** Nothing was heard that could confirm or contradict an answer: it is asked for again later. */
  private unheard({ witness, exchange }: Told): Ruling {
    return { kind: 'instead', exchange: testimonyOf(exchange, { ...witness, redact: this.tools.redact }) };
  }

  /** Remembers an accepted mailbox, to be asked again if its host ever refuses everybody. */
  vouch(witness: Omit<Witness, 'acceptedAt'>, queue: string): void {
    for (const breaker of this.breakersAt(queue, witness.provider?.id ?? null)) {
      if (breaker.isWitnessWanted()) breaker.vouch({ ...witness, acceptedAt: this.tools.clock.now() });
    }
  }

  /** Passes each breaker in turn. */
  private rule(refused: Refused, breakers: readonly RefusalBreaker[]): Ruling {
    for (const [at, breaker] of breakers.entries()) {
      const ruling = breaker.rule(refused);
      if (ruling.kind === 'believe') continue;
      if (ruling.kind === 'withhold') return { ...ruling, block: null };
      const { hearing, isFirst } = ruling;
      if (hearing !== null) this.heardBy.set(hearing, breaker);
      const next = ruling.end.then((end): Ruling => {
        if (end.kind === 'unheard') return this.unheard(end.told);
        if (end.kind === 'honest') return this.rule(refused, breakers.slice(at + 1));
        return { kind: 'withhold', testimony: end.testimony, block: isFirst ? end.block : null };
      });
      return { kind: 'hold', hearing, next };
    }
    return BELIEVE;
  }

  /** The breakers of a set of mail hosts and, if known, of their provider. */
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
