// Rows as CSV: RFC 4180, UTF-8, with a header; formulas neutralised. Nothing but commas separates, CR LF ends a row.
import { csvLine } from '@/lib/domain/csv-cell';
import type { TextEncoding } from './text-encoding';

const BOM = '\ufeff';

export function encodeCsv({ names, bom }: { names: readonly string[]; bom: boolean }): TextEncoding {
  return { head: (bom ? BOM : '') + csvLine(names), row: ({ own, added, more }) => csvLine([...own, ...added, ...more]) };
}
