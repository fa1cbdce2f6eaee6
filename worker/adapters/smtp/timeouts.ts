// Every timeout and limit of the SMTP adapter, named once. RFC 5321 4.5.3.2 asks clients to wait for minutes, which suits mail in a
// queue. A question with a budget of seconds cannot wait so long, so these timeouts are shorter, and the budget of the question always
// wins. Tests inject small ones.
import { DESTINATION_LIMITS } from '@/lib/platform/limits';
import type { ProviderPace } from '@/lib/verdict/mail-host';

export interface SmtpTimeouts {
  /** TCP handshake. Short, so that a dead first mail host leaves time for the others. */
  connectMs: number;
  /** The 220 greeting. Postscreen delays it by 6 s on purpose, sendmail's greet_pause by up to 30 s. */
  greetingMs: number;
  /** The same at a host whose greeting we waited for in vain before: some look us up for a minute before they greet. */
  lateGreetingMs: number;
  heloMs: number;
  /**
   * The reply to STARTTLS, the TLS handshake, and EHLO after it, each. Short, so that a single check still has time for plain text; a host
   * that was only late is asked under TLS again before it is believed that nobody is there.
   */
  starttlsMs: number;
  /** MAIL and RSET. */
  mailMs: number;
  /** One RCPT. Microsoft 365 and postscreen delay strangers by many seconds, an unresponsive block list by thirty. */
  rcptMs: number;
  /** The rest of the first batch sent to a host; after that its PIPELINING counts as broken. Longer than most tarpits. */
  pipelineMs: number;
  /** After this the socket is destroyed, whether QUIT was answered or not. */
  quitMs: number;
  /** A finished session stays open this long for the next question. */
  idleMs: number;
  /** A question that has waited this long behind a busy session gets another one, if the caps allow. */
  extraSessionMs: number;
  /** The same where an idle session is open, which costs no connection. */
  idleSessionMs: number;
  /** A session that has waited this long for a reply is slow: its queue gets no more sessions. */
  slowAfterMs: number;
  /** How often the health of identities is exchanged with the other workers while there is news in either direction. */
  healthSyncMs: number;
  /** How long the first question of a process waits for the stored health of its identities. */
  healthFirstMs: number;
  /** The wait for a witness's answer while refusals are held; without a witness, the wait for any mailbox to be accepted. */
  hearingMs: number;
}

export const SMTP_TIMEOUTS: SmtpTimeouts = {
  connectMs: 4_000,
  greetingMs: 20_000,
  lateGreetingMs: 75_000,
  heloMs: 15_000,
  starttlsMs: 5_000,
  mailMs: 20_000,
  rcptMs: 45_000,
  pipelineMs: 8_000,
  quitMs: 500,
  idleMs: 3_000,
  extraSessionMs: 250,
  idleSessionMs: 20,
  slowAfterMs: 3_000,
  healthSyncMs: 3_000,
  healthFirstMs: 1_000,
  hearingMs: 5_000,
};

/** What all workers together may use of an address or its network. */
interface DestinationBounds {
  /** Open at the same time, including those being dialed. */
  sessions: number;
  connectionsAnHour: number;
  recipientsAnHour: number;
}
export interface DestinationLimits {
  anAddress: DestinationBounds;
  aNet: DestinationBounds;
}

export interface SmtpLimits {
  /** Recipients of one transaction if neither host nor provider names a limit. RFC 5321 4.5.3.1.8 promises 100; few hosts like so many. */
  groupSize: number;
  /** The most recipients in one transaction, whatever the host announces. */
  groupSizeMax: number;
  /**
   * Recipients in a sender's first group at a host that has not accepted that sender yet. With MAIL that is at most three refusals, which
   * Exim tolerates from a stranger (smtp_max_synprot_errors 3; Postfix ten, smtpd_soft_error_limit). Enough for a mailbox and its probe, so
   * a single check loses no time.
   */
  firstGroupSize: number;
  /**
   * Sessions at one set of mail hosts of no known provider: the maximum; the number from which they grow; and the maximum where sessions
   * were dropped before any recipient was answered.
   */
  sessionsAHost: number;
  sessionsAtFirst: number;
  sessionsADroppingHost: number;
  /** Sessions at one set of mail hosts, of any provider, that has not answered a recipient yet or keeps us waiting. */
  sessionsASlowHost: number;
  /** The full pace of one identity at a provider whose card does not name one. */
  providerPace: ProviderPace;
  sessionsInAll: number;
  destinations: DestinationLimits;
  /** Addresses dialed in one walk over the mail hosts of a domain. */
  routesAWalk: number;
  /** How often one recipient is asked again after lost sessions and full groups. */
  triesARecipient: number;
  /** How often a domain's catch-all probe may be sent to its hosts in a day: one pair. */
  probesADomainADay: number;
  /** Entries remembered about hosts and domains in this process. */
  memoryEntries: number;
}

export const SMTP_LIMITS: SmtpLimits = {
  groupSize: 25,
  groupSizeMax: 100,
  firstGroupSize: 2,
  sessionsAHost: 8,
  sessionsAtFirst: 2,
  sessionsADroppingHost: 1,
  sessionsASlowHost: 2,
  providerPace: { sessions: 8, connectionsPerMinute: 60, recipientsPerMinute: 600 },
  sessionsInAll: 512,
  destinations: DESTINATION_LIMITS,
  routesAWalk: 8,
  triesARecipient: 4,
  probesADomainADay: 2,
  memoryEntries: 20_000,
};

/** A host notices the end of a connection a moment after us; until then the connection counts as open. */
export const CONNECTION_GONE_MS = 10;

/** How long a lesson about a host (group size, TLS, drops) is trusted. */
export const HOST_LESSON_MAX_AGE_MS = 3_600_000;
/** How long an unreachable address is tried last. */
export const DEAD_ADDRESS_MAX_AGE_MS = 60_000;

/** While others wait, all slow sessions together keep at most this share of the places. */
export const SLOW_SESSIONS_SHARE = 1 / 4;

/** The gap between connections to a host of no known provider that told us to slow down; longer with each cut of the pace, up to a max. */
export const CONNECTION_GAP_MS = 250;
export const CONNECTION_GAP_MAX_MS = 2_000;
