// What a kind of text file makes of rows.
import type { ExportedRow } from './exported-row';

export interface TextEncoding {
  head: string;
  row: (row: ExportedRow) => string;
}
