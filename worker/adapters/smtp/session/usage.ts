// What was asked in one session and what may still be: the open transaction, the limits of host and provider (RFC 9422, the provider's
// card, what the host taught us), and the refusals it will bear. Promises that a group is never larger than what is allowed.
import { isGroupTooLarge, isPositive, type Exchange } from '../exchange';
import { groupSizeOf, sessionSizeOf, type Known } from './group-size';
import type { SmtpLimits } from '../timeouts';
import { Tiring } from './tiring';

/** Sender of a transaction; SMTPUTF8 is asked for with MAIL. */
interface Envelope {
  mailFrom: string;
  smtpUtf8: boolean;
}

export class SessionUsage {
  /** Recipients that were answered in this session. */
  answered = 0;
  /** Of these, how many were accepted. */
  accepted = 0;
  private readonly tiring = new Tiring();
  private transaction: (Envelope & { recipients: number }) | null = null;
  private transactions = 0;

  constructor(
    private readonly known: () => Known,
    private readonly limits: SmtpLimits,
  ) {}

  /** A transaction is open. */
  get isOpen(): boolean {
    return this.transaction !== null;
  }
  /** Recipients that were answered in the open transaction. */
  get answeredInTransaction(): number {
    return this.transaction?.recipients ?? 0;
  }
  /** Nobody can be asked in this session any more. */
  get isSpent(): boolean {
    const known = this.known();
    const { transactionsMax } = known.capabilities;
    if (this.sessionLeft(known) === 0) return true;
    const isLast = transactionsMax !== null && this.transactions >= transactionsMax;
    return isLast && this.answeredInTransaction >= groupSizeOf(known, this.limits);
  }

  begin({ mailFrom, smtpUtf8 }: Envelope): void {
    this.transactions += 1;
    this.transaction = { mailFrom, smtpUtf8, recipients: 0 };
  }

  reset(): void {
    this.transaction = null;
  }

  /** Counts a reply to RCPT; true where it shows that the host slows us down. `452 4.5.3` says that nobody was looked at. */
  count(exchange: Exchange, now: number): boolean {
    if (isGroupTooLarge(exchange)) return false;
    this.answered += 1;
    if (isPositive(exchange)) this.accepted += 1;
    if (this.transaction !== null) this.transaction.recipients += 1;
    return this.tiring.count({ isRefusal: !isPositive(exchange), since: exchange.at, now });
  }

  /** How many recipients the next group may hold, when so many wait; 0: this session is spent. */
  roomFor(envelope: Envelope, waiting: number): number {
    const known = this.known();
    const open = this.openRoom(envelope, known);
    const max = known.capabilities.transactionsMax;
    const fresh = max === null || this.transactions < max ? groupSizeOf(known, this.limits) : 0;
    return Math.min(this.sessionLeft(known), open >= waiting ? open : Math.max(fresh, open));
  }

  /** Room in the open transaction for this sender; a limit on domains is kept by never adding to one. */
  openRoom({ mailFrom, smtpUtf8 }: Envelope, known = this.known()): number {
    const open = this.transaction;
    if (open?.mailFrom !== mailFrom || open.smtpUtf8 !== smtpUtf8) return 0;
    return known.capabilities.recipientDomainsMax === null ? groupSizeOf(known, this.limits) - open.recipients : 0;
  }

  private sessionLeft(known: Known): number {
    const isTired = known.lessons.tires && this.tiring.isOut(this.limits.groupSize);
    return isTired ? 0 : Math.max(0, sessionSizeOf(known) - this.answered);
  }
}
