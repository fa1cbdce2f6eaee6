// A host's own words for names that do not exist, if they read like something else: `550 5.7.1 Access denied`, `554 Transaction failed`.
// The same words about a mailbox mean the same. Guarantees: words are learned only if both made-up names of a domain got them and a mailbox
// that was accepted before was accepted again after them, and only for that domain at that host, unless a control of its own tells that a
// neighbor's words are its own too; refusals in such words pass all doubts like any other.
import { RecentMap } from '@/worker/engine/bounded-maps';
import { redactedReply } from '../evidence';
import type { Exchange } from '../exchange';
import type { RedactReply } from '../ports';

interface Whose {
  localPart: string;
  domain: string;
}

/** Numbers, ticket ids and host names differ from reply to reply. */
const CHANGING = /\S*\d\S*/g;
const BETWEEN_WORDS = /[^\p{L}]+/gu;
/** Refusals that say what they mean, and our own doubts. */
const CLEAR: readonly string[] = ['accepted', 'mailbox_not_found', 'mailbox_disabled', 'domain_not_hosted'];
const OWN_DOUBTS: readonly (string | null)[] = ['refusals-spike', 'by-position', 'mixed-codes', 'smtputf8-not-offered'];

/** A permanent refusal that is not read as one about the mailbox. */
export const isUnclearRefusal = ({ stage, came }: Exchange): boolean =>
  stage === 'rcpt' &&
  came.kind === 'reply' &&
  came.reply.code >= 500 &&
  !CLEAR.includes(came.meaning) &&
  !OWN_DOUBTS.includes(came.rule);

/** The code and the words, without what names a mailbox or changes each time. */
export function wordsOf({ code, enhanced, text }: { code: number; enhanced: string | null; text: string }): string {
  const words = text.toLowerCase().replace(CHANGING, ' ').replace(BETWEEN_WORDS, ' ').trim();
  return `${String(code)} ${enhanced ?? ''} ${words}`;
}

export class OwnWords {
  private readonly learned: RecentMap<string, string>;
  /** The last words learned at a host, whatever the domain. */
  private readonly used: RecentMap<string, string>;

  constructor(
    private readonly redact: RedactReply,
    maxEntries: number,
  ) {
    this.learned = new RecentMap(maxEntries);
    this.used = new RecentMap(maxEntries);
  }

  of({ came, party }: Exchange, { localPart, domain }: Whose): string | null {
    if (came.kind === 'failure') return null;
    return wordsOf(redactedReply(came.reply, party, { localPart, domain, redact: this.redact }));
  }

  learn(domain: string, host: string, words: string): void {
    this.learned.set(`${domain} ${host}`, words);
    this.used.set(host, words);
  }

  /** Some domain at this host refuses names that do not exist in these words. */
  isUsedAt(host: string, words: string): boolean {
    return this.used.get(host) === words;
  }

  /** Gives the exchange the meaning that its words have there. */
  read(exchange: Exchange, whose: Whose): Exchange {
    if (this.learned.size === 0 || !isUnclearRefusal(exchange) || exchange.came.kind === 'failure') return exchange;
    const known = this.learned.get(`${whose.domain} ${exchange.party.host}`);
    if (known === undefined || known !== this.of(exchange, whose)) return exchange;
    return { ...exchange, came: { ...exchange.came, meaning: 'mailbox_not_found', rule: 'as-made-up-names' } };
  }
}
