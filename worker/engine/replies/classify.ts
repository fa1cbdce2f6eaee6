// Classifies a server's reply as one meaning of the closed list. A few replies and codes are known; all others are read word by word. Pure
// and fast: everything is compiled once, and repeated texts are cached. Guarantees: a reply that says too little is `ambiguous`, never a
// guess; no text makes it throw.
import type { ReplyMeaning } from '@/lib/verdict/evidence';
import { ACCEPTANCE_RULES, KNOWN_RULES } from './known.data';
import { normalizeReply, type NormalizedReply } from './normalize-reply';
import { PROVIDER_CODE_RULES, RECIPIENT_CODE_RULES } from './provider-codes.data';
import { readReply } from './reader';
import type { ReplyQuestion, ReplyRule, RuleConditions } from './rule';
import { LEARNED_READER, type SecondReader } from './second-reader';

export interface ReplyReading {
  readonly meaning: ReplyMeaning;
  /** Id of the rule that fired, or `read.` and the statement that decided; null if the reply is ambiguous. */
  readonly rule: string | null;
}

export type ReplyClassifier = (question: ReplyQuestion) => ReplyReading;

/** Rules that are tried before the text is read; the first that fires decides. Codes about us come before those about the mailbox. */
export const REPLY_RULES: readonly ReplyRule[] = [
  ...ACCEPTANCE_RULES,
  ...KNOWN_RULES,
  ...PROVIDER_CODE_RULES,
  ...RECIPIENT_CODE_RULES,
];

const UNREAD: ReplyReading = { meaning: 'ambiguous', rule: null };

/** Hosts repeat themselves: with the address masked, most replies of a list are the same few texts. */
const KEPT_READINGS = 4_096;
const KEPT_TEXT_MAX_CHARS = 400;

const REFUSALS_FROM = 400;

/** 2xx and 400–599 are read; any other code is no answer to a probe. */
const isReadable = (code: number): boolean =>
  Number.isInteger(code) && ((code >= 200 && code <= 299) || (code >= 400 && code <= 599));

function fires(when: RuleConditions, { stage, code, provider }: ReplyQuestion, reply: NormalizedReply): boolean {
  if (when.stages?.includes(stage) === false || when.code?.test(String(code)) === false) return false;
  if (when.enhanced?.test(reply.enhanced) === false) return false;
  if (when.provider?.test(provider ?? '') === false) return false;
  if (when.text?.test(reply.text) === false) return false;
  return when.not?.test(reply.text) !== true;
}

interface Readers {
  readonly rules: readonly ReplyRule[];
  readonly second: SecondReader;
}

/** Tries the rules in order; a refusal that none of them settles is read word by word. */
function read({ rules, second }: Readers, question: ReplyQuestion, reply: NormalizedReply): ReplyReading {
  const rule = rules.find(({ when }) => fires(when, question, reply));
  if (rule !== undefined) return { meaning: rule.meaning, rule: rule.id };
  const reading = question.code < REFUSALS_FROM ? null : readReply(question, reply, second);
  return reading === null ? UNREAD : { meaning: reading.meaning, rule: `read.${reading.said}` };
}

/** A classifier with any rules and any second reader, so that an evaluation can leave rules and sources out. */
export function buildReplyClassifier(rules: readonly ReplyRule[], second: SecondReader = LEARNED_READER): ReplyClassifier {
  const readings = new Map<string, ReplyReading>();
  return (question) => {
    if (!isReadable(question.code)) return UNREAD;
    const reply = normalizeReply(question.text, question.enhanced);
    const key = `${question.stage} ${question.code} ${reply.enhanced} ${question.provider ?? ''} ${reply.text}`;
    const known = readings.get(key);
    if (known !== undefined) return known;
    const reading = read({ rules, second }, question, reply);
    if (reply.text.length > KEPT_TEXT_MAX_CHARS) return reading;
    if (readings.size >= KEPT_READINGS) readings.clear();
    readings.set(key, reading);
    return reading;
  };
}

export const classifyReply: ReplyClassifier = buildReplyClassifier(REPLY_RULES);
