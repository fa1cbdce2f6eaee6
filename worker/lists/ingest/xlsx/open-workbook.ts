// Opens a ZIP file and reads its parts by name. Refuses archives that are damaged, locked or not workbooks, or that have more parts or more
// content than allowed. A part's claimed size is never trusted: its bytes are counted while it is read.
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import yauzl from 'yauzl';
import { SaxesParser } from 'saxes';
import { LIST_UNPACKED_MAX_BYTES, XLSX_ENTRIES_MAX, XLSX_PIECE_MAX_BYTES } from '@/lib/platform/limits';
import { buffersOf, SLICE_BYTES, type SourceFile, TOO_LARGE_UNPACKED } from '../bytes/source-file';
import { FileProblem, unreadable } from '../rows';

export interface Workbook {
  has(name: string): boolean;
  /** The unpacked bytes of a part. */
  read(name: string): AsyncGenerator<Buffer>;
  close(): void;
}

const DAMAGED = 'The workbook is damaged or incomplete. Save it again and upload it.';

class Reader extends yauzl.RandomAccessReader {
  /** The error that kept us from reading the file's bytes, which is not the file's fault. */
  failure: unknown = null;

  constructor(private readonly file: SourceFile) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.range(start, end), { objectMode: false, highWaterMark: SLICE_BYTES });
  }

  private async *range(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const slice = await this.file.read(at, Math.min(SLICE_BYTES, end - at)).catch((error: unknown) => {
        this.failure = error;
        throw error;
      });
      if (slice.length === 0) return;
      at += slice.length;
      yield slice;
    }
  }

  /** If the bytes could be read, any unpacking error is the file's fault. */
  problem(error: unknown): unknown {
    return this.failure ?? (error instanceof FileProblem ? error : unreadable(DAMAGED));
  }
}

export async function openWorkbook(file: SourceFile, maxBytes = LIST_UNPACKED_MAX_BYTES): Promise<Workbook> {
  const reader = new Reader(file);
  try {
    return await open(reader, file.sizeBytes, maxBytes);
  } catch (error) {
    throw reader.problem(error);
  }
}

/** Part names are case-insensitive. */
const keyOf = (name: string): string => name.toLowerCase();

async function open(reader: Reader, sizeBytes: number, maxBytes: number): Promise<Workbook> {
  const zip = await openZip(reader, sizeBytes);
  if (zip.entryCount > XLSX_ENTRIES_MAX) {
    zip.close();
    throw unreadable(
      `The workbook has more than ${XLSX_ENTRIES_MAX.toLocaleString('en-US')} parts, which no list needs. Save it as CSV and upload that.`,
    );
  }
  const entries = await readEntries(zip);
  let unpacked = 0;
  return {
    has: (name) => entries.has(keyOf(name)),
    close: () => zip.close(),
    read: async function* (name) {
      const entry = entries.get(keyOf(name));
      if (entry === undefined) throw unreadable(DAMAGED);
      if (entry.isEncrypted()) throw unreadable('This archive is protected with a password. Upload the file inside it.');
      try {
        for await (const piece of buffersOf(await openPart(zip, entry))) {
          unpacked += piece.length;
          if (unpacked > maxBytes) throw TOO_LARGE_UNPACKED;
          yield piece;
        }
      } catch (error) {
        throw reader.problem(error);
      }
    },
  };
}

function openZip(reader: Reader, sizeBytes: number): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false };
    yauzl.fromRandomAccessReader(reader, sizeBytes, options, (error, zip) => {
      if (error) reject(error);
      else resolve(zip);
    });
  });
}

function readEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(keyOf(entry.fileName), entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

function openPart(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
}

// Parses a workbook's XML into events as it streams. Names come without their prefix. Refuses XML that is not well formed, document type
// declarations, and any single piece of text or markup that is larger than a workbook would have, so that memory is bounded by one piece.

export interface XmlEvents {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

export async function* readXml(bytes: AsyncIterable<Buffer>, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let pending = 0;
  parser.on('error', () => {
    throw unreadable(DAMAGED);
  });
  parser.on('doctype', () => {
    throw unreadable(DAMAGED);
  });
  parser.on('opentag', ({ name, attributes }) => {
    pending = 0;
    events.open(withoutPrefix(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    pending = 0;
    events.close?.(withoutPrefix(name));
  });
  const onText = (text: string): void => {
    pending = 0;
    events.text?.(text);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  const decoder = new TextDecoder();
  for await (const slice of bytes) {
    const text = decoder.decode(slice, { stream: true });
    // Events in this slice reset the count; an unfinished piece then counts only from the next slice on.
    pending += text.length;
    parser.write(text);
    if (pending > XLSX_PIECE_MAX_BYTES)
      throw unreadable('A cell in the workbook is far too large. Save it as CSV and upload that.');
    yield;
  }
  parser.close();
}

/** Runs all events, for handlers that collect what they need. */
export async function drain(events: AsyncGenerator<void>): Promise<void> {
  while ((await events.next()).done !== true);
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);
