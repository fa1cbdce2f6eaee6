// Learns the weights of the second reader (worker/engine/replies/second-reader.ts) from labeled replies and writes them to
// learned.data.ts. A feature is kept only if replies from two sources contain it, and the number of features is bounded. The same files
// in the same order give the same weights.
// `--measure` writes nothing. In twelve folds by source, it shows how the classifier reads replies whose sources the weights never saw,
// compared with how it reads them without a second reader.
// Usage: node --import tsx scripts/learn-replies.ts [--measure] FILE.jsonl …
import { writeFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import { REPLY_MEANINGS, type ReplyMeaning } from '@/lib/verdict/evidence';
import { buildReplyClassifier, REPLY_RULES } from '@/worker/engine/replies/classify';
import { normalizeReply } from '@/worker/engine/replies/normalize-reply';
import {
  ABOUT_RECIPIENT,
  featuresOf,
  secondReader,
  WEIGHT_SCALE,
  type SecondReader,
  type Weights,
} from '@/worker/engine/replies/second-reader';
import { readStatements } from '@/worker/engine/replies/statements';
import { readLabeled, type LabeledReply } from './labeled-replies';
import { readAs } from './read-as';

const OUT = 'worker/engine/replies/learned.data.ts';
const REFUSALS_FROM = 400;
const KEPT_FEATURES = 1_000;
const LEAST_SOURCES = 2;
const LEAST_REPLIES = 2;
const ROUNDS = 18;
const RATE = 0.3;
const DECAY = 1e-5;
/** How far rare meanings are weighted up: 0 weighs every reply the same, 1 every meaning the same. */
const BALANCE = 0.5;
const LEAST_OF_MEANING = 5;
const FOLDS = 12;
const SEED = 7;
const MEANINGS: readonly ReplyMeaning[] = REPLY_MEANINGS.filter((meaning) => meaning !== 'accepted' && meaning !== 'ambiguous');

interface Example {
  readonly features: readonly string[];
  readonly label: number;
  readonly source: string;
}
interface Learned {
  readonly weights: Float64Array;
  readonly squares: Float64Array;
}

const sourceOf = (row: LabeledReply): string => row.source[0] ?? row.id;

function exampleOf(row: LabeledReply): Example {
  const reply = normalizeReply(row.text, row.enhanced ?? null);
  const features = featuresOf({ question: row, reply, said: readStatements(reply.text, row.stage) });
  return { features, label: MEANINGS.indexOf(row.label), source: sourceOf(row) };
}

/** Features that occur in more than one source. */
function sharedFeatures(examples: readonly Example[]): Set<string> {
  const seen = new Map<string, { replies: number; sources: Set<string> }>();
  for (const { features, source } of examples)
    for (const feature of features) {
      const entry = seen.get(feature) ?? { replies: 0, sources: new Set<string>() };
      entry.replies += 1;
      entry.sources.add(source);
      seen.set(feature, entry);
    }
  return new Set(
    [...seen].flatMap(([feature, { replies, sources }]) =>
      replies >= LEAST_REPLIES && sources.size >= LEAST_SOURCES ? [feature] : [],
    ),
  );
}

/** A seeded generator: the same pseudo-random numbers in each run. */
function dice(): (below: number) => number {
  let state = SEED;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function shuffled(count: number, roll: (below: number) => number): number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = roll(at + 1);
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}

/** The probability of each meaning by the current weights (softmax). */
function sharesOf(rows: readonly Learned[]): number[] {
  const size = Math.sqrt(rows.length);
  const sums = MEANINGS.map((_, at) => rows.reduce((sum, { weights }) => sum + (weights[at] ?? 0), 0) / size);
  const most = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - most));
  const all = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / all);
}

function correct(rows: readonly Learned[], label: number, strength: number): void {
  const shares = sharesOf(rows);
  const size = Math.sqrt(rows.length);
  for (const { weights, squares } of rows)
    MEANINGS.forEach((_, at) => {
      const weight = weights[at] ?? 0;
      const slope = ((shares[at] ?? 0) - (at === label ? 1 : 0)) * (strength / size) + DECAY * weight;
      const square = (squares[at] ?? 0) + slope * slope;
      squares[at] = square;
      weights[at] = weight - (RATE * slope) / Math.sqrt(square);
    });
}

/** Multinomial logistic regression by stochastic gradient steps (AdaGrad), which are larger for rare features. */
function learn(examples: readonly Example[]): Weights {
  const learned = new Map<string, Learned>();
  for (const feature of sharedFeatures(examples))
    learned.set(feature, {
      weights: new Float64Array(MEANINGS.length),
      squares: new Float64Array(MEANINGS.length).fill(0.01),
    });
  const rows = examples.map(({ features }) => features.flatMap((feature) => learned.get(feature) ?? []));
  const strengths = MEANINGS.map((_, label) => {
    const count = Math.max(examples.filter((example) => example.label === label).length, LEAST_OF_MEANING);
    return (examples.length / (MEANINGS.length * count)) ** BALANCE;
  });
  const roll = dice();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const at of shuffled(examples.length, roll)) {
      const label = examples[at]?.label ?? 0;
      correct(rows[at] ?? [], label, strengths[label] ?? 1);
    }
  const counts = new Map<string, number>();
  for (const { features } of examples) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const worth = ([feature, { weights }]: readonly [string, Learned]): number =>
    Math.max(...weights.map(Math.abs)) * Math.sqrt(counts.get(feature) ?? 0);
  const kept = [...learned].sort((a, b) => worth(b) - worth(a)).slice(0, KEPT_FEATURES);
  const whole = (weight: number): number => Math.round(weight * WEIGHT_SCALE) / WEIGHT_SCALE;
  return {
    meanings: MEANINGS,
    of: new Map(kept.map(([feature, { weights }]) => [feature, Array.from(weights, whole)])),
  };
}

function fileOf({ of }: Weights): string {
  const lines = [...of]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([feature, row]) => `${feature} ${row.map((weight) => String(Math.round(weight * WEIGHT_SCALE))).join(' ')}`);
  return [
    '// Weights of the second reader, written by scripts/learn-replies.ts from labeled replies: a feature a line, and what it',
    '// says for each meaning in their order. `=word`, `~stem`, code, status, stage. Do not edit.',
    "import type { ReplyMeaning } from '@/lib/verdict/evidence';",
    '',
    'const MEANINGS: readonly ReplyMeaning[] = [',
    ...MEANINGS.map((meaning) => `  '${meaning}',`),
    '];',
    '',
    'export const LEARNED = {',
    '  meanings: MEANINGS,',
    '  /** How replies were read when this was learned (scripts/read-as.ts). */',
    `  readAs: '${readAs()}',`,
    `  weights: \`${lines.join('\n')}\`,`,
    '};',
    '',
  ].join('\n');
}

interface Measured {
  readonly label: ReplyMeaning;
  readonly meaning: ReplyMeaning;
  readonly isRight: boolean;
}

function measuredWith(rows: readonly LabeledReply[], second: SecondReader): Measured[] {
  const classify = buildReplyClassifier(REPLY_RULES, second);
  return rows.map((row) => {
    const { stage, code, text, label } = row;
    const { meaning } = classify({ stage, code, text, enhanced: row.enhanced ?? null, provider: row.provider ?? null });
    return { label, meaning, isRight: meaning === label || row.also_ok.includes(meaning) };
  });
}

function lineOf(name: string, measured: readonly Measured[]): string {
  const labels = [...new Set(measured.map(({ label }) => label))];
  const recalls = labels.map((label) => {
    const own = measured.filter((row) => row.label === label);
    return own.filter(({ isRight }) => isRight).length / own.length;
  });
  const macro = recalls.reduce((sum, recall) => sum + recall, 0) / Math.max(labels.length, 1);
  const costly = measured.filter(
    ({ label, meaning, isRight }) => !isRight && !ABOUT_RECIPIENT.has(label) && ABOUT_RECIPIENT.has(meaning),
  );
  const right = measured.filter(({ isRight }) => isRight).length;
  const ambiguous = measured.filter(({ meaning }) => meaning === 'ambiguous').length;
  return `${name.padEnd(32)} rows ${String(measured.length).padStart(5)}  right ${String(right).padStart(5)}  macro recall ${macro.toFixed(4)}  ambiguous ${String(ambiguous)}  costly ${String(costly.length)}\n`;
}

/** All rows of a source are in one fold. */
function foldOf(row: LabeledReply): number {
  return Array.from(sourceOf(row)).reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, SEED) % FOLDS;
}

function measure(files: readonly (readonly [string, readonly LabeledReply[]])[]): void {
  const all = files.flatMap(([, rows]) => rows);
  const readers = Array.from({ length: FOLDS }, (_, fold) =>
    secondReader(learn(all.filter((row) => foldOf(row) !== fold).map(exampleOf))),
  );
  for (const [name, rows] of files) {
    const alone = measuredWith(rows, () => null);
    const helped = readers.flatMap((second, fold) =>
      measuredWith(
        rows.filter((row) => foldOf(row) === fold),
        second,
      ),
    );
    stdout.write(lineOf(`${name}, alone`, alone) + lineOf(`${name}, second reader`, helped));
  }
}

function main(): number {
  const args = argv.slice(2);
  const names = args.filter((arg) => !arg.startsWith('--'));
  const files: (readonly [string, LabeledReply[]])[] = [];
  for (const name of names) {
    const rows = readLabeled(name);
    if (rows === null) return 2;
    const refusals = rows.filter(({ code, label }) => code >= REFUSALS_FROM && MEANINGS.includes(label));
    files.push([name.split('/').at(-1) ?? name, refusals]);
  }
  if (files.length === 0) {
    stderr.write('usage: learn-replies [--measure] FILE.jsonl …\n');
    return 2;
  }
  if (args.includes('--measure')) measure(files);
  else writeFileSync(OUT, fileOf(learn(files.flatMap(([, rows]) => rows.map(exampleOf)))));
  return 0;
}

exit(main());
