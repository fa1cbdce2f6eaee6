// What was asked in one session and what may still be asked: the open transaction, the limits of host and provider (RFC 9422, the
// provider's card, what we learned about the host), and the refusals it tolerates. It is a value: counting a reply makes a new one.
// Also reads what the host announced in its reply to EHLO. Guarantees: a group is never larger than allowed and never empty, and never larger
// than our own limit, whatever a host announces; a malformed line announces nothing, and a capability that is not listed is not assumed.
import type { SmtpReply } from '@/lib/verdict/evidence';
import type { Provider } from '@/lib/verdict/mail-host';
import { isGroupTooLarge, isPositive, isRefusedAsUnknown, type Exchange, type TlsWish } from '../exchange';
import type { Sender } from '../senders';
import type { SmtpLimits } from '../timeouts';

/** The sender of a transaction; SMTPUTF8 is requested with MAIL. */
export interface Envelope {
  readonly mailFrom: string;
  readonly smtpUtf8: boolean;
}

export interface Usage extends ReplyCount {
  /** Transactions begun so far. */
  readonly transactions: number;
  /** The open transaction, and how many recipients were answered in it. */
  readonly open: Envelope | null;
  readonly openRecipients: number;
  /** Recipients that were refused as unknown. */
  readonly refused: number;
  /** We sent something out of order or in a form that the host does not accept. It may be slow from now on, or keep count. */
  readonly hasErred: boolean;
}

/**
 * Where STARTTLS is offered, sessions begin with it (`usual`; `proved` if plain text was no better), until it leads to nothing (`broken`;
 * `doubtful` if only time or lost sessions have told) or the host is found to tell the truth in plain text alone (`worse`).
 */
export type TlsLesson = 'usual' | 'proved' | 'doubtful' | 'broken' | 'worse';

/** A question in the other way than usual may succeed where only silence, or our own choice, was in the way. */
export const beginsWithTls = (wish: TlsWish, lesson: TlsLesson): boolean =>
  wish === 'usual' ? lesson === 'usual' || lesson === 'proved' : wish === 'always' && lesson !== 'broken';

/** What was learned about a host in this session or others. */
export interface HostLessons {
  tls: TlsLesson;
  /** Whether it answers a whole batch, as PIPELINING promises; null if it has not been sent one. */
  pipelines: boolean | null;
  /** It ended sessions before it answered for any recipient. */
  isDropping: boolean;
  /** How to begin its sessions: HELO if EHLO leads to nothing and HELO works; `neither` if both lead to nothing. */
  hello: 'EHLO' | 'HELO' | 'neither';
  /** It was silent longer than most and may still greet (RFC 5321 4.5.3.2.1 allows five minutes). */
  greetsLate: boolean;
  /** It slows down, then ends, sessions with many refusals. */
  tires: boolean;
  /** The last sender whose MAIL it accepted. */
  takesMailOf: Sender | null;
  /** The most recipients in one transaction and in one session; null if no limit was met. */
  groupSize: number | null;
  sessionSize: number | null;
}

/** Everything that limits a session. */
export interface Bounds {
  capabilities: Capabilities;
  provider: Provider | null;
  lessons: HostLessons;
  limits: Pick<SmtpLimits, 'groupSize' | 'groupSizeMax'>;
}

export const NO_REPLIES: ReplyCount = { answered: 0, accepted: 0, lastAt: 0, quickestMs: Number.POSITIVE_INFINITY };

/** Names each field, in one order, because every reply makes a new one: objects made by spreads would have a layout of their own. */
function usageOf(
  { answered, accepted, lastAt, quickestMs }: ReplyCount,
  { transactions, open, openRecipients, refused, hasErred }: Omit<Usage, keyof ReplyCount>,
): Usage {
  return { answered, accepted, lastAt, quickestMs, transactions, open, openRecipients, refused, hasErred };
}

export const UNUSED = usageOf(NO_REPLIES, { transactions: 0, open: null, openRecipients: 0, refused: 0, hasErred: false });

export function withTransaction(usage: Usage, { mailFrom, smtpUtf8 }: Envelope): Usage {
  const { transactions, refused, hasErred } = usage;
  const open = { mailFrom, smtpUtf8 };
  return usageOf(usage, { transactions: transactions + 1, open, openRecipients: 0, refused, hasErred });
}
export const withoutTransaction = (usage: Usage): Usage =>
  usage.open === null ? usage : { ...usage, open: null, openRecipients: 0 };

/** `530 5.7.0 Must issue a STARTTLS command first`, `503 5.5.1 Need MAIL command`, and unknown or malformed commands. */
const ERROR_CODES: readonly number[] = [500, 502, 503, 504, 530];
/** At RCPT, 501 is about the mailbox's name. */
const isError = ({ came, stage }: Exchange): boolean =>
  came.kind === 'reply' && (ERROR_CODES.includes(came.reply.code) || (came.reply.code === 501 && stage !== 'rcpt'));

/** Whether the host counts this reply as our mistake; what follows a refused MAIL always is one. */
export const withErrors = (usage: Usage, exchange: Exchange, isAfterRefusal: boolean): Usage =>
  !usage.hasErred && (isAfterRefusal || isError(exchange)) ? { ...usage, hasErred: true } : usage;

/** Counts a reply to RCPT. `452 4.5.3` means that the recipient was not looked at. */
export function withReply(usage: Usage, exchange: Exchange, now: number): Usage {
  if (isGroupTooLarge(exchange)) return usage;
  const waitedMs = now - Math.max(exchange.at, usage.lastAt);
  const { answered, accepted, quickestMs, transactions, open, openRecipients, refused, hasErred } = usage;
  const count = {
    answered: answered + 1,
    accepted: accepted + (isPositive(exchange) ? 1 : 0),
    lastAt: now,
    quickestMs: Math.min(quickestMs, waitedMs),
  };
  const isUnknown = isRefusedAsUnknown(exchange);
  return usageOf(count, {
    transactions,
    open,
    openRecipients: openRecipients + 1,
    refused: refused + (isUnknown ? 1 : 0),
    hasErred,
  });
}

/** Recipients of one transaction. */
function groupSizeOf({ capabilities, provider, lessons, limits }: Bounds): number {
  const said = [capabilities.recipientsMax, provider?.maxRecipients ?? null].filter((limit) => limit !== null);
  const bounds = said.length === 0 ? [limits.groupSize] : said;
  return Math.max(1, Math.min(limits.groupSizeMax, lessons.groupSize ?? limits.groupSizeMax, ...bounds));
}

/** Recipients of one session. A provider that takes one (Outlook.com) objects to a second in the session, not only in the transaction. */
const sessionSizeOf = ({ provider, lessons }: Bounds): number =>
  provider?.maxRecipients === 1 ? 1 : (lessons.sessionSize ?? Number.POSITIVE_INFINITY);

const leftBeforeTired = (usage: Usage, { lessons, limits }: Bounds): number =>
  lessons.tires ? refusalsLeft(usage, limits.groupSize) : Number.POSITIVE_INFINITY;

function leftInSession(usage: Usage, bounds: Bounds): number {
  if (usage.hasErred) return 0;
  return Math.max(0, Math.min(sessionSizeOf(bounds) - usage.answered, leftBeforeTired(usage, bounds)));
}

/** No more recipients can be asked in this session. */
export function isSpent(usage: Usage, bounds: Bounds): boolean {
  const { transactionsMax } = bounds.capabilities;
  if (leftInSession(usage, bounds) === 0) return true;
  const isLast = transactionsMax !== null && usage.transactions >= transactionsMax;
  return isLast && usage.openRecipients >= groupSizeOf(bounds);
}

/** Room in the open transaction for this sender. To keep a limit on domains, nothing is added to an open transaction. */
export function openRoomFor({ open, openRecipients }: Usage, bounds: Bounds, { mailFrom, smtpUtf8 }: Envelope): number {
  if (open?.mailFrom !== mailFrom || open.smtpUtf8 !== smtpUtf8) return 0;
  return bounds.capabilities.recipientDomainsMax === null ? groupSizeOf(bounds) - openRecipients : 0;
}

/** How many recipients the next group may hold when this many wait. 0: this session is spent. */
export function roomFor(usage: Usage, bounds: Bounds, next: { envelope: Envelope; waiting: number }): number {
  const inOpen = openRoomFor(usage, bounds, next.envelope);
  const { transactionsMax } = bounds.capabilities;
  const inNew = transactionsMax === null || usage.transactions < transactionsMax ? groupSizeOf(bounds) : 0;
  return Math.min(leftInSession(usage, bounds), inOpen >= next.waiting ? inOpen : Math.max(inNew, inOpen));
}

// When to leave a session because of its refusals. Postfix delays every reply by a second once a session has had ten of them and hangs up
// at twenty (smtpd_soft_error_limit, smtpd_hard_error_limit); leaving before that is faster and more polite. Guarantees: a session is
// left only at hosts known to tire, and not before a full group or twenty refusals, so that a domain with nothing but dead mailboxes
// costs only one connection for that many.

const REFUSALS_BORNE = 10;
const REFUSALS_MAX = 20;
/** smtpd_error_sleep_time is 1 s. */
const SLOWED_MS = 900;
const SLOWED_TIMES = 4;

/** Replies to RCPT in one session. */
export interface ReplyCount {
  readonly answered: number;
  readonly accepted: number;
  /** Epoch ms of the last reply, and the shortest wait for one. */
  readonly lastAt: number;
  readonly quickestMs: number;
}

/** Postfix names itself unless told not to: `220 mx.example.org ESMTP Postfix (Debian/GNU)`. */
export const isTiringByName = (greeting: string): boolean => /\bpostfix\b/i.test(greeting);

/** A reply that comes now to a command sent at `since` shows that the host slows down a client with many refusals. */
export function isSlowedDown(count: ReplyCount, { since, now }: { since: number; now: number }): boolean {
  // Replies to a pipelined group share one start; the wait for each began with the reply before it.
  const waitedMs = now - Math.max(since, count.lastAt);
  const refused = count.answered - count.accepted;
  return refused >= REFUSALS_BORNE && waitedMs >= SLOWED_MS && waitedMs >= count.quickestMs * SLOWED_TIMES;
}

/** Another group, refused as often as those before, would exceed what such a host tolerates. */
const isTired = ({ answered, accepted }: ReplyCount, groupSize: number): boolean =>
  answered >= groupSize && (answered - accepted) * (1 + groupSize / answered) > REFUSALS_BORNE;

/** How many more recipients may be refused before the host hangs up. 0: leave the session. */
export const refusalsLeft = (count: ReplyCount, groupSize: number): number =>
  isTired(count, groupSize) ? 0 : Math.max(0, REFUSALS_MAX - (count.answered - count.accepted));

/** What a host announced, as far as it matters for asking. */
export interface Capabilities {
  pipelining: boolean;
  smtpUtf8: boolean;
  startTls: boolean;
  /** RFC 9422 LIMITS: recipients and distinct recipient domains per transaction, transactions per session. Null: not announced. */
  recipientsMax: number | null;
  recipientDomainsMax: number | null;
  transactionsMax: number | null;
}

/** After HELO, and before anything was announced. */
export const NO_CAPABILITIES: Capabilities = {
  pipelining: false,
  smtpUtf8: false,
  startTls: false,
  recipientsMax: null,
  recipientDomainsMax: null,
  transactionsMax: null,
};

/** RFC 9422 4: a limit is 1 to 6 digits, not zero. */
const limitOf = (params: string, name: string): number | null => {
  const found = new RegExp(`(?:^|\\s)${name}=([1-9]\\d{0,5})(?:\\s|$)`, 'i').exec(params);
  return found === null ? null : Number(found[1]);
};

export function parseCapabilities(ehlo: SmtpReply): Capabilities {
  const announced = new Map<string, string>();
  // The first line is the host's name, whatever it looks like.
  for (const line of ehlo.text.split('\n').slice(1)) {
    const [keyword = '', ...params] = line.trim().split(/\s+/);
    announced.set(keyword.toUpperCase(), params.join(' '));
  }
  const limits = announced.get('LIMITS') ?? '';
  return {
    pipelining: announced.has('PIPELINING'),
    smtpUtf8: announced.has('SMTPUTF8'),
    startTls: announced.has('STARTTLS'),
    recipientsMax: limitOf(limits, 'RCPTMAX'),
    recipientDomainsMax: limitOf(limits, 'RCPTDOMAINMAX'),
    transactionsMax: limitOf(limits, 'MAILMAX'),
  };
}
