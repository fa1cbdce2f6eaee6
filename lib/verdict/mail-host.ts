// Mail hosts, the providers behind them, the sending identities that ask them, and the memory of which domains accept every name:
// what the SMTP adapter needs from a store, in memory or in the database.

/** One target of a domain's mail, with the addresses that passed the routability check, in the order to dial them. */
export interface MailHost {
  /** Lower-case A-label host name without trailing dot. */
  name: string;
  preference: number;
  /** IPv4 and IPv6 literals; each was checked against non-public ranges and is dialed as is. */
  addresses: readonly string[];
}

export type ProviderClass = 'mailbox' | 'freemail' | 'gateway' | 'relay' | 'disposable' | 'program' | 'mailing_list' | 'parking';

/** The most that one sending address asks of a provider; an adaptive pace starts lower and never goes higher. */
export interface ProviderPace {
  /** Sessions open at once. */
  sessions: number;
  connectionsPerMinute: number;
  recipientsPerMinute: number;
}

/** What is known of a provider's behavior; a card of data. */
export interface Provider {
  /** Stable kebab-case id, e.g. `google-workspace`. */
  id: string;
  /** Name for people. */
  name: string;
  class: ProviderClass;
  /**
   * What a 250 to RCPT is worth here. `truthful`: refuses unknown names, believed even when the probe was inconclusive;
   * `probe`: believed only when a made-up name was refused; `worthless`: takes every name and bounces later.
   */
  acceptance: 'truthful' | 'probe' | 'worthless';
  /** Most recipients to ask in one group; null where not known. */
  maxRecipients: number | null;
  /** Null: use the adapter's default. */
  pace: ProviderPace | null;
}

/** A source address with the names that belong to it. */
export interface SendingIdentity {
  /** Source IP to bind, or null for the machine's default route. */
  address: string | null;
  helo: string;
  /** Envelope sender; '' is the null sender <>. */
  mailFrom: string;
}

/** The identity, sender and host that a greylisting host has seen; a retry has to use the same. */
export interface GreylistTriplet {
  identityHelo: string;
  identityAddress: string | null;
  mailFrom: string;
  host: string;
}

/** Whether a domain accepts every name, and when that was found out. */
export interface CatchAllFact {
  /** A-label domain. */
  domain: string;
  catchAll: boolean;
  /** Epoch milliseconds. */
  checkedAt: number;
  /** The reply that said so, for evidence. */
  code: number;
  enhanced: string | null;
  text: string;
  host: string;
  /** The host accepts made-up names behind others, and refuses them first in a session. */
  isBySession: boolean;
}

/** Our share of a domain's probes on one day. */
export interface ProbeClaim {
  domain: string;
  /** UTC, `2026-01-31` */
  day: string;
  /** 0 when others have taken them all. */
  granted: number;
}

export interface ClaimRequest {
  domain: string;
  /** Epoch ms; its UTC day is the one that counts. */
  at: number;
  wanted: number;
  /** Per day, over everybody who asks. */
  most: number;
}

/**
 * Remembers whether a domain accepts every name, and how often that was asked today. Promises that no more probes a day are put
 * than are granted, whoever asks.
 */
export interface CatchAllStore {
  /** The last fact found out, however old. */
  find(domain: string): Promise<CatchAllFact | null>;
  remember(fact: CatchAllFact): Promise<void>;
  /** Takes up to `wanted` of the day's probes; no more than `most` are granted in total, even to concurrent callers. */
  claim(request: ClaimRequest): Promise<ProbeClaim>;
  /** Gives back probes that were claimed and not used. */
  release(claim: ProbeClaim, unused: number): Promise<void>;
}
