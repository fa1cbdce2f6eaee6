// Rows as lines of COPY's text format. In JSON only the backslash needs escaping; an invalid address may contain any character.
import { ROW_PROBLEMS } from '@/lib/lists/rules/list';
import type { SortedRow } from '@/lib/lists/rules/rows';

const NOTHING = '\\N';
const MINDED = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

export const escapeForCopy = (text: string): string => text.replace(MINDED, (letter) => ESCAPES[letter] ?? letter);

export function toCopyLine(listId: string, row: SortedRow, cells: readonly string[]): string {
  const json = JSON.stringify(cells);
  const email = row.domain === '' || row.email.includes('\\') ? escapeForCopy(row.email) : row.email;
  const problem = row.problem === null ? NOTHING : ROW_PROBLEMS[row.problem].code;
  const safe = json.includes('\\') ? json.replaceAll('\\', '\\\\') : json;
  return `${listId}\t${row.n}\t${email}\t${row.domain}\t${row.kind}\t${row.first ?? NOTHING}\t${safe}\t${problem}\n`;
}
