// Reads any supported file as a table: its format, a sample of its first rows, and all rows as a stream.
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LIST_FILE_MAX_BYTES } from '@/lib/platform/limits';
import type { ListFormat } from '@/lib/lists/rules/list';
import {
  compoundProblem,
  detectKind,
  isCompoundFile,
  LOCKED_MARK,
  HEAD_BYTES,
  readSlices,
  withHead,
  type SourceFile,
  unpackGzip,
} from './bytes/source-file';
import { unreadable, type RawRow, type RowBatches, sampleRows } from './rows';
import { readText, type TextHints } from './text/read-text';
import { readWorkbook } from './xlsx/read-workbook';

export interface Table {
  format: ListFormat;
  /** The encoding, as far as the file has been read. */
  encoding(): string | null;
  delimiter: string | null;
  sample: RawRow[];
  rows: RowBatches;
  close(): Promise<void>;
}

export async function readTable(file: SourceFile, hints: TextHints): Promise<Table> {
  const head = await file.read(0, HEAD_BYTES);
  if (isCompoundFile(head)) throw compoundProblem(await isLocked(file));
  const kind = detectKind(head);
  if (kind === 'zip') return readXlsx(file);
  if (kind === 'text') return readPlain(readSlices(file), hints);
  const unpacked = await withHead(unpackGzip(readSlices(file)));
  const inner = isCompoundFile(unpacked.head) ? compoundProblem(unpacked.head.includes(LOCKED_MARK)) : detectKind(unpacked.head);
  if (inner === 'text') return readPlain(unpacked.slices, hints);
  await unpacked.slices.return(undefined);
  if (inner === 'zip') return readPackedXlsx(file);
  throw inner === 'gzip' ? unreadable('The file is compressed twice. Compress it once and upload it again.') : inner;
}

const LOOKED_AT = 4 * 1024 * 1024;

/** The directory of a compound file may be anywhere in it. */
async function isLocked(file: SourceFile): Promise<boolean> {
  const [first, last] = [await file.read(0, LOOKED_AT), await file.read(Math.max(0, file.sizeBytes - LOOKED_AT), LOOKED_AT)];
  return first.includes(LOCKED_MARK) || last.includes(LOCKED_MARK);
}

async function readPlain(bytes: AsyncIterable<Buffer>, hints: TextHints): Promise<Table> {
  const { rows, ...text } = await readText(bytes, hints);
  return { ...text, ...(await sampleRows(rows)) };
}

async function readXlsx(file: SourceFile): Promise<Table> {
  const { closeFile, close, ...sheet } = await readWorkbook(file);
  const end = async (): Promise<void> => {
    await close();
    closeFile();
  };
  return { format: 'xlsx', encoding: () => null, delimiter: null, ...sheet, close: end };
}

/** A workbook needs random access, so it is unpacked to disk first, up to the size limit of an upload. */
async function readPackedXlsx(file: SourceFile): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'workbook-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'workbook.xlsx');
    await pipeline(unpackGzip(readSlices(file), { maxBytes: LIST_FILE_MAX_BYTES }), createWriteStream(path, { mode: 0o600 }));
    const handle = await open(path, 'r');
    const read = async (offset: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    };
    const closeAll = async (): Promise<void> => {
      await handle.close();
      await remove();
    };
    const { size } = await stat(path);
    const table = await readXlsx({ sizeBytes: size, read }).catch(async (error: unknown) => {
      await closeAll();
      throw error;
    });
    const close = async (): Promise<void> => {
      try {
        await table.close();
      } finally {
        await closeAll();
      }
    };
    return { ...table, close };
  } catch (error) {
    await remove();
    throw error;
  }
}
