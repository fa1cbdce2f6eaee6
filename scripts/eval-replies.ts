// Scores the reply classifier on a labelled file: recall by label, macro recall, share ambiguous, and the costly confusion:
// a reply about us or about time that came out as about the recipient. Reads the file where it lies and writes nothing.
// Usage: node --import tsx scripts/eval-replies.ts FILE.jsonl [--folds] [--misses]
import { readFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import { z } from 'zod';
import { RECIPIENT_MEANINGS, REPLY_MEANINGS, REPLY_STAGES, type ReplyMeaning } from '@/lib/domain/reply';
import { classifyReply } from '@/worker/engine/replies/classify';

const Row = z.object({
  id: z.string().default('?'),
  code: z.coerce.number(),
  enhanced: z.string().nullish(),
  text: z.string(),
  // Stages that the classifier does not know (data, eod, vrfy) are told as `unknown`.
  stage: z.enum(REPLY_STAGES).or(z.literal('unknown')).catch('unknown'),
  provider: z.string().nullish(),
  label: z.enum(REPLY_MEANINGS),
  also_ok: z.array(z.string()).default([]),
  source: z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]),
});
type Row = z.infer<typeof Row>;

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

function score(row: Row): Scored {
  const { meaning, rule } = classifyReply({
    stage: row.stage,
    code: row.code,
    enhanced: row.enhanced ?? null,
    text: row.text,
    provider: row.provider ?? null,
  });
  const right = meaning === row.label || row.also_ok.includes(meaning);
  const costly = !right && ABOUT_US_OR_TIME.has(row.label) && ABOUT_RECIPIENT.has(meaning);
  return { row, meaning, rule, right, costly };
}

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

function summary(name: string, scored: readonly Scored[]): string {
  const ambiguous = scored.filter(({ meaning }) => meaning === 'ambiguous').length;
  const right = scored.filter((one) => one.right).length;
  const costly = scored.filter((one) => one.costly).length;
  return `${name.padEnd(18)} rows ${String(scored.length).padStart(5)}  right ${percent(right, scored.length).padStart(7)}  macro recall ${macroRecall(scored).toFixed(4)}  ambiguous ${percent(ambiguous, scored.length).padStart(6)}  costly ${costly}`;
}

/** All rows that share a source land in one fold, so that no fold is judged by a source it was read with. */
function foldOf(row: Row): number {
  const name = row.source[0] ?? row.provider ?? '';
  return Array.from(name).reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7) % FOLDS;
}

const line = ({ row, meaning, rule }: Scored): string =>
  `  ${row.id} ${row.stage} ${row.code} ${row.enhanced ?? ''} ${row.label} → ${meaning} (${rule ?? 'no rule'}): ${row.text.replaceAll('\n', ' ⏎ ').slice(0, SHOWN_CHARS)}`;

function report(scored: readonly Scored[], flags: ReadonlySet<string>): string[] {
  const lines = [...recallByLabel(scored)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([label, { right, all }]) =>
        `${label.padEnd(18)} ${String(right).padStart(5)} of ${String(all).padStart(5)}  recall ${percent(right, all)}`,
    );
  lines.push('', summary('all', scored));
  if (flags.has('--folds')) {
    for (let fold = 0; fold < FOLDS; fold += 1)
      lines.push(
        summary(
          `fold ${fold + 1}`,
          scored.filter(({ row }) => foldOf(row) === fold),
        ),
      );
  }
  const costly = scored.filter((one) => one.costly);
  lines.push('', `costly (about us or about time, read as about the recipient): ${costly.length}`, ...costly.map(line));
  if (flags.has('--misses')) lines.push('', 'misses:', ...scored.filter(({ right }) => !right).map(line));
  return lines;
}

function main(): number {
  const args = argv.slice(2);
  const file = args.find((arg) => !arg.startsWith('--'));
  if (file === undefined) {
    stderr.write('usage: eval-replies FILE.jsonl [--folds] [--misses]\n');
    return 2;
  }
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => Row.parse(JSON.parse(text)));
  stdout.write(`${report(rows.map(score), new Set(args)).join('\n')}\n`);
  return 0;
}

exit(main());
