// One cell and one line of a CSV file (RFC 4180), safe to open in a spreadsheet: text that would be read as a formula gets an
// apostrophe before it, which shows it as the text it is. Numbers are written as they are, a minus sign included.

const FORMULA_START = /^[\s\uFEFF]*[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

export type CsvValue = string | number | boolean | null;

export function csvCell(value: CsvValue): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (values: readonly CsvValue[]): string => `${values.map(csvCell).join(',')}\r\n`;
