// Scores the address parser on a labeled file. Every row that the sources agree on has to be right; contested rows are counted
// separately. Reads the file in place and writes nothing.
// A row: {"address","valid_smtp", "contested"?: string, "needs_smtputf8"?, "idn_domain"?}, one JSON object a line.
// Usage: npm run eval:syntax -- FILE.jsonl [--misses]; exit 1 if an uncontested row is wrong.
import { readFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import { z } from 'zod';
import { parseAddress } from '@/lib/verdict/address';
import { findProviderSyntaxProblem } from '@/lib/verdict/mailbox-rules';

const Row = z.object({
  address: z.string(),
  valid_smtp: z.boolean(),
  needs_smtputf8: z.boolean().nullish(),
  contested: z
    .union([z.string(), z.boolean()])
    .default('')
    .transform((why) => (why === true ? 'contested' : why || '')),
});
type Row = z.infer<typeof Row>;

interface Scored {
  row: Row;
  /** The parser's answer. */
  said: string;
  right: boolean;
}

function score(row: Row): Scored {
  const parsed = parseAddress(row.address);
  if (!parsed.ok) return { row, said: parsed.problem, right: !row.valid_smtp };
  const utf8 = row.needs_smtputf8 ?? parsed.address.needsSmtpUtf8;
  const refused = findProviderSyntaxProblem(parsed.address);
  if (utf8 !== parsed.address.needsSmtpUtf8) return { row, said: 'another SMTPUTF8', right: false };
  return { row, said: refused === null ? 'valid' : 'provider_syntax', right: row.valid_smtp && refused === null };
}

function print(title: string, scored: readonly Scored[], showMisses: boolean): void {
  const wrong = scored.filter(({ right }) => !right);
  stdout.write(`${title.padEnd(12)} ${String(scored.length - wrong.length)}/${String(scored.length)} right\n`);
  if (!showMisses) return;
  for (const { row, said } of wrong)
    stdout.write(
      `  ${JSON.stringify(row.address)}: said ${said}, labeled ${row.valid_smtp ? 'valid' : 'invalid'} ${row.contested}\n`,
    );
}

const [file, ...flags] = argv.slice(2);
if (file === undefined || file.startsWith('--')) {
  stderr.write('Usage: npm run eval:syntax -- FILE.jsonl [--misses]\n');
  exit(2);
}
const lines = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '');
const scored = lines.map((line) => score(Row.parse(JSON.parse(line))));
const plain = scored.filter(({ row }) => row.contested === '');
const contested = scored.filter(({ row }) => row.contested !== '');
const showMisses = flags.includes('--misses');
print('uncontested', plain, showMisses);
print('contested', contested, showMisses);
exit(plain.every(({ right }) => right) ? 0 : 1);
