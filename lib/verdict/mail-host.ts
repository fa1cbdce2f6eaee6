// What the SMTP adapter needs from a store, in memory or in the database: mail hosts, the providers behind them, the sending identities
// that ask them, and the memory of which domains accept every name.

/** One host that takes a domain's mail, with the addresses that passed the routability check, in the order in which to dial them. */
export interface MailHost {
  /** Lower-case A-label host name without trailing dot. */
  name: string;
  preference: number;
  /** IPv4 and IPv6 literals; each was checked against non-public ranges and is dialed as is. */
  addresses: readonly string[];
}

export type ProviderClass = 'mailbox' | 'freemail' | 'gateway' | 'relay' | 'disposable' | 'program' | 'mailing_list' | 'parking';

/** The maximum rate at which one sending address asks a provider. An adaptive pace starts lower and never exceeds this. */
export interface ProviderPace {
  /** Maximum open sessions. */
  sessions: number;
  connectionsPerMinute: number;
  recipientsPerMinute: number;
}

/** A provider's card: what is known about its behavior, as data. */
export interface Provider {
  /** Stable kebab-case id, e.g. `google-workspace`. */
  id: string;
  /** Name for people. */
  name: string;
  class: ProviderClass;
  /**
   * What a 250 to RCPT is worth here. `truthful`: the provider refuses unknown names, so a 250 is believed even when the probe was
   * inconclusive. `probe`: believed only if a made-up name was refused. `worthless`: the provider accepts every name and bounces later.
   */
  acceptance: 'truthful' | 'probe' | 'worthless';
  /** The most recipients to ask in one group; null if not known. */
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

/** The identity, sender and host that a greylisting host has seen. A retry has to use the same ones. */
export interface GreylistTriplet {
  identityHelo: string;
  identityAddress: string | null;
  mailFrom: string;
  host: string;
}

/** Whether a domain accepts every name, and when that was learned. */
export interface CatchAllFact {
  /** A-label domain. */
  domain: string;
  catchAll: boolean;
  /** Epoch milliseconds. */
  checkedAt: number;
  /** The reply that showed it, for evidence. */
  code: number;
  enhanced: string | null;
  text: string;
  host: string;
  /** The host accepts made-up names that come after others, and refuses them when they come first in a session. */
  isBySession: boolean;
}

/** Our share of a domain's probes on one day. */
export interface ProbeClaim {
  domain: string;
  /** UTC, `2026-01-31` */
  day: string;
  /** 0 if others have taken all of them. */
  granted: number;
}

export interface ClaimRequest {
  domain: string;
  /** Epoch ms; the claim counts for this moment's UTC day. */
  at: number;
  wanted: number;
  /** The maximum per day, over all who ask. */
  most: number;
}

/**
 * Remembers whether a domain accepts every name, and how often that was asked today. In a day, no more probes are sent than
 * were granted, whoever asks.
 */
export interface CatchAllStore {
  /** The most recent fact, however old. */
  find(domain: string): Promise<CatchAllFact | null>;
  remember(fact: CatchAllFact): Promise<void>;
  /** Takes up to `wanted` of the day's probes; no more than `most` are granted in total, even to concurrent callers. */
  claim(request: ClaimRequest): Promise<ProbeClaim>;
  /** Returns claimed probes that were not used. */
  release(claim: ProbeClaim, unused: number): Promise<void>;
}
