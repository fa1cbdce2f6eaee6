// What was asked in one session, and what may still be: the open transaction, the limits of host and provider (RFC 9422, the provider's
// card, what the host taught us), and the refusals it bears. A value: whoever counts a reply gets a new one. Promises that a group is
// never larger than what is allowed, and at least one; refuses to go past our own bound, whatever a host announces.
import type { Provider } from '@/lib/verdict/mail-host';
import { isGroupTooLarge, isPositive, isRefusedAsUnknown, type Exchange } from '../exchange';
import type { Sender } from '../senders';
import type { SmtpLimits } from '../timeouts';
import type { Capabilities } from './capabilities';

/** Sender of a transaction; SMTPUTF8 is asked for with MAIL. */
export interface Envelope {
  readonly mailFrom: string;
  readonly smtpUtf8: boolean;
}

export interface Usage extends ReplyCount {
  /** Begun so far. */
  readonly transactions: number;
  /** The open one, and the recipients that were answered in it. */
  readonly open: Envelope | null;
  readonly openRecipients: number;
  /** Recipients that were refused as unknown. */
  readonly refused: number;
  /** The host was asked something out of order, or in a way that it does not take. It may be slow from now on, or count. */
  readonly hasErred: boolean;
}

/** What was learned of a host in its sessions, this one or others. */
export interface HostLessons {
  wantsTls: boolean;
  /** It offers TLS, and the handshake fails. */
  isTlsBroken: boolean;
  /** Whether it answers a whole batch, as PIPELINING promises; null while no batch was put to it. */
  pipelines: boolean | null;
  /** Ended sessions before it said a word about anybody. */
  isDropping: boolean;
  /** What its sessions begin with: HELO where EHLO leads to nothing and HELO does; `neither` helps where both lead to nothing. */
  hello: 'EHLO' | 'HELO' | 'neither';
  /** It was silent for longer than most, and may greet yet (RFC 5321 4.5.3.2.1 allows five minutes). */
  greetsLate: boolean;
  /** Slows down, then ends, sessions with many refusals. */
  tires: boolean;
  /** The last sender whose MAIL it took. */
  takesMailOf: Sender | null;
  /** Most recipients in one transaction, and in one session; null while nothing stood in the way. */
  groupSize: number | null;
  sessionSize: number | null;
}

/** Whatever bounds a session. */
export interface Bounds {
  capabilities: Capabilities;
  provider: Provider | null;
  lessons: HostLessons;
  isSecure: boolean;
  limits: Pick<SmtpLimits, 'groupSize' | 'groupSizeMax'>;
}

export const NO_REPLIES: ReplyCount = { answered: 0, accepted: 0, lastAt: 0, quickestMs: Number.POSITIVE_INFINITY };

export const UNUSED: Usage = { ...NO_REPLIES, transactions: 0, open: null, openRecipients: 0, refused: 0, hasErred: false };

export const withTransaction = (usage: Usage, { mailFrom, smtpUtf8 }: Envelope): Usage => ({
  ...usage,
  transactions: usage.transactions + 1,
  open: { mailFrom, smtpUtf8 },
  openRecipients: 0,
});
export const withoutTransaction = (usage: Usage): Usage =>
  usage.open === null ? usage : { ...usage, open: null, openRecipients: 0 };

/** `530 5.7.0 Must issue a STARTTLS command first`, `503 5.5.1 Need MAIL command`, and commands that are not known or not well put. */
const ERROR_CODES: readonly number[] = [500, 502, 503, 504, 530];
/** At RCPT 501 is a word about the mailbox's name. */
const isError = ({ came, stage }: Exchange): boolean =>
  came.kind === 'reply' && (ERROR_CODES.includes(came.reply.code) || (came.reply.code === 501 && stage !== 'rcpt'));

/** Whether the host counts this reply as a mistake of ours: what follows a refused MAIL always is one. */
export const withErrors = (usage: Usage, exchange: Exchange, isAfterRefusal: boolean): Usage =>
  !usage.hasErred && (isAfterRefusal || isError(exchange)) ? { ...usage, hasErred: true } : usage;

/** Counts a reply to RCPT. `452 4.5.3` says that nobody was looked at. */
export function withReply(usage: Usage, exchange: Exchange, now: number): Usage {
  if (isGroupTooLarge(exchange)) return usage;
  const waitedMs = now - Math.max(exchange.at, usage.lastAt);
  return {
    answered: usage.answered + 1,
    accepted: usage.accepted + (isPositive(exchange) ? 1 : 0),
    lastAt: now,
    quickestMs: Math.min(usage.quickestMs, waitedMs),
    transactions: usage.transactions,
    open: usage.open,
    openRecipients: usage.openRecipients + 1,
    refused: usage.refused + (isRefusedAsUnknown(exchange) ? 1 : 0),
    hasErred: usage.hasErred,
  };
}

/** Recipients of one transaction. */
function groupSizeOf({ capabilities, provider, lessons, limits }: Bounds): number {
  const said = [capabilities.recipientsMax, provider?.maxRecipients ?? null].filter((limit) => limit !== null);
  const bounds = said.length === 0 ? [limits.groupSize] : said;
  return Math.max(1, Math.min(limits.groupSizeMax, lessons.groupSize ?? limits.groupSizeMax, ...bounds));
}

/** Recipients of one session. A provider that bears one (Outlook.com) minds the second in the session, not only in the transaction. */
const sessionSizeOf = ({ provider, lessons }: Bounds): number =>
  provider?.maxRecipients === 1 ? 1 : (lessons.sessionSize ?? Number.POSITIVE_INFINITY);

/** TLS is asked for here by now, and this session began before that was known. */
const isToBeSecure = ({ lessons, capabilities, isSecure }: Bounds): boolean =>
  lessons.wantsTls && !lessons.isTlsBroken && capabilities.startTls && !isSecure;

const leftBeforeTired = (usage: Usage, { lessons, limits }: Bounds): number =>
  lessons.tires ? refusalsLeft(usage, limits.groupSize) : Number.POSITIVE_INFINITY;

function leftInSession(usage: Usage, bounds: Bounds): number {
  if (usage.hasErred || isToBeSecure(bounds)) return 0;
  return Math.max(0, Math.min(sessionSizeOf(bounds) - usage.answered, leftBeforeTired(usage, bounds)));
}

/** Nobody can be asked in this session any more. */
export function isSpent(usage: Usage, bounds: Bounds): boolean {
  const { transactionsMax } = bounds.capabilities;
  if (leftInSession(usage, bounds) === 0) return true;
  const isLast = transactionsMax !== null && usage.transactions >= transactionsMax;
  return isLast && usage.openRecipients >= groupSizeOf(bounds);
}

/** Room in the open transaction for this sender; a limit on domains is kept by never adding to one. */
export function openRoomFor({ open, openRecipients }: Usage, bounds: Bounds, { mailFrom, smtpUtf8 }: Envelope): number {
  if (open?.mailFrom !== mailFrom || open.smtpUtf8 !== smtpUtf8) return 0;
  return bounds.capabilities.recipientDomainsMax === null ? groupSizeOf(bounds) - openRecipients : 0;
}

/** How many recipients the next group may hold, when so many wait; 0: this session is spent. */
export function roomFor(usage: Usage, bounds: Bounds, next: { envelope: Envelope; waiting: number }): number {
  const inOpen = openRoomFor(usage, bounds, next.envelope);
  const { transactionsMax } = bounds.capabilities;
  const inNew = transactionsMax === null || usage.transactions < transactionsMax ? groupSizeOf(bounds) : 0;
  return Math.min(leftInSession(usage, bounds), inOpen >= next.waiting ? inOpen : Math.max(inNew, inOpen));
}

// When to leave a session because of its refusals. Postfix delays every reply by a second once a session saw ten of them, and hangs
// up at twenty (smtpd_soft_error_limit, smtpd_hard_error_limit); whoever leaves before that is quicker and politer. Promises that a
// session is left only at hosts that are known to tire, and not before a full group or twenty refusals, so that a domain of
// nothing but dead mailboxes costs no more than a connection for so many.

const REFUSALS_BORNE = 10;
const REFUSALS_MAX = 20;
/** smtpd_error_sleep_time is 1 s. */
const SLOWED_MS = 900;
const SLOWED_TIMES = 4;

/** Replies to RCPT in one session. */
export interface ReplyCount {
  readonly answered: number;
  readonly accepted: number;
  /** Epoch ms of the last one, and the shortest wait for one. */
  readonly lastAt: number;
  readonly quickestMs: number;
}

/** Postfix says its name unless it is told not to: `220 mx.example.org ESMTP Postfix (Debian/GNU)`. */
export const isTiringByName = (greeting: string): boolean => /\bpostfix\b/i.test(greeting);

/** A reply that comes now, to what was sent then, shows that the host slows down whoever was refused often. */
export function isSlowedDown(count: ReplyCount, { since, now }: { since: number; now: number }): boolean {
  // Replies to a pipelined group have one beginning; each was waited for since the one before.
  const waitedMs = now - Math.max(since, count.lastAt);
  const refused = count.answered - count.accepted;
  return refused >= REFUSALS_BORNE && waitedMs >= SLOWED_MS && waitedMs >= count.quickestMs * SLOWED_TIMES;
}

/** Another group, refused as often as those before, would pass what such a host bears. */
const isTired = ({ answered, accepted }: ReplyCount, groupSize: number): boolean =>
  answered >= groupSize && (answered - accepted) * (1 + groupSize / answered) > REFUSALS_BORNE;

/** How many may be refused yet before the host hangs up. 0: the session is to be left. */
export const refusalsLeft = (count: ReplyCount, groupSize: number): number =>
  isTired(count, groupSize) ? 0 : Math.max(0, REFUSALS_MAX - (count.answered - count.accepted));
