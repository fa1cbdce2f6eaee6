// Turns a server's reply into one meaning of the closed list, by a rule table: the first rule that fires speaks.
// Pure and fast: everything is compiled once, and a text is matched only against rules whose words it holds.
// Promises that a reply no rule knows is `ambiguous`, never a guess; never throws, whatever the text.
import type { ReplyMeaning } from '@/lib/verdict/evidence';
import { buildLiteralIndex } from './literal-index';
import { normalizeReply, type NormalizedReply } from './normalize-reply';
import type { ReplyQuestion, ReplyRule } from './rule';
import { REPLY_RULES } from './rules.data';

export interface ReplyReading {
  readonly meaning: ReplyMeaning;
  /** Id of the rule that spoke, or null where none did. */
  readonly rule: string | null;
}

export type ReplyClassifier = (question: ReplyQuestion) => ReplyReading;

const UNREAD: ReplyReading = { meaning: 'ambiguous', rule: null };

/** Hosts repeat themselves: apart from the address, masked by now, most replies of a list are the same few texts. */
const KEPT_READINGS = 4_096;
const KEPT_TEXT_MAX_CHARS = 400;

/** 400–599 and 2xx are read; anything else is no answer to a probe. */
const isReadable = (code: number): boolean =>
  Number.isInteger(code) && ((code >= 200 && code <= 299) || (code >= 400 && code <= 599));

function fires({ when }: ReplyRule, reply: NormalizedReply, provider: string | null): boolean {
  if (when.enhanced?.test(reply.enhanced) === false) return false;
  if (when.provider?.test(provider ?? '') === false) return false;
  if (when.text?.test(reply.text) === false) return false;
  return when.not?.test(reply.text) !== true;
}

/** Bit sets of the rules that allow a (stage, code); there are few such pairs. */
function rulesByStageAndCode(rules: readonly ReplyRule[]): (stage: ReplyQuestion['stage'], code: number) => Uint32Array {
  const known = new Map<string, Uint32Array>();
  return (stage, code) => {
    const key = `${stage} ${code}`;
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const bits = new Uint32Array(Math.ceil(rules.length / 32));
    rules.forEach(({ when }, at) => {
      const fits = when.stages?.includes(stage) !== false && when.code?.test(String(code)) !== false;
      if (fits) bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
    });
    known.set(key, bits);
    return bits;
  };
}

/** Asks the rules in their order; the order of the table is its design. */
function buildReader(rules: readonly ReplyRule[]): (question: ReplyQuestion, reply: NormalizedReply) => ReplyReading {
  const words = Math.ceil(rules.length / 32);
  const index = buildLiteralIndex(rules.map((rule) => rule.when.text ?? null));
  const allowed = rulesByStageAndCode(rules);
  const candidates = new Uint32Array(words);
  return (question, reply) => {
    const mask = allowed(question.stage, question.code);
    candidates.fill(0);
    index.mark(reply.text, reply.ascii, candidates);
    for (let word = 0; word < words; word += 1) {
      let bits = (candidates[word] ?? 0) & (mask[word] ?? 0);
      while (bits !== 0) {
        const rule = rules[word * 32 + 31 - Math.clz32(bits & -bits)];
        if (rule !== undefined && fires(rule, reply, question.provider)) return { meaning: rule.meaning, rule: rule.id };
        bits &= bits - 1;
      }
    }
    return UNREAD;
  };
}

/** A classifier of any table, so that an evaluation can leave rules out. */
export function buildReplyClassifier(rules: readonly ReplyRule[]): ReplyClassifier {
  const read = buildReader(rules);
  const readings = new Map<string, ReplyReading>();
  return (question) => {
    if (!isReadable(question.code)) return UNREAD;
    const reply = normalizeReply(question.text, question.enhanced);
    const key = `${question.stage} ${question.code} ${reply.enhanced} ${question.provider ?? ''} ${reply.text}`;
    const known = readings.get(key);
    if (known !== undefined) return known;
    const reading = read(question, reply);
    if (reply.text.length > KEPT_TEXT_MAX_CHARS) return reading;
    if (readings.size >= KEPT_READINGS) readings.clear();
    readings.set(key, reading);
    return reading;
  };
}

export const classifyReply: ReplyClassifier = buildReplyClassifier(REPLY_RULES);
