// Scores the reply classifier on a labeled file: recall by label, macro recall, the share of ambiguous replies, and costly confusions
// (a reply about us or about a temporary condition that is read as about the recipient). Reads the file in place and writes nothing.
// `--folds`: five folds split by source, each also scored without the rules that only its own sources support.
// Usage: npm run eval:replies -- FILE.jsonl [--folds] [--misses]; fails only if the file cannot be read.
import { argv, exit, stderr, stdout } from 'node:process';
import { RECIPIENT_MEANINGS, type ReplyMeaning } from '@/lib/verdict/evidence';
import { buildReplyClassifier, classifyReply, REPLY_RULES, type ReplyClassifier } from '@/worker/engine/replies/classify';
import { readLabeled, type LabeledReply as Row } from './labeled-replies';

interface Scored {
  row: Row;
  meaning: ReplyMeaning;
  rule: string | null;
  right: boolean;
  costly: boolean;
}

const ABOUT_US_OR_TIME: ReadonlySet<ReplyMeaning> = new Set<ReplyMeaning>([
  'sender_blocked',
  'sender_rejected',
  'relay_denied',
  'policy_other',
  'greylisted',
  'rate_limited',
  'temporary_failure',
]);
const ABOUT_RECIPIENT: ReadonlySet<ReplyMeaning> = new Set<ReplyMeaning>(RECIPIENT_MEANINGS);
const FOLDS = 5;
const SHOWN_CHARS = 160;

const scoreWith =
  (classify: ReplyClassifier) =>
  (row: Row): Scored => {
    const { meaning, rule } = classify({
      stage: row.stage,
      code: row.code,
      enhanced: row.enhanced ?? null,
      text: row.text,
      provider: row.provider ?? null,
    });
    const right = meaning === row.label || row.also_ok.includes(meaning);
    const costly = !right && ABOUT_US_OR_TIME.has(row.label) && ABOUT_RECIPIENT.has(meaning);
    return { row, meaning, rule, right, costly };
  };

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

function recallByLabel(scored: readonly Scored[]): Map<ReplyMeaning, { right: number; all: number }> {
  const table = new Map<ReplyMeaning, { right: number; all: number }>();
  for (const { row, right } of scored) {
    const cell = table.get(row.label) ?? { right: 0, all: 0 };
    table.set(row.label, { right: cell.right + (right ? 1 : 0), all: cell.all + 1 });
  }
  return table;
}

function macroRecall(scored: readonly Scored[]): number {
  const cells = [...recallByLabel(scored).values()];
  return cells.length === 0 ? 0 : cells.reduce((sum, { right, all }) => sum + right / all, 0) / cells.length;
}

const isAmbiguous = ({ meaning }: Scored): boolean => meaning === 'ambiguous';
const isRight = ({ right }: Scored): boolean => right;
const isCostly = ({ costly }: Scored): boolean => costly;

function summary(name: string, scored: readonly Scored[]): string {
  const right = percent(scored.filter(isRight).length, scored.length).padStart(7);
  const ambiguous = percent(scored.filter(isAmbiguous).length, scored.length).padStart(6);
  const count = String(scored.length).padStart(5);
  return `${name.padEnd(18)} rows ${count}  right ${right}  macro recall ${macroRecall(scored).toFixed(4)}  ambiguous ${ambiguous}  costly ${String(scored.filter(isCostly).length)}`;
}

/** All rows of a source go into one fold, so that no fold is scored with rules written from its own sources. */
function foldOf(row: Row): number {
  const name = row.source[0] ?? row.provider ?? '';
  return Array.from(name).reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7) % FOLDS;
}

/** Rules that matched rows of this fold and of no other: what was learned from the fold's sources alone. */
function rulesOfFoldOnly(scored: readonly Scored[], fold: number): ReadonlySet<string> {
  const spoke = (inFold: boolean): Set<string> =>
    new Set(scored.flatMap(({ row, rule }) => ((foldOf(row) === fold) === inFold && rule !== null ? [rule] : [])));
  const elsewhere = spoke(false);
  return new Set([...spoke(true)].filter((rule) => !elsewhere.has(rule)));
}

function spread(name: string, folds: readonly (readonly Scored[])[]): string {
  const recalls = folds.filter((fold) => fold.length > 0).map(macroRecall);
  const mean = recalls.reduce((sum, recall) => sum + recall, 0) / Math.max(recalls.length, 1);
  const variance = recalls.reduce((sum, recall) => sum + (recall - mean) ** 2, 0) / Math.max(recalls.length - 1, 1);
  return `${name.padEnd(18)} macro recall mean ${mean.toFixed(4)}  standard deviation ${Math.sqrt(variance).toFixed(4)}  least ${Math.min(...recalls).toFixed(4)}`;
}

function foldReport(scored: readonly Scored[]): string[] {
  const folds = Array.from({ length: FOLDS }, (_, fold) => scored.filter(({ row }) => foldOf(row) === fold));
  const heldOut = folds.map((rows, fold) => {
    const left = rulesOfFoldOnly(scored, fold);
    const classify = buildReplyClassifier(REPLY_RULES.filter((rule) => !left.has(rule.id)));
    return { left: left.size, rows: rows.map(({ row }) => scoreWith(classify)(row)) };
  });
  return [
    '',
    'folds by source, all rules:',
    ...folds.map((rows, fold) => summary(`fold ${String(fold + 1)}`, rows)),
    spread('over the folds', folds),
    '',
    'the same, without the rules that spoke in no other fold:',
    ...heldOut.map(({ left, rows }, fold) => summary(`fold ${String(fold + 1)} (-${String(left)} rules)`, rows)),
    spread(
      'over the folds',
      heldOut.map(({ rows }) => rows),
    ),
  ];
}

const line = ({ row, meaning, rule }: Scored): string =>
  `  ${row.id} ${row.stage} ${String(row.code)} ${row.enhanced ?? ''} ${row.label} → ${meaning} (${rule ?? 'no rule'}): ${row.text.replaceAll('\n', ' ⏎ ').slice(0, SHOWN_CHARS)}`;

function report(scored: readonly Scored[], flags: ReadonlySet<string>): string[] {
  const labels = [...recallByLabel(scored)].sort(([a], [b]) => a.localeCompare(b));
  const costly = scored.filter(isCostly);
  return [
    ...labels.map(
      ([label, { right, all }]) =>
        `${label.padEnd(18)} ${String(right).padStart(5)} of ${String(all).padStart(5)}  recall ${percent(right, all)}`,
    ),
    '',
    summary('all', scored),
    ...(flags.has('--folds') ? foldReport(scored) : []),
    '',
    `costly (about us or about time, read as about the recipient): ${String(costly.length)}`,
    ...costly.map(line),
    ...(flags.has('--misses') ? ['', 'misses:', ...scored.filter(({ right }) => !right).map(line)] : []),
  ];
}

function main(): number {
  const args = argv.slice(2);
  const file = args.find((arg) => !arg.startsWith('--'));
  if (file === undefined) {
    stderr.write('usage: eval-replies FILE.jsonl [--folds] [--misses]\n');
    return 2;
  }
  const rows = readLabeled(file);
  if (rows === null) return 2;
  stdout.write(`${report(rows.map(scoreWith(classifyReply)), new Set(args)).join('\n')}\n`);
  return 0;
}

exit(main());
