// Everything the engine needs from outside arrives through these ports, so that the engine stays pure and layers can be tested with plain
// objects. Remote behavior is always a value here, never an exception.
import type { Evidence, ReplyMeaning, SmtpReply, TransportFailure } from '@/lib/verdict/evidence';
import type { GreylistTriplet, MailHost, Provider } from '@/lib/verdict/mail-host';

/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** When an answer was actually obtained, and how long that took. */
export interface Learned {
  /** Epoch ms of the question. */
  at: number;
  durationMs: number;
}

export type DnsAnswer<T> = DnsWords<T> & {
  /** Set if the answer may come from memory; omitted if it was obtained just now. */
  learned?: Learned;
};

type DnsWords<T> =
  | { kind: 'found'; records: readonly T[] }
  /** The name exists but has no record of this type (NOERROR, empty). */
  | { kind: 'no_data' }
  /** NXDOMAIN */
  | { kind: 'no_domain' }
  /** SERVFAIL, REFUSED or a timeout, which says nothing about the name. `detail` is one word such as SERVFAIL. */
  | { kind: 'temporary'; detail: string };

export interface MxRecord {
  preference: number;
  /** Lower-case host without trailing dot; '' for the root (null MX, RFC 7505). */
  exchange: string;
}

/** A plain value if the answer is already known: most of a list's questions were asked before. */
export type Soon<T> = T | Promise<T>;

export interface DnsPort {
  /** All names are A-labels. */
  mx(domain: string): Soon<DnsAnswer<MxRecord>>;
  /** The IPv4 and IPv6 addresses of a host; `found` holds at least one. */
  addresses(host: string): Soon<DnsAnswer<string>>;
  /** Whether the name exists at all, by any of SOA, NS or A: only NXDOMAIN means that it does not. */
  exists(domain: string): Soon<DnsAnswer<string>>;
}

/**
 * How far the resolver is trusted. `proven`: it answered correctly about names whose answer is known beforehand. `broken`: it denies names
 * that exist, or makes names up. `unproven`: it does so but the operator chose it, or it does not answer.
 */
export type Trust = 'proven' | 'unproven' | 'broken';

export interface ResolverPort {
  /** The operator configured this resolver, so its denials are believed even though it may be a private one. */
  readonly isChosen: boolean;
  /** Trust in the resolver's answers about this name. */
  trustIn(domain: string): Soon<Trust>;
  /** Whether the resolver returns this address for names that do not exist. */
  isInvented(address: string): boolean;
}

/** Whether an IP address may be dialed: it is public, or within the networks that the operator allows. */
export interface RoutabilityPort {
  isDialable(address: string): boolean;
}

export interface MailboxQuestion {
  /** Local part and A-label domain as sent on the wire: validated, without CR, LF or NUL. */
  localPart: string;
  domain: string;
  /** The local part has bytes over 127, so only hosts that offer SMTPUTF8 may be asked. */
  needsSmtpUtf8: boolean;
  /** In the order to try, with equal preferences already shuffled. Never empty. */
  hosts: readonly MailHost[];
  provider: Provider | null;
  /**
   * Epoch ms by which an answer is due; the adapter answers `timeout` with what it has by then. Time spent waiting behind other questions
   * to the same destination does not count, up to as much time again.
   */
  deadline: number;
  /** A single check, whose caller waits for this one answer: it may use the capacity that lists leave to single checks. */
  isSingle?: boolean;
  /** Ask again with exactly this identity, sender and host (a greylist retry). */
  triplet: GreylistTriplet | null;
}

/** No host was asked, because our own pace or limits left no time. This says nothing about host or mailbox. */
export interface HeldBack {
  /** Epoch ms before which asking again is pointless; null: soon. */
  until: number | null;
}

export type MailboxOutcome =
  | {
      kind: 'reply';
      meaning: ReplyMeaning;
      rule: string | null;
      reply: SmtpReply;
      host: string;
      /** The delay in seconds that the reply asked for, if it named one. */
      retryAfterS: number | null;
    }
  | {
      kind: 'failure';
      failure: TransportFailure;
      detail: string;
      host: string | null;
      heldBack?: HeldBack;
    };

export type CatchAllOutcome =
  | { kind: 'accepts_all' | 'refuses_unknown'; checkedAt: number; remembered: boolean; reply: SmtpReply; host: string }
  /** The made-up name got no answer, but mailboxes of the domain were refused as unknown. */
  | { kind: 'refuses_others'; code: number }
  /**
   * The probe's reply was about us or temporary, or there was none; `meaning` says which. `isSpent`: the domain has used up its probes of
   * the day. `isDoubted`: the host refused it as unknown, which is not believed.
   */
  | { kind: 'undecided'; meaning: ReplyMeaning | TransportFailure; heldBack?: HeldBack; isSpent?: boolean; isDoubted?: boolean }
  /** No probe was needed or possible (for example, because the mailbox itself was refused). */
  | { kind: 'not_asked' };

export interface MailboxAnswer {
  mailbox: MailboxOutcome;
  catchAll: CatchAllOutcome;
  /** The provider as known after the greeting; may be more precise than what the MX names show. */
  provider: Provider | null;
  /** In the order of the exchanges; items of the catch-all probe have the layer `catch_all`. */
  evidence: readonly Evidence[];
  /** Set if asking again later with the same triplet may get an answer. */
  triplet: GreylistTriplet | null;
}

export interface SmtpPort {
  /**
   * Asks a mail host about one mailbox. Questions asked at the same time for the same hosts share connections. The domain's catch-all probe
   * is sent along, and its outcome is part of the answer. Never rejects.
   */
  ask(question: MailboxQuestion): Promise<MailboxAnswer>;
}

export interface ListHit {
  /** The list or package, and since when the entry is known there (ISO date), for evidence. */
  source: string;
  since: string | null;
}

export interface ListsPort {
  /** Disposable provider by domain, including any parent domain. */
  disposable(domain: string): ListHit | null;
  /** Disposable provider by the names of its mail hosts. */
  disposableByMx(hosts: readonly string[]): ListHit | null;
  /** Private relay or alias service; never disposable. */
  relay(domain: string): ListHit | null;
  free(domain: string): boolean;
  /** A known mail provider: `surely` is one of the big ones, which exist whatever a resolver says; `probably` is a smaller one. */
  known(domain: string): 'surely' | 'probably' | null;
  role(localPart: string): ListHit | null;
  noReply(localPart: string): boolean;
  /** A known look-alike of a big provider (`gmial.com` → `gmail.com`), or null. Never for a real mail domain. */
  typo(domain: string): TypoHit | null;
}

export interface TypoHit {
  suggestion: string;
  /** A known look-alike, not just a near miss. */
  known: boolean;
  /** The table that lists a known look-alike. */
  listed?: ListHit | null;
}

export interface EnginePorts {
  clock: Clock;
  dns: DnsPort;
  resolver: ResolverPort;
  routability: RoutabilityPort;
  smtp: SmtpPort;
  lists: ListsPort;
  /** HELO names of the identities that questions may come from, as written in evidence; omitted if there is only one. */
  identities?: readonly string[];
  /** 0 ≤ n < 1, for shuffling hosts of equal preference. */
  random(): number;
}
