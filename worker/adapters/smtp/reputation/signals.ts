// What exchanges with a mail host say about us, as opposed to mailboxes. Guarantees: what concerns one recipient or the size of a group is
// never held against the identity that asked, and a refused group counts as one refusal.
import { REFUSAL_TEXT_MAX_CHARS, type HealthTally } from '@/lib/verdict/health';
import { redactedReply, type Asked } from '../evidence';
import type { Exchange } from '../exchange';
import type { RedactReply } from '../ports';
import { CLOSED_BY_US } from '../wire/wire';

export type Signal =
  | 'clean'
  /** We asked too much at once: 421, a rate, a dropped session. */
  | 'slow_down'
  /** The host does not want us, whichever mailbox we ask about. */
  | 'refusal'
  /** Nothing that counts for or against us. */
  | 'none';

/** RFC 3463 X.2.X concerns the mailbox: `450 4.2.1 user receives mail too quickly` is not about the sender. */
const isAboutMailbox = (enhanced: string | null): boolean => enhanced?.slice(1, 3) === '.2';

export function signalOf({ came, stage }: Exchange): Signal {
  if (came.kind === 'failure') {
    return came.failure === 'disconnected' && came.detail !== CLOSED_BY_US ? 'slow_down' : 'none';
  }
  const { meaning, reply } = came;
  switch (meaning) {
    case 'accepted':
    case 'mailbox_not_found':
    case 'mailbox_disabled':
    case 'mailbox_full':
    case 'domain_not_hosted':
      return stage === 'rcpt' ? 'clean' : 'none';
    case 'sender_blocked':
    case 'sender_rejected':
      return 'refusal';
    case 'policy_other':
      if (reply.code >= 500) return stage === 'rcpt' ? 'none' : 'refusal';
      break;
    case 'greylisted':
      return 'none';
    case 'rate_limited':
      return isAboutMailbox(reply.enhanced) ? 'none' : 'slow_down';
  }
  return reply.code === 421 ? 'slow_down' : 'none';
}

/** `550 5.7.1 Client host blocked`, without our names or the recipient's. */
export function refusalText({ came, party }: Exchange, asked: Asked & { redact: RedactReply }): string {
  if (came.kind === 'failure') return came.detail;
  const { code, enhanced, text } = redactedReply(came.reply, party, asked);
  const words = [String(code), enhanced, text.replaceAll('\n', ' ')].filter((word) => word !== null && word !== '');
  return words.join(' ').slice(0, REFUSAL_TEXT_MAX_CHARS);
}

/** The signals of one group, or of one walk that found no session. */
export class GroupSignals {
  private answered = 0;
  private isSlow = false;
  private isCut = false;
  private refusal: { exchange: Exchange; of: Asked } | null = null;

  /** Not for replies after which the same identity asks in another way: a full group, a demand for TLS, a sender that is not liked. */
  note(exchange: Exchange, of: Asked): void {
    switch (signalOf(exchange)) {
      case 'clean':
        this.answered += 1;
        break;
      case 'slow_down':
        this.isSlow = true;
        break;
      case 'refusal':
        this.refusal ??= { exchange, of };
    }
  }

  /**
   * The session ended before all recipients were answered. If it was idle, its end may say nothing against us; if it was full, it has shown
   * how many recipients it takes.
   */
  lost(exchange: Exchange, why: { wasIdle: boolean; wasFull: boolean }): void {
    if (why.wasIdle && exchange.came.kind === 'failure') return;
    this.isCut = true;
    if (!why.wasFull && signalOf(exchange) === 'slow_down') this.isSlow = true;
  }

  /** What this says about how many sessions the host allows. */
  get course(): 'clean' | 'cut' | 'none' {
    if (this.isCut || this.isSlow) return 'cut';
    return this.answered > 0 && this.refusal === null ? 'clean' : 'none';
  }

  /** No session could be had. */
  noSession(exchange: Exchange, of: Asked): void {
    const signal = signalOf(exchange);
    if (signal === 'slow_down') this.isSlow = true;
    if (signal === 'refusal') this.refusal ??= { exchange, of };
  }

  tally(redact: RedactReply): HealthTally {
    const { answered, refusal } = this;
    const isOfUs = refusal !== null && (refusal.exchange.stage !== 'rcpt' || answered === 0);
    return {
      answered,
      slowDowns: this.isSlow ? 1 : 0,
      refused: isOfUs ? 1 : 0,
      lastRefusal: isOfUs ? { at: refusal.exchange.at, text: refusalText(refusal.exchange, { ...refusal.of, redact }) } : null,
    };
  }
}
