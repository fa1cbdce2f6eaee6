// One exchange with a mail host: its stage, what came back (a reply or a transport failure), and what that means. Guarantees: no reply
// before RCPT is ever read as one about a mailbox. Words are raw here; they are redacted when evidence is made for a question.
import { REPLY_JUDGED_MAX_CHARS } from '@/lib/platform/limits';
import {
  RECIPIENT_MEANINGS,
  type ReplyMeaning,
  type ReplyStage,
  type SmtpReply,
  type TransportFailure,
} from '@/lib/verdict/evidence';
import type { HeldBack } from '@/worker/engine/ports';
import type { ClassifyReply, Judgement } from './ports';

/** The host that was asked, and the identity that asked. */
export interface Party {
  host: string;
  /** Null if there was no address to dial. */
  address: string | null;
  /** HELO name */
  identity: string;
  /** Provider id */
  provider: string | null;
  /** Our names and addresses, which must not appear in evidence. */
  ownNames: readonly string[];
  /** Under TLS. */
  isSecure: boolean;
}

/** How a question is asked where STARTTLS is offered. */
export type TlsWish = 'usual' | 'always' | 'never';

export type Came =
  | { kind: 'reply'; reply: SmtpReply; meaning: ReplyMeaning; rule: string | null }
  | { kind: 'failure'; failure: TransportFailure; detail: string; heldBack?: HeldBack };

export interface Exchange {
  /** Epoch ms at which it began. */
  at: number;
  durationMs: number;
  stage: ReplyStage;
  party: Party;
  came: Came;
}

const ABOUT_A_MAILBOX: ReadonlySet<ReplyMeaning> = new Set<ReplyMeaning>([...RECIPIENT_MEANINGS, 'domain_not_hosted']);

/** Says something about the mailbox, rather than about us or the host. */
export const isAboutMailbox = ({ came }: Exchange): boolean => came.kind === 'reply' && ABOUT_A_MAILBOX.has(came.meaning);

/** A long reply is shortened to its beginning and its end, which say what it means. */
function toldShort(text: string): string {
  if (text.length <= REPLY_JUDGED_MAX_CHARS) return text;
  const half = REPLY_JUDGED_MAX_CHARS / 2;
  return `${text.slice(0, half)}\n${text.slice(-half)}`;
}

/** The host is still checking our name or sender: `450 4.1.7 Address verification in progress`, `451 4.4.3 SPF: temporary error`. */
const STILL_LOOKING =
  /verif(?:y|ication|ied).*(?:progress|complet|pending|defer|try|later)|(?:complete|defer).*(?:verif|call-?out)|call-?out.*(?:progress|defer|later)|temp(?:orary)?[ -]?(?:dns |lookup |look-up )?(?:err|fail)/is;
const isStillLooking = ({ code, text }: SmtpReply, meaning: ReplyMeaning): boolean =>
  code < 500 && (meaning === 'sender_rejected' || meaning === 'sender_blocked') && STILL_LOOKING.test(toldShort(text));

function judge(
  reply: SmtpReply,
  stage: ReplyStage,
  { provider, classify }: { provider: string | null; classify: ClassifyReply },
): Judgement {
  const { code, enhanced, text, isMixed = false } = reply;
  if (stage !== 'rcpt' && code < 300) return { meaning: 'accepted', rule: null };
  const judgement = classify({ stage, code, enhanced, text: toldShort(text), provider });
  const { meaning, rule } = judgement;
  // No recipient was named before RCPT: whatever the words are, the refusal is about us.
  if (stage !== 'rcpt' && ABOUT_A_MAILBOX.has(meaning)) return { meaning: 'policy_other', rule };
  // The lines of the reply contradict each other, which is not enough to call a mailbox dead.
  if (stage === 'rcpt' && isMixed && code >= 300) return { meaning: 'ambiguous', rule: 'mixed-codes' };
  if (isStillLooking(reply, meaning)) return { meaning: 'temporary_failure', rule };
  // A refusal code is never an acceptance, whatever a rule makes of its words.
  if (meaning === 'accepted' && code >= 300) return { meaning: 'ambiguous', rule };
  return judgement;
}

export function toCame(reply: SmtpReply, stage: ReplyStage, from: { provider: string | null; classify: ClassifyReply }): Came {
  const { meaning, rule } = judge(reply, stage, from);
  return { kind: 'reply', reply, meaning, rule };
}

/** The reply says that the host has no mailbox of this name. */
export const isRefusedAsUnknown = ({ came, stage }: Exchange): boolean =>
  stage === 'rcpt' && came.kind === 'reply' && (came.meaning === 'mailbox_not_found' || came.meaning === 'mailbox_disabled');
export const isPositive = (exchange: Exchange): boolean => exchange.came.kind === 'reply' && exchange.came.reply.code < 300;
/** The host said goodbye (RFC 5321 3.8); nothing that follows will be answered. */
export const isClosing = (exchange: Exchange): boolean => exchange.came.kind === 'failure' || exchange.came.reply.code === 421;

/** `530 5.7.0 Must issue a STARTTLS command first` (RFC 3207 4), `550 5.7.10 Encryption required`, and the same in words only. */
const TLS_WORDS =
  /must issue (?:a )?starttls|(?:tls|encryption|starttls)(?: \w+)? (?:is )?(?:required|needed|mandatory)|requires? (?:tls|starttls|encryption)/i;
export function wantsTls(exchange: Exchange): boolean {
  if (exchange.came.kind === 'failure' || exchange.came.reply.code < 400) return false;
  const { enhanced, text } = exchange.came.reply;
  return enhanced === '5.7.10' || enhanced === '4.7.10' || TLS_WORDS.test(text);
}

/** `452 4.5.3 Too many recipients` (RFC 5321 4.5.3.1.10; some still say 552 or 550). */
const TOO_MANY_WORDS = /too many (?:recipients|rcpts?\b|addresses)|recipient limit|maximum (?:number of )?recipients/i;
/** `450 4.2.1 user has received too many recipients this hour` is about a rate, not a size: it names a period. */
const A_RATE = /\b(?:hour|day|minute)s?\b|rate/i;
export function isGroupTooLarge(exchange: Exchange): boolean {
  if (exchange.came.kind === 'failure' || exchange.came.reply.code < 400) return false;
  const { enhanced, text } = exchange.came.reply;
  return (enhanced?.slice(1) === '.5.3' || TOO_MANY_WORDS.test(text)) && !A_RATE.test(text);
}

/** Ranks outcomes by how much they tell: words, a broken protocol, a hang-up, silence, no connection. */
const RANK = { smtp_protocol_error: 4, disconnected: 3, no_response: 2, timeout: 1, connect_failed: 0 } as const;
const rankOf = ({ came }: Exchange): number => (came.kind === 'reply' ? 5 : RANK[came.failure]);
/** Of equals, the earlier one: the host of best preference speaks for the domain. */
export const moreTelling = (first: Exchange | null, second: Exchange): Exchange =>
  first !== null && rankOf(first) >= rankOf(second) ? first : second;
