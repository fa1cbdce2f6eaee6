// Reads a workbook as rows: from its first visible sheet with an address near its beginning, else from the first sheet with any rows.
import type { SourceFile } from '../bytes/source-file';
import { sampleRows, type Sampled, FileProblem, unreadable } from '../rows';
import { openWorkbook, type Workbook, drain, readXml } from './open-workbook';
import { readCellFormats, readSheet, type SheetTexts, readSharedStrings } from './read-sheet';

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

// Finds the parts of a workbook that we read: its visible sheets in order, their shared texts, its cell formats.

export interface WorkbookParts {
  sheets: string[];
  sharedStrings: string | null;
  styles: string | null;
  /** Whether days are counted from 1904. */
  is1904: boolean;
}

const WORKBOOK = 'xl/workbook.xml';
const SHEETS_MAX = 100;

async function findSheets(workbook: Workbook): Promise<WorkbookParts> {
  const main = await findMain(workbook);
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const relations = await readRelations(workbook, `${folder}_rels/${main.slice(folder.length)}.rels`);
  const sheets: string[] = [];
  let is1904 = false;
  const events = readXml(workbook.read(main), {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name !== 'sheet' || sheets.length >= SHEETS_MAX || (attributes.state ?? 'visible') !== 'visible') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const target = relations.find((relation) => relation.id === id && relation.type === 'worksheet')?.target;
      if (target !== undefined) sheets.push(resolve(folder, target));
    },
  });
  await drain(events);
  const part = (type: string): string | null => {
    const target = relations.find((relation) => relation.type === type)?.target;
    const name = target === undefined ? null : resolve(folder, target);
    return name !== null && workbook.has(name) ? name : null;
  };
  const there = sheets.filter((name) => workbook.has(name));
  if (there.length === 0) throw new FileProblem('empty_file', 'The workbook has no visible sheet.');
  return { sheets: there, sharedStrings: part('sharedStrings'), styles: part('styles'), is1904 };
}

async function findMain(workbook: Workbook): Promise<string> {
  const relations = workbook.has('_rels/.rels') ? await readRelations(workbook, '_rels/.rels') : [];
  const target = relations.find(({ type }) => type === 'officeDocument')?.target;
  const main = target === undefined ? WORKBOOK : resolve('', target);
  if (main.endsWith('.xml') && main.includes('workbook') && workbook.has(main)) return main;
  if (workbook.has('content.xml') || main.endsWith('.bin')) {
    throw unreadable('We can’t read this kind of workbook. Save it as .xlsx or .csv and upload that.');
  }
  throw unreadable('This is an archive, not a workbook. Upload the file inside it.');
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

async function readRelations(workbook: Workbook, name: string): Promise<Relation[]> {
  const relations: Relation[] = [];
  if (!workbook.has(name)) return relations;
  const events = readXml(workbook.read(name), {
    open: (tag, { Id = '', Type = '', Target = '' }) => {
      if (tag === 'Relationship') relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target: Target });
    },
  });
  await drain(events);
  return relations;
}

/** Targets are relative to the folder of the part that names them; a leading slash means the top. */
function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path: string[] = [];
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}
