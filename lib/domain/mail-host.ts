// Mail hosts, the providers behind them, the sending identities that ask them, and what is remembered of a domain.

/** One target of a domain's mail, with the addresses that passed the routability check, in the order to dial. */
export interface MailHost {
  /** Lower-case A-label host name without trailing dot. */
  name: string;
  preference: number;
  /** IPv4 and IPv6 literals; each was checked against non-public ranges and is dialled as it stands. */
  addresses: readonly string[];
}

export type ProviderClass = 'mailbox' | 'freemail' | 'gateway' | 'relay' | 'disposable' | 'program' | 'mailing_list' | 'parking';

/** The most that one sending address asks of a provider; a pace that learns starts below and never goes above. */
export interface ProviderPace {
  /** Sessions open at once. */
  sessions: number;
  connectionsPerMinute: number;
  recipientsPerMinute: number;
}

/** What is known of a provider's behaviour; a card of data. */
export interface Provider {
  /** Stable kebab-case id, e.g. `google-workspace`. */
  id: string;
  /** Name for people. */
  name: string;
  class: ProviderClass;
  /**
   * What a 250 to RCPT is worth here. `truthful`: refuses unknown names, believed even where the probe stayed undecided;
   * `probe`: believed only when a made-up name was refused; `worthless`: takes every name and bounces later.
   */
  acceptance: 'truthful' | 'probe' | 'worthless';
  /** Most recipients to ask in one group; null where not known. */
  maxRecipients: number | null;
  /** null: no better idea than the adapter's own. */
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

/** The (address, sender) a greylisting host has seen; a retry has to come from the same. */
export interface GreylistTriplet {
  identityHelo: string;
  identityAddress: string | null;
  mailFrom: string;
  host: string;
}

/** Whether a domain takes every name, with the day it was found out. */
export interface AcceptAllFact {
  /** A-label domain. */
  domain: string;
  acceptAll: boolean;
  /** Epoch milliseconds. */
  checkedAt: number;
  /** The reply that said so, for evidence. */
  code: number;
  enhanced: string | null;
  text: string;
  host: string;
}
