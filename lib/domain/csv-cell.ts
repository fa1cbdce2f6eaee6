// One cell and one line of a CSV file (RFC 4180), safe to open in a spreadsheet: text that would be read as a formula gets an
// apostrophe before it, which shows it as the text it is. Numbers are written as they are, a sign included.

// OWASP, "CSV Injection": = + - @ tab CR LF, and the full-width forms, which spreadsheets read like the narrow ones.
const FORMULA_START = /^[\s\uFEFF]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const SIGNED_NUMBER = /^[+-]\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?$/;
/** Most cells: one look instead of three. */
const PLAIN = /^[A-Za-z0-9](?:[A-Za-z0-9@._:/ -]*[A-Za-z0-9.])?$/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

export type CsvValue = string | number | boolean | null;

/** A text that no spreadsheet takes for a formula. */
export const neutralise = (text: string): string => (FORMULA_START.test(text) && !SIGNED_NUMBER.test(text) ? `'${text}` : text);

export function csvCell(value: CsvValue): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  if (value === '' || PLAIN.test(value)) return value;
  const safe = neutralise(value);
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (values: readonly CsvValue[]): string => `${values.map(csvCell).join(',')}\r\n`;
