// Turns a server's reply into one meaning of the closed list, by the rule table: the first rule that fires speaks.
// Pure and fast: everything is compiled once, and a text is matched only against rules whose words it holds.
// Promises that a reply no rule knows is `ambiguous`, never a guess; never throws, whatever the text.
import type { ReplyMeaning } from '@/lib/domain/reply';
import { buildLiteralIndex } from './literal-index';
import { normaliseReply, type NormalisedReply } from './normalise-reply';
import type { ReplyQuestion, ReplyRule } from './rule';
import { REPLY_RULES } from './rules.data';

export interface ReplyReading {
  readonly meaning: ReplyMeaning;
  /** Id of the rule that spoke, or null where none did. */
  readonly rule: string | null;
}

const UNREAD: ReplyReading = { meaning: 'ambiguous', rule: null };
const WORDS = Math.ceil(REPLY_RULES.length / 32);
const index = buildLiteralIndex(REPLY_RULES.map((rule) => rule.when.text ?? null));
const candidates = new Uint32Array(WORDS);

/** Bit sets of the rules that allow a (stage, code); there are few such pairs. */
const allowedBy = new Map<string, Uint32Array>();

function allowed(stage: ReplyQuestion['stage'], code: number): Uint32Array {
  const key = `${stage} ${code}`;
  const known = allowedBy.get(key);
  if (known !== undefined) return known;
  const bits = new Uint32Array(WORDS);
  REPLY_RULES.forEach(({ when }, at) => {
    const fits =
      (when.stages === undefined || when.stages.includes(stage)) && (when.code === undefined || when.code.test(String(code)));
    if (fits) bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
  });
  allowedBy.set(key, bits);
  return bits;
}

function fires({ when }: ReplyRule, reply: NormalisedReply, provider: string | null): boolean {
  if (when.enhanced?.test(reply.enhanced) === false) return false;
  if (when.provider?.test(provider ?? '') === false) return false;
  if (when.text?.test(reply.text) === false) return false;
  return when.not?.test(reply.text) !== true;
}

/** 400–599 and 2xx are read; anything else is no answer to a probe. */
const isReadable = (code: number): boolean =>
  Number.isInteger(code) && ((code >= 200 && code <= 299) || (code >= 400 && code <= 599));

function read(question: ReplyQuestion, reply: NormalisedReply): ReplyReading {
  const mask = allowed(question.stage, question.code);
  candidates.fill(0);
  index.mark(reply.text, reply.ascii, candidates);
  for (let word = 0; word < WORDS; word += 1) {
    let bits = (candidates[word] ?? 0) & (mask[word] ?? 0);
    while (bits !== 0) {
      const rule = REPLY_RULES[word * 32 + 31 - Math.clz32(bits & -bits)];
      if (rule !== undefined && fires(rule, reply, question.provider)) return { meaning: rule.meaning, rule: rule.id };
      bits &= bits - 1;
    }
  }
  return UNREAD;
}

/** Hosts repeat themselves: apart from the address, masked by now, most replies of a list are the same few texts. */
const KEPT_READINGS = 4_096;
const KEPT_TEXT_MAX_CHARS = 400;
const readings = new Map<string, ReplyReading>();

export function classifyReply(question: ReplyQuestion): ReplyReading {
  if (!isReadable(question.code)) return UNREAD;
  const reply = normaliseReply(question.text, question.enhanced);
  const key = `${question.stage} ${question.code} ${reply.enhanced} ${question.provider ?? ''} ${reply.text}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const reading = read(question, reply);
  if (reply.text.length > KEPT_TEXT_MAX_CHARS) return reading;
  if (readings.size >= KEPT_READINGS) readings.clear();
  readings.set(key, reading);
  return reading;
}
