// A workbook as rows: of its first visible sheet that has an address near its beginning, else of the first that has anything.
import { sampleRows, type Sampled } from '../sample-rows';
import type { SourceFile } from '../bytes/source-file';
import { readCellFormats } from './cell-formats';
import { findSheets } from './find-sheets';
import { openWorkbook, type Workbook } from './open-workbook';
import { readSheet, type SheetTexts } from './read-sheet';
import { readSharedStrings } from './shared-strings';

export interface OpenSheet extends Sampled {
  closeFile: () => void;
}

export async function readWorkbook(file: SourceFile): Promise<OpenSheet> {
  const workbook = await openWorkbook(file);
  try {
    const parts = await findSheets(workbook);
    const strings = parts.sharedStrings === null ? null : await readSharedStrings(workbook.read(parts.sharedStrings));
    const formats = await readCellFormats({ workbook, ...parts });
    const sheet = await pickSheet(workbook, parts.sheets, { strings, formats });
    return { ...sheet, closeFile: () => workbook.close() };
  } catch (error) {
    workbook.close();
    throw error;
  }
}

async function pickSheet(workbook: Workbook, names: readonly string[], texts: SheetTexts): Promise<Sampled> {
  let withRows: string | null = null;
  for (const name of names) {
    const sheet = await sampleRows(readSheet(workbook.read(name), texts));
    if (sheet.sample.some(({ cells }) => cells.some((cell) => cell.includes('@')))) return sheet;
    if (sheet.sample.length > 0) withRows ??= name;
    await sheet.close();
  }
  return sampleRows(readSheet(workbook.read(withRows ?? names[0] ?? ''), texts));
}
