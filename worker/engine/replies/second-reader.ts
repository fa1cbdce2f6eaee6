// Reads replies that statements leave open. Each word, the code and the status count for or against every meaning, by weights learned from
// labeled replies (learned.data.ts, written by scripts/learn-replies.ts). Guarantees: it names the words that decided; it gives no meaning
// if it is less sure than required; it gives no meaning about the mailbox before RCPT, with a 4yz code or 503, with a status about policy or
// the sender, or beside a word of refusal.
import type { ReplyMeaning } from '@/lib/verdict/evidence';
import { LEARNED } from './learned.data';
import type { NormalizedReply } from './normalize-reply';
import type { ReplyQuestion } from './rule';
import type { Said } from './statements';
import type { Predicate, Subject } from './words.data';

export type Question = Pick<ReplyQuestion, 'stage' | 'code'>;

export interface ReadOnce {
  readonly question: Question;
  readonly reply: NormalizedReply;
  readonly said: Said;
}

/** A second reading of a reply; null if no meaning has at least this share of the probability. */
export type SecondReader = (
  read: ReadOnce,
  leastShare: number,
) => { readonly meaning: ReplyMeaning; readonly said: string } | null;

/** Each feature has one weight per meaning, in the order of `meanings`. */
export interface Weights {
  readonly meanings: readonly ReplyMeaning[];
  readonly of: ReadonlyMap<string, readonly number[]>;
}

interface Likely {
  readonly meaning: ReplyMeaning;
  readonly at: number;
  readonly share: number;
}

/** Weights are stored as integers, multiplied by this. */
export const WEIGHT_SCALE = 50;
const STEM_CHARS = 5;
const WORDS_NAMED = 2;
/** Meanings that need a recipient, named by RCPT. */
export const ABOUT_RECIPIENT: ReadonlySet<ReplyMeaning> = new Set<ReplyMeaning>([
  'mailbox_not_found',
  'mailbox_disabled',
  'mailbox_full',
  'domain_not_hosted',
]);
const REFUSALS: readonly Predicate[] = ['refused', 'blocked', 'forbidden', 'mayNot'];
const REFUSAL_WORD = /polic|denied|prohibit|block|black|reject|refus|spam|auth|permi|allow/;
/** X.7 is about policy, X.1.7 to X.1.9 about the sender (RFC 3463). */
const STATUS_OF_OURS = /^5\.(?:7\.|1\.[789]$)/;
/** "Bad sequence of commands": no mailbox was looked for. */
const OUT_OF_ORDER = 503;
/** A refusal that names one of these is not about the mailbox. */
const OURS: readonly Subject[] = [
  'wish',
  'sender',
  'identity',
  'client',
  'relay',
  'login',
  'list',
  'reputation',
  'command',
  'policy',
  'system',
];
/** Links, and ids of tickets and queues: a token with a digit is not a word. */
const NO_WORDS = /https?:\/\/\S*|\S*\d\S*/g;
const WORD = /%[ai]|(?<![\p{L}'%])\p{L}[\p{L}']+/gu;
/** With fewer known words it does not decide. */
const LEAST_WORDS = 2;

const isAtRcpt = ({ stage }: Question): boolean => stage === 'rcpt' || stage === 'unknown';

/** The features of a reply: its words and their stems, its code and status, and the stage at which it came. */
export function featuresOf({ question, reply: { enhanced }, said: { text, topic } }: ReadOnce): string[] {
  const code = String(question.code);
  const found = new Set(['all', `code:${code}`, `code:${code.charAt(0)}`, `at:${isAtRcpt(question) ? 'rcpt' : question.stage}`]);
  if (enhanced !== '') found.add(`status:${enhanced.slice(1)}`).add(`status:${enhanced.split('.')[1] ?? ''}`);
  if (topic !== null) found.add(`topic:${topic}`);
  for (const [word] of text.replace(NO_WORDS, ' ').matchAll(WORD)) {
    found.add(`=${word}`);
    if (word.length > STEM_CHARS) found.add(`~${word.slice(0, STEM_CHARS)}`);
  }
  return [...found];
}

function sharesOf({ meanings, of }: Weights, features: readonly string[]): number[] {
  const rows = features.flatMap((feature) => {
    const row = of.get(feature);
    return row === undefined ? [] : [row];
  });
  const size = Math.sqrt(Math.max(rows.length, 1));
  const sums = meanings.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / size);
  const most = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - most));
  const all = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / all);
}

/** Whether the reply may be about something other than the mailbox. */
function isMailboxExcluded({ question, reply: { enhanced }, said: { text, subjects, predicates } }: ReadOnce): boolean {
  if (!isAtRcpt(question) || question.code < 500 || question.code === OUT_OF_ORDER || STATUS_OF_OURS.test(enhanced)) return true;
  if (OURS.some((subject) => subjects.has(subject))) return true;
  return REFUSAL_WORD.test(text) || REFUSALS.some((predicate) => predicates.has(predicate));
}

/** The words that counted most for a meaning. */
function wordsFor({ of }: Weights, features: readonly string[], at: number): string {
  const spoke = features
    .filter((feature) => feature.startsWith('=') || feature.startsWith('~'))
    .map((feature) => ({ word: feature.slice(1), weight: of.get(feature)?.[at] ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return [...new Set(spoke.map(({ word }) => word))].slice(0, WORDS_NAMED).join('+') || 'status';
}

export function secondReader(weights: Weights): SecondReader {
  return (read, leastShare) => {
    const features = featuresOf(read);
    if (features.filter((feature) => feature.startsWith('=') && weights.of.has(feature)).length < LEAST_WORDS) return null;
    const isExcluded = isMailboxExcluded(read);
    const shares = sharesOf(weights, features);
    const best = weights.meanings
      .map((meaning, at): Likely => ({ meaning, at, share: shares[at] ?? 0 }))
      .filter(({ meaning }) => !(isExcluded && ABOUT_RECIPIENT.has(meaning)))
      .reduce<Likely | null>((most, likely) => (most === null || likely.share > most.share ? likely : most), null);
    if (best === null || best.share < leastShare) return null;
    return { meaning: best.meaning, said: `learned.${wordsFor(weights, features, best.at)}` };
  };
}

/** Lines such as "=user 12 -3 …". */
export function parseWeights(meanings: readonly ReplyMeaning[], lines: string): Weights {
  const rows = lines.trim().split('\n');
  return {
    meanings,
    of: new Map(
      rows.map((line) => {
        const [feature = '', ...numbers] = line.split(' ');
        return [feature, numbers.map((number) => Number(number) / WEIGHT_SCALE)];
      }),
    ),
  };
}

export const LEARNED_READER: SecondReader = secondReader(parseWeights(LEARNED.meanings, LEARNED.weights));
