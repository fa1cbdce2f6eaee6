// Scores the lists and the provider table on labeled files. The header line tells what a file holds: misspelled domains (`typo_domain`,
// `suggestion`), domains that must get no suggestion (a plain list), role names (`local_part`, `is_role`), free providers
// (`domain`, `class`), or mail hosts (`pattern`, `match`, `provider_id` …). Reads the files in place and writes nothing.
// Usage: npm run eval:lists -- FILE… [--misses]
import { readFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import { createLists } from '@/worker/adapters/lists/create-lists';
import { recognizeProvider } from '@/worker/engine/providers/recognize-provider';

type Row = Readonly<Record<string, string>>;
interface Verdict {
  key: string;
  right: boolean;
  said: string;
}
interface Kind {
  title: string;
  /** The columns that identify this kind of file. */
  columns: readonly string[];
  judge: (row: Row) => Verdict;
}

const lists = createLists();

const KINDS: readonly Kind[] = [
  { title: 'typo suggestions', columns: ['typo_domain', 'suggestion'], judge: judgeTypo },
  { title: 'role names', columns: ['local_part', 'is_role'], judge: judgeRole },
  { title: 'mail hosts recognized', columns: ['pattern', 'match'], judge: judgeHost },
  { title: 'free providers known, none disposable', columns: ['domain', 'class'], judge: judgeFree },
];
const NO_SUGGESTION: Kind = { title: 'no suggestion for a real domain', columns: [], judge: judgeReal };

function judgeTypo({ typo_domain = '', suggestion = '' }: Row): Verdict {
  const said = lists.typo(typo_domain)?.suggestion ?? 'none';
  return { key: typo_domain, said, right: said === suggestion };
}

function judgeRole({ local_part = '', is_role = '' }: Row): Verdict {
  const said = lists.role(local_part) !== null;
  return { key: local_part, said: said ? 'role' : 'person', right: said === /^(?:yes|true|1)$/i.test(is_role) };
}

function judgeFree({ domain = '' }: Row): Verdict {
  const [free, disposable] = [lists.free(domain), lists.disposable(domain)];
  return { key: domain, said: disposable?.source ?? (free ? 'free' : 'not known'), right: free && disposable === null };
}

/** Judges a host by its example, or by the pattern itself if the file has no example. */
function judgeHost({ pattern = '', match = '', example_mx = '', provider_id = '' }: Row): Verdict {
  const host = example_mx !== '' ? example_mx : match === 'suffix' ? `mx1.${pattern}` : pattern;
  const said = recognizeProvider({ mxHosts: [host], greeting: null })?.id ?? 'nobody';
  return { key: `${host} (${provider_id})`, said, right: said !== 'nobody' };
}

function judgeReal({ line = '' }: Row): Verdict {
  const said = lists.typo(line)?.suggestion ?? 'none';
  return { key: line, said, right: said === 'none' };
}

function evaluate(file: string, showMisses: boolean): void {
  const [first = '', ...rest] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const header = first.split('\t');
  const kind = KINDS.find(({ columns }) => columns.every((column) => header.includes(column))) ?? NO_SUGGESTION;
  const lines = kind === NO_SUGGESTION ? [first, ...rest].filter((line) => !line.startsWith('#')) : rest;
  const verdicts = lines.map((line) => kind.judge(kind === NO_SUGGESTION ? { line: line.trim() } : toRow(header, line)));
  const wrong = verdicts.filter(({ right }) => !right);
  stdout.write(`${kind.title.padEnd(40)} ${String(verdicts.length - wrong.length)}/${String(verdicts.length)} right\n`);
  if (showMisses) for (const { key, said } of wrong) stdout.write(`  ${key}: said ${said}\n`);
}

function toRow(header: readonly string[], line: string): Row {
  const cells = line.split('\t');
  return Object.fromEntries(header.map((column, index): [string, string] => [column, cells[index] ?? '']));
}

const args = argv.slice(2);
const files = args.filter((arg) => !arg.startsWith('--'));
if (files.length === 0) {
  stderr.write('Usage: npm run eval:lists -- FILE… [--misses]\n');
  exit(2);
}
for (const file of files) evaluate(file, args.includes('--misses'));
