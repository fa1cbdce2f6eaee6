// How long and how much: every time-out and bound of the SMTP adapter, named once. RFC 5321 4.5.3.2 asks clients for minutes,
// which suits mail in a queue; a question with a budget of seconds cannot wait so long, so these are shorter and the budget of
// the question always wins. Tests inject small ones.
import { DESTINATION_LIMITS } from '@/lib/platform/limits';
import type { ProviderPace } from '@/lib/verdict/mail-host';

export interface SmtpTimeouts {
  /** TCP handshake. Short, so that a dead first mail host leaves time for the others. */
  connectMs: number;
  /** The 220. Postscreen waits 6 s on purpose, sendmail's greet_pause up to 30 s. */
  greetingMs: number;
  /** The same where a host let the first of us wait in vain: some look us up for a minute before they greet. */
  lateGreetingMs: number;
  heloMs: number;
  /** Reply to STARTTLS, and again the TLS handshake. */
  starttlsMs: number;
  /** MAIL and RSET. */
  mailMs: number;
  /** One RCPT. Microsoft 365 and postscreen delay strangers by many seconds, a block list that does not answer by thirty. */
  rcptMs: number;
  /** The rest of the first batch ever put to a host; then its PIPELINING is taken for broken. Longer than most tarpits. */
  pipelineMs: number;
  /** After this the socket is destroyed whether QUIT was answered or not. */
  quitMs: number;
  /** A finished session stays open this long for the next question. */
  idleMs: number;
  /** A question that has waited this long behind a busy session gets a further one, where the caps allow. */
  extraSessionMs: number;
  /** A session that has waited for a reply this long is slow: its queue gets no more of them. */
  slowAfterMs: number;
  /** How often the health of identities is exchanged with the other workers while there is something to tell or to learn. */
  healthSyncMs: number;
  /** The first question of a process waits this long for what is known of its identities. */
  healthFirstMs: number;
  /** A witness's answer, while refusals are held; without a witness, the wait for anybody to be accepted. */
  hearingMs: number;
}

export const SMTP_TIMEOUTS: SmtpTimeouts = {
  connectMs: 4_000,
  greetingMs: 20_000,
  lateGreetingMs: 75_000,
  heloMs: 15_000,
  starttlsMs: 10_000,
  mailMs: 20_000,
  rcptMs: 45_000,
  pipelineMs: 8_000,
  quitMs: 500,
  idleMs: 3_000,
  extraSessionMs: 250,
  slowAfterMs: 3_000,
  healthSyncMs: 3_000,
  healthFirstMs: 1_000,
  hearingMs: 5_000,
};

/** What an address, or its network, bears from all workers together. */
interface DestinationBounds {
  /** Open at once, those being dialed among them. */
  sessions: number;
  connectionsAnHour: number;
  recipientsAnHour: number;
}
export interface DestinationLimits {
  anAddress: DestinationBounds;
  aNet: DestinationBounds;
}

export interface SmtpLimits {
  /** Recipients of one transaction where neither host nor provider says. RFC 5321 4.5.3.1.8 promises 100; few like so many. */
  groupSize: number;
  /** The most ever asked in one transaction, whatever the host announces. */
  groupSizeMax: number;
  /**
   * Recipients of the first group of a sender at a host that has not taken it yet: with MAIL three refusals at most, which Exim bears of a
   * stranger (smtp_max_synprot_errors 3; Postfix ten, smtpd_soft_error_limit). A mailbox and its probe, so a single check loses no time.
   */
  firstGroupSize: number;
  /**
   * Sessions at one set of mail hosts of nobody we know: at most, from how many on they grow, and where sessions were dropped on us before
   * anybody was answered.
   */
  sessionsAHost: number;
  sessionsAtFirst: number;
  sessionsADroppingHost: number;
  /** Sessions at one set of mail hosts, whoever's, that has not answered a recipient yet or lets us wait. */
  sessionsASlowHost: number;
  /** The full pace of one identity at a provider whose card names none. */
  providerPace: ProviderPace;
  sessionsInAll: number;
  destinations: DestinationLimits;
  /** Addresses dialed in one walk over the mail hosts of a domain. */
  routesAWalk: number;
  /** How often one recipient is asked anew after lost sessions and full groups. */
  triesARecipient: number;
  /** How often the catch-all probe of a domain may be put to its hosts in a day: one pair. */
  probesADomainADay: number;
  /** What is remembered of hosts and domains in this process, in entries. */
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

/** A host notices the end of a connection a moment after us; until then it counts as open. */
export const CONNECTION_GONE_MS = 10;

/** What was learned of a host (group size, TLS, drops) is believed this long. */
export const HOST_LESSON_MAX_AGE_MS = 3_600_000;
/** An address that could not be reached is tried last for this long. */
export const DEAD_ADDRESS_MAX_AGE_MS = 60_000;

/** All slow sessions together keep this share of the places when others wait. */
export const SLOW_SESSIONS_SHARE = 1 / 4;

/** Between two connections to a host of nobody we know that told us to slow down: longer with each cut of the pace, up to a bound. */
export const CONNECTION_GAP_MS = 250;
export const CONNECTION_GAP_MAX_MS = 2_000;
