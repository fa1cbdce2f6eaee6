// Everything the engine needs from outside arrives through these ports, so that the engine stays pure and layers can be
// tested with plain objects. Remote behavior is always a value here, never an exception.
import type { Evidence, ReplyMeaning, SmtpReply, TransportFailure } from '@/lib/verdict/evidence';
import type { GreylistTriplet, MailHost, Provider } from '@/lib/verdict/mail-host';

/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** When an answer was really got, and how long that took. */
export interface Learned {
  /** Epoch ms of the question. */
  at: number;
  durationMs: number;
}

export type DnsAnswer<T> = DnsWords<T> & {
  /** Says so where the answer may come from memory; left out: it was got just now. */
  learned?: Learned;
};

type DnsWords<T> =
  | { kind: 'found'; records: readonly T[] }
  /** The name exists and has no record of this type (NOERROR, empty). */
  | { kind: 'no_data' }
  /** NXDOMAIN */
  | { kind: 'no_domain' }
  /** SERVFAIL, REFUSED, time-out: says nothing about the name. `detail` is one word such as SERVFAIL. */
  | { kind: 'temporary'; detail: string };

export interface MxRecord {
  preference: number;
  /** Lower-case host without trailing dot; '' for the root (null MX, RFC 7505). */
  exchange: string;
}

/** At once where it is known already: most questions of a list were asked before. */
export type Soon<T> = T | Promise<T>;

export interface DnsPort {
  /** All names are A-labels. */
  mx(domain: string): Soon<DnsAnswer<MxRecord>>;
  /** IPv4 and IPv6 addresses of a host together; `found` holds at least one. */
  addresses(host: string): Soon<DnsAnswer<string>>;
  /** Whether the name exists at all (any of SOA/NS/A: NXDOMAIN against everything else). */
  exists(domain: string): Soon<DnsAnswer<string>>;
}

/**
 * What the resolver's word is worth: `proven` by names whose answer is known beforehand; `broken` when it denies names that exist or
 * makes names up; `unproven` where the operator chose it although it does, or where it does not answer.
 */
export type Trust = 'proven' | 'unproven' | 'broken';

export interface ResolverPort {
  /** The operator named the resolver: its denials are believed though it may be a private one. */
  readonly isChosen: boolean;
  /** Of its answers about this name. */
  trustIn(domain: string): Soon<Trust>;
  /** It gives this address for names that nobody has. */
  isInvented(address: string): boolean;
}

/** True where an IP address may be dialed: public, or within the operator's allowed nets. */
export interface RoutabilityPort {
  isDialable(address: string): boolean;
}

export interface MailboxQuestion {
  /** Local part and A-label domain as they go on the wire: already validated, never contains CR, LF or NUL. */
  localPart: string;
  domain: string;
  /** The local part has bytes over 127: ask only where SMTPUTF8 is offered. */
  needsSmtpUtf8: boolean;
  /** In the order to try; equal preferences already shuffled. Never empty. */
  hosts: readonly MailHost[];
  provider: Provider | null;
  /**
   * Epoch ms by which an answer is due; the adapter answers `timeout` with what it has by then. The time for which others are asked
   * before it at the same destination does not count, up to as much again.
   */
  deadline: number;
  /** Somebody waits for this answer alone: it may use what lists leave to single checks. */
  isSingle?: boolean;
  /** Ask again with exactly this identity, sender and host (a greylist retry). */
  triplet: GreylistTriplet | null;
}

/** Nobody was asked: our own pace or limits left no time. It says nothing of anybody. */
export interface HeldBack {
  /** Epoch ms before which asking again is vain; null: in a moment. */
  until: number | null;
}

export type MailboxOutcome =
  | {
      kind: 'reply';
      meaning: ReplyMeaning;
      rule: string | null;
      reply: SmtpReply;
      host: string;
      /** Delay in seconds that the reply asked for, where it named one. */
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
  /** The made-up name got no answer, and mailboxes of the domain were refused as unknown. */
  | { kind: 'refuses_others'; code: number }
  /** The probe came back about us, about time, or not at all: `meaning` says which. `isSpent`: the domain has had its probes of the day. */
  | { kind: 'undecided'; meaning: ReplyMeaning | TransportFailure; heldBack?: HeldBack; isSpent?: boolean }
  /** No probe was needed or possible (e.g. the mailbox itself was refused). */
  | { kind: 'not_asked' };

export interface MailboxAnswer {
  mailbox: MailboxOutcome;
  catchAll: CatchAllOutcome;
  /** The provider as known after the greeting; may be more exact than what the MX names told. */
  provider: Provider | null;
  /** In the order of the exchanges; the layer of catch-all items is `catch_all`. */
  evidence: readonly Evidence[];
  /** Set where a later question could be answered by the same triplet. */
  triplet: GreylistTriplet | null;
}

export interface SmtpPort {
  /**
   * Asks a mail host about one mailbox. Questions asked at the same time for the same hosts share connections; the
   * catch-all probe of the domain rides along and its outcome comes back with the answer. Never rejects.
   */
  ask(question: MailboxQuestion): Promise<MailboxAnswer>;
}

export interface ListHit {
  /** Name of the list or package, and since when it is known there (ISO date), for evidence. */
  source: string;
  since: string | null;
}

export interface ListsPort {
  /** Disposable provider by domain (any parent domain counts). */
  disposable(domain: string): ListHit | null;
  /** Disposable provider by the names of its mail hosts. */
  disposableByMx(hosts: readonly string[]): ListHit | null;
  /** Private relay / alias service; never disposable. */
  relay(domain: string): ListHit | null;
  free(domain: string): boolean;
  /** A mail provider that we know: `surely` one of the big ones, which exist whatever a resolver says, or `probably` a smaller one. */
  known(domain: string): 'surely' | 'probably' | null;
  role(localPart: string): ListHit | null;
  noReply(localPart: string): boolean;
  /** A known look-alike of a big provider (`gmial.com` → `gmail.com`), or null. Never for a real mail domain. */
  typo(domain: string): TypoHit | null;
}

export interface TypoHit {
  suggestion: string;
  /** A look-alike that we know of, not just a near miss. */
  known: boolean;
  /** The table that names a known one. */
  listed?: ListHit | null;
}

export interface EnginePorts {
  clock: Clock;
  dns: DnsPort;
  resolver: ResolverPort;
  routability: RoutabilityPort;
  smtp: SmtpPort;
  lists: ListsPort;
  /** Public names (HELO) of the identities that questions may come from, as evidence has them; left out: there is but one. */
  identities?: readonly string[];
  /** 0 ≤ n < 1, for the shuffle of equal-preference hosts. */
  random(): number;
}
