// The shape of one classifier rule: whose refusal it is, when it fires, one specimen that fires exactly it, and where it
// was learned; and how a rule's expression is put together. Rules are data; the first one that fires, in the order of the
// table, gives the meaning. No flags: the text is normalized before it is matched.
import type { ReplyMeaning, ReplyStage } from '@/lib/verdict/evidence';

/** Where in the dialogue a reply came; `unknown` for replies from logs and from after RCPT. */
export type ClassifierStage = ReplyStage | 'unknown';

/** Whose refusal it is. Only a `recipient` rule may carry a meaning that speaks of the mailbox. */
export type RefusalSubject = 'recipient' | 'sender' | 'client' | 'content' | 'system';

export interface ReplyQuestion {
  stage: ClassifierStage;
  code: number;
  enhanced: string | null;
  text: string;
  /** Provider id where known. */
  provider: string | null;
}

export interface RuleConditions {
  stages?: readonly ClassifierStage[];
  /** Tested against the three digits. */
  code?: RegExp;
  /** Tested against the status given, or the one that stands in the text where none was given; '' where there is none. */
  enhanced?: RegExp;
  /** Tested against the normalized text: lower case, no accents, addresses as %a, IP addresses as %i. */
  text?: RegExp;
  /** The rule stays silent where this matches the normalized text. */
  not?: RegExp;
  provider?: RegExp;
}

export interface ReplyRule {
  /** Stable: stored with evidence. */
  id: string;
  meaning: ReplyMeaning;
  subject: RefusalSubject;
  when: RuleConditions;
  specimen: Partial<ReplyQuestion> & { code: number; text: string };
  source: string;
}

/** A group of alternatives as a pattern source. */
export const any = (...alternatives: readonly string[]): string => `(?:${alternatives.join('|')})`;

/** An expression that matches where any of the sources does. */
export const rx = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'));

/** A whole word: not part of a longer word or of a host name. */
export const word = (...alternatives: readonly string[]): string =>
  `(?<![a-z0-9.-])${any(...alternatives)}(?![a-z0-9]|[.-][a-z0-9])`;
