// The shape of a classifier rule: whom the refusal is about, when the rule fires, a specimen that fires only this rule, and the rule's
// source. Also helpers to build a rule's expression. Rules are data; the first one that fires, in table order, gives the meaning.
// Expressions have no flags, since the text is normalized before it is matched.
import type { ReplyMeaning, ReplyStage } from '@/lib/verdict/evidence';

/** The stage of the dialogue at which a reply came; `unknown` for replies from logs and for those after RCPT. */
export type ClassifierStage = ReplyStage | 'unknown';

/** Whom the refusal is about. Only a `recipient` rule may have a meaning about the mailbox. */
export type RefusalSubject = 'recipient' | 'sender' | 'client' | 'content' | 'system';

export interface ReplyQuestion {
  stage: ClassifierStage;
  code: number;
  enhanced: string | null;
  text: string;
  /** Provider id, if known. */
  provider: string | null;
}

export interface RuleConditions {
  stages?: readonly ClassifierStage[];
  /** Tested against the three digits. */
  code?: RegExp;
  /** Tested against the given status, or else the one in the text; '' if there is none. */
  enhanced?: RegExp;
  /** Tested against the normalized text: lower case, no accents, addresses as %a, IP addresses as %i. */
  text?: RegExp;
  /** The rule does not fire if this matches the normalized text. */
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

/** The pattern source of a group of alternatives. */
export const any = (...alternatives: readonly string[]): string => `(?:${alternatives.join('|')})`;

/** An expression that matches if any of the sources does. */
export const rx = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'));

/** The pattern source of a whole word, not part of a longer word or of a host name. */
export const word = (...alternatives: readonly string[]): string =>
  `(?<![a-z0-9.-])${any(...alternatives)}(?![a-z0-9]|[.-][a-z0-9])`;
