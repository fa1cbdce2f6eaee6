// Learns what a domain means by words that are neither a clear yes nor a clear no: `550 5.7.1 Access denied`, `450 Try again later`. If
// both made-up names of a domain got the same words, and a mailbox that was accepted before is accepted again after them, then this is how
// the domain refuses names that do not exist. A domain that accepts no mailbox may mean what its neighbors at the host mean by these words,
// if its postmaster is accepted. Guarantees: one such control per domain; postmaster alone proves nothing, since even hosts that want
// nothing from us accept it; a made-up name that was put off counts only if its mailbox, too, had come back or was never put off.
import { CATCH_ALL_FACT_MAX_AGE_MS } from '@/lib/platform/limits';
import { withinDeadline } from '@/worker/engine/deadlines';
import type { MailboxQuestion } from '@/worker/engine/ports';
import { RecentMap } from '@/worker/engine/bounded-maps';
import { NOT_ASKED, type CatchAll, type CatchAllFound } from './catch-all/catch-all';
import { isUnclearRefusal, meaningAtRcpt, wordsOf } from './doubt/doubt';
import { redactedReply } from './evidence';
import type { Exchange } from './exchange';
import type { MailHosts } from './host/host';
import type { Sender } from './senders';
import type { SmtpDeps } from './smtp-deps';

interface ToldName {
  localPart: string;
  exchange: Exchange;
  sender: Sender;
  /** How often RCPT named it; 0 if it only waited for others. */
  puts: number;
  /** Its mailbox was asked before and put off. */
  isRetry: boolean;
}

interface Told {
  names: readonly ToldName[];
  /** Whether an accepted mailbox is accepted once more, and whether postmaster is accepted. */
  control: Promise<boolean> | null;
  postmaster: Promise<boolean> | null;
  /** What has become known about the domain since. */
  fact: CatchAllFound | null;
}

/** The words that both made-up names got. */
interface ToldAlike extends ToldName {
  words: string;
  /** The second name was asked after the first had been put off for a while, by the same sender, which a greylist would know by then. */
  isSpaced: boolean;
}

/** At a domain that accepts a mailbox, "not ours" is about the name. */
const isNo = (exchange: Exchange): boolean => isUnclearRefusal(exchange) || meaningAtRcpt(exchange) === 'domain_not_hosted';

const PUT_OFF: readonly string[] = [
  'greylisted',
  'rate_limited',
  'temporary_failure',
  'mailbox_full',
  'policy_other',
  'ambiguous',
];
const isPutOff = ({ stage, came }: Exchange): boolean =>
  stage === 'rcpt' && came.kind === 'reply' && came.reply.code < 500 && PUT_OFF.includes(came.meaning);

/** How long to wait for other questions about the domain that are only about to be asked. */
const GRACE_MS = 200;
/** How many domains of a host are known as neighbors; if their words are the host's, a few are enough. */
const NEIGHBORS_MAX = 8;

const atHost = (host: string): string => `at ${host}`;

export class UnclearWords {
  private readonly domains: RecentMap<string, Told>;
  /** Made-up names that are being asked, and accepted mailboxes that wait for their result. */
  private readonly underWay = new Map<string, number>();
  /** Domains whose made-up names were refused in such words, by host. */
  private readonly neighbors: RecentMap<string, readonly string[]>;
  /** Called when there is news about a domain or a host. */
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(private readonly tools: { deps: SmtpDeps; hosts: MailHosts; catchAll: CatchAll }) {
    const { clock, limits } = tools.deps;
    const after = { ms: CATCH_ALL_FACT_MAX_AGE_MS, now: () => clock.now() };
    this.domains = new RecentMap(limits.memoryEntries, { after });
    this.neighbors = new RecentMap(limits.memoryEntries, { after });
  }

  /** A made-up name is being asked or waited for. */
  begin(domain: string): void {
    this.underWay.set(domain, (this.underWay.get(domain) ?? 0) + 1);
  }
  end(domain: string): void {
    const left = (this.underWay.get(domain) ?? 1) - 1;
    if (left > 0) this.underWay.set(domain, left);
    else this.underWay.delete(domain);
    this.tell(domain);
    const host = this.domains.get(domain)?.names.at(-1)?.exchange.party.host;
    if (host !== undefined) this.tell(atHost(host));
  }

  /** Notes what a made-up name was told. */
  note(domain: string, name: ToldName): void {
    if (name.puts === 0 || (!isNo(name.exchange) && !isPutOff(name.exchange))) return;
    const names = this.domains.get(domain)?.names ?? [];
    this.domains.set(domain, { names: [...names.slice(-1), name], control: null, postmaster: null, fact: null });
    const { host } = name.exchange.party;
    const neighbors = this.neighbors.get(host) ?? [];
    if (!neighbors.includes(domain)) this.neighbors.set(host, [...neighbors.slice(1 - NEIGHBORS_MAX), domain]);
  }

  /** For an accepted mailbox. */
  async besideAccepted(
    question: MailboxQuestion,
    { exchange, found, isRetry }: { exchange: Exchange; found: CatchAllFound; isRetry: boolean },
  ): Promise<CatchAllFound> {
    const { came, party } = exchange;
    if (found.outcome.kind !== 'undecided' || came.kind === 'failure' || came.meaning !== 'accepted') return found;
    const told = this.alike(question.domain);
    if (told === null || told.exchange.came.kind === 'failure' || told.exchange.party.host !== party.host) return found;
    const isLasting = isNo(told.exchange);
    if (!isLasting && isRetry && !told.isSpaced) return found;
    if (!(await this.control(question))) return found;
    const { reply } = told.exchange.came;
    if (!isLasting) return { ...found, outcome: { kind: 'refuses_others', code: reply.code } };
    const { domain } = question;
    this.tools.hosts.words.learn(domain, party.host, told.words);
    const redacted = redactedReply(reply, told.exchange.party, { ...told, domain, redact: this.tools.deps.redact });
    const checkedAt = this.tools.deps.clock.now();
    const outcome = { kind: 'refuses_unknown', checkedAt, remembered: false, reply: redacted, host: party.host } as const;
    const fact = this.tools.catchAll.decide(domain, { outcome, evidence: found.evidence });
    const known = this.domains.get(domain);
    if (known !== undefined) known.fact = fact;
    return fact;
  }

  /** For a mailbox refused in unclear words: the fact about its domain, if made-up names there get the same words. */
  async factFor(question: MailboxQuestion, exchange: Exchange, found: CatchAllFound): Promise<CatchAllFound | null> {
    const words = this.tools.hosts.words.of(exchange, question);
    if (words === null) return null;
    const { domain, deadline } = question;
    const { hosts, deps } = this.tools;
    const since = deps.clock.now();
    const { host } = exchange.party;
    for (let known = found; ; known = this.domains.get(domain)?.fact ?? NOT_ASKED) {
      const { outcome } = known;
      if (outcome.kind === 'refuses_unknown') {
        if (outcome.host !== host || wordsOf(outcome.reply) !== words) return null;
        hosts.words.learn(domain, outcome.host, words);
        return known;
      }
      if (outcome.kind === 'accepts_all' || this.isToldOtherwise(domain, words)) return null;
      const until = this.isBeingFoundOut(domain, host) ? deadline : Math.min(deadline, since + this.patience(domain, exchange));
      if (deps.clock.now() >= until) return (await this.isAsNeighborsMean(question, { host, words })) ? known : null;
      await this.news([domain, atHost(host)], until);
    }
  }

  /** The made-up names or the control of this domain, or of a neighbor whose words may prove to be the host's, are being asked. */
  private isBeingFoundOut(domain: string, host: string): boolean {
    return [domain, ...(this.neighbors.get(host) ?? [])].some((each) => this.underWay.has(each));
  }

  /** Longer while another mailbox of the domain, or an accepted one of a neighbor, may still become a control. */
  private patience(domain: string, exchange: Exchange): number {
    const { hosts, deps } = this.tools;
    const isOpen = (each: string): boolean => each !== domain && this.domains.get(each)?.fact === null;
    const neighbors = this.neighbors.get(exchange.party.host) ?? [];
    const mayLearn = hosts.isExpecting(domain) || (hosts.positions.hasAccepted(exchange) && neighbors.some(isOpen));
    return mayLearn ? deps.timeouts.hearingMs : GRACE_MS;
  }

  /**
   * A neighbor has shown that these are the host's words for names that do not exist, and this domain's made-up name got them too. Its
   * postmaster tells that the domain does not refuse everybody: policies differ by domain.
   */
  private async isAsNeighborsMean(question: MailboxQuestion, { host, words }: { host: string; words: string }): Promise<boolean> {
    const { domain } = question;
    const { hosts, deps } = this.tools;
    const told = this.domains.get(domain);
    if (told === undefined || !hosts.words.isUsedAt(host, words) || deps.clock.now() >= question.deadline) return false;
    const isSame = ({ localPart, exchange }: ToldName): boolean => hosts.words.of(exchange, { localPart, domain }) === words;
    if (!told.names.every((name) => name.exchange.party.host === host && isSame(name))) return false;
    told.postmaster ??= this.askOnceMore({ ...question, localPart: 'postmaster', needsSmtpUtf8: false });
    if (!(await told.postmaster)) return false;
    hosts.words.learn(domain, host, words);
    return true;
  }

  /** Both names of the pair have a reply, and neither got these words. */
  private isToldOtherwise(domain: string, words: string): boolean {
    const names = this.domains.get(domain)?.names ?? [];
    return (
      names.length > 1 &&
      !names.some(({ localPart, exchange }) => this.tools.hosts.words.of(exchange, { localPart, domain }) === words)
    );
  }

  private alike(domain: string): ToldAlike | null {
    const [first, second] = this.domains.get(domain)?.names ?? [];
    if (first === undefined || second === undefined || first.exchange.party.host !== second.exchange.party.host) return null;
    const words = this.tools.hosts.words.of(second.exchange, { ...second, domain });
    // The second name may be the first one, which was put off and asked again.
    const isBack = isPutOff(first.exchange) && first.localPart === second.localPart && isNo(second.exchange);
    if (words === null || (!isBack && words !== this.tools.hosts.words.of(first.exchange, { ...first, domain }))) return null;
    return { ...second, words, isSpaced: second.isRetry && !first.isRetry && first.sender === second.sender };
  }

  /** Whether this mailbox is accepted once more; asked once for the whole domain. */
  private control(question: MailboxQuestion): Promise<boolean> {
    const told = this.domains.get(question.domain);
    if (told === undefined) return Promise.resolve(false);
    told.control ??= this.askOnceMore(question);
    return told.control;
  }

  private async askOnceMore(question: MailboxQuestion): Promise<boolean> {
    const whom = { kind: 'witness', localPart: question.localPart, mostPuts: 1, alone: 'no' } as const;
    const { came } = (await this.tools.hosts.ask(question, whom).settled).exchange;
    return came.kind === 'reply' && came.meaning === 'accepted';
  }

  private tell(about: string): void {
    const told = this.waiting.get(about);
    this.waiting.delete(about);
    for (const resume of told ?? []) resume();
  }

  /** Resolves when there is news about one of these, or when the domain's mailboxes have been answered, or at `until` (epoch ms). */
  private async news([domain, host]: readonly [string, string], until: number): Promise<void> {
    let resume: () => void = () => undefined;
    const told = new Promise<void>((resolve) => {
      resume = resolve;
    });
    for (const about of [domain, host]) this.waiting.set(about, (this.waiting.get(about) ?? new Set()).add(resume));
    await withinDeadline(Promise.race([told, this.tools.hosts.whenAllHeard(domain)]), until, this.tools.deps.clock);
    for (const about of [domain, host]) {
      const others = this.waiting.get(about);
      others?.delete(resume);
      if (others?.size === 0) this.waiting.delete(about);
    }
  }
}
