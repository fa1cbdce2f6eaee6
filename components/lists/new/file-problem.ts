// Problems of a chosen file that can be seen before it is sent. The server checks the content itself; this only saves people an upload that
// can't succeed.
import { LIST_FILE_MAX_BYTES } from '@/lib/platform/limits';
import { bytesWords } from '@/lib/lists/rules/storage';

/** The types that the file dialog offers. */
export const ACCEPTED = '.csv,.tsv,.txt,.xlsx,.gz,text/csv,text/tab-separated-values,text/plain,application/gzip';

const CAN_NOT: Readonly<Record<string, string>> = {
  xls: 'This is an old Excel format. Save it as .xlsx or as CSV first.',
  xlsb: 'Save this workbook as .xlsx or as CSV first.',
  numbers: 'Export it from Numbers as CSV or as XLSX first.',
  ods: 'Save this sheet as .xlsx or as CSV first.',
  zip: 'A zip archive can’t be read. Upload the file that is in it.',
  rar: 'An archive can’t be read. Upload the file that is in it.',
  '7z': 'An archive can’t be read. Upload the file that is in it.',
  pdf: 'A PDF holds no table that can be read. Use CSV, TSV, TXT or XLSX.',
  doc: 'A Word document holds no table that can be read. Use CSV, TSV, TXT or XLSX.',
  docx: 'A Word document holds no table that can be read. Use CSV, TSV, TXT or XLSX.',
};

/** One sentence, or null if the file can be sent. */
export function fileProblem({ name, size }: { name: string; size: number }, roomBytes = Infinity): string | null {
  if (size === 0) return `“${name}” is empty.`;
  if (size > LIST_FILE_MAX_BYTES) {
    return `“${name}” has ${bytesWords(size)}; ${bytesWords(LIST_FILE_MAX_BYTES)} is the most. Compress it with gzip, or split it.`;
  }
  if (size > roomBytes) {
    return `“${name}” has ${bytesWords(size)}, and your plan has room for ${bytesWords(Math.max(0, roomBytes))} more. Delete lists you no longer need, or move to a larger plan.`;
  }
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  return Object.hasOwn(CAN_NOT, ending) ? (CAN_NOT[ending] ?? null) : null;
}
