// CSV files (RFC 4180) that are safe to open in a spreadsheet: text that a spreadsheet would read as a formula gets a leading apostrophe,
// which makes it display as text. Numbers are written as they are, sign included. Column names that clash are made distinct.

export type CsvValue = string | number | boolean | null;

/** OWASP, "CSV Injection": = + - @ tab CR LF, and the full-width forms, which spreadsheets read like the ASCII ones. */
const FORMULA_START = /^[\s\uFEFF]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const SIGNED_NUMBER = /^[+-]\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?$/;
/** Matches most cells, so that one test replaces three. */
const PLAIN = /^[A-Za-z0-9](?:[A-Za-z0-9@._:/ -]*[A-Za-z0-9.])?$/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Makes text that no spreadsheet takes for a formula. */
export const neutralise = (text: string): string => (FORMULA_START.test(text) && !SIGNED_NUMBER.test(text) ? `'${text}` : text);

export function csvCell(value: CsvValue): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  if (value === '' || PLAIN.test(value)) return value;
  const safe = neutralise(value);
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (values: readonly CsvValue[]): string => `${values.map(csvCell).join(',')}\r\n`;

/** Changes each name as little as needed to differ from those in `taken` and from each other. Letter case is ignored. */
export function distinctNames(names: readonly string[], taken: readonly string[] = []): string[] {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  return names.map((name) => {
    let distinct = name;
    for (let count = 2; used.has(distinct.toLowerCase()); count++) distinct = `${name}_${count}`;
    used.add(distinct.toLowerCase());
    return distinct;
  });
}
