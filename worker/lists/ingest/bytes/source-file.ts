// The uploaded file as readers see it: its bytes by offset, wherever they are stored, and unpacked if they are gzip. Its kind is detected
// from its first bytes, never from its name.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GZIP_RATIO_FROM_BYTES, GZIP_RATIO_MAX, LIST_UNPACKED_MAX_BYTES } from '@/lib/platform/limits';
import { FileProblem, unreadable } from '../rows';
import { detectEncoding } from '../text/decode-text';

export interface SourceFile {
  sizeBytes: number;
  /** Reads up to `length` bytes; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** Small enough that processing one slice does not block other work for long. */
export const SLICE_BYTES = 64 * 1024;
export const HEAD_BYTES = 64 * 1024;

export async function* readSlices(file: SourceFile): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < file.sizeBytes;) {
    const slice = await file.read(offset, SLICE_BYTES);
    if (slice.length === 0) throw new Error('the file ends before its end');
    offset += slice.length;
    yield slice;
  }
}

/** The buffers of a Node stream. */
export async function* buffersOf(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const piece of stream) if (Buffer.isBuffer(piece)) yield piece;
}

/** Returns the head of the file, and slices that still include it. */
export async function withHead(slices: AsyncIterable<Buffer>): Promise<{ head: Buffer; slices: AsyncGenerator<Buffer> }> {
  const iterator = slices[Symbol.asyncIterator]();
  const pieces: Buffer[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    pieces.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(pieces);
  return { head, slices: rest(head, iterator) };
}

async function* rest(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

// Unpacks gzip as it streams. Refuses files that are broken, that unpack to more than a file may have, or that grow by more than any list
// would. So a decompression bomb costs no more than its first megabytes.

const GB = 1024 ** 3;

export const TOO_LARGE_UNPACKED = new FileProblem(
  'file_too_large',
  `Unpacked, the file has more than ${LIST_UNPACKED_MAX_BYTES / GB} GB.`,
);

export interface UnpackLimits {
  maxBytes: number;
}

export async function* unpackGzip(
  packed: AsyncIterable<Buffer>,
  { maxBytes }: UnpackLimits = { maxBytes: LIST_UNPACKED_MAX_BYTES },
): AsyncGenerator<Buffer> {
  let bytesIn = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const slice of packed) {
      bytesIn += slice.length;
      yield slice;
    }
  };
  const source = Readable.from(counted(), { objectMode: false, highWaterMark: SLICE_BYTES });
  const gunzip = createGunzip({ chunkSize: SLICE_BYTES });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let bytesOut = 0;
  try {
    for await (const piece of buffersOf(gunzip)) {
      bytesOut += piece.length;
      if (bytesOut > maxBytes) throw TOO_LARGE_UNPACKED;
      if (bytesOut > GZIP_RATIO_FROM_BYTES && bytesOut > bytesIn * GZIP_RATIO_MAX) {
        throw unreadable('The compressed file unpacks to far more than a list of addresses would. Check what is in it.');
      }
      yield piece;
    }
  } catch (error) {
    throw isZlibError(error)
      ? unreadable('The compressed file is damaged or incomplete. Compress it again and upload it.')
      : error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');

// Detects what a file is from its first bytes, never from its name. Refuses files that are not lists, with a sentence that says what they
// are: images, programs, old and locked workbooks, archives of other kinds, anything binary.

export type FileKind = 'gzip' | 'zip' | 'text';

interface Signature {
  bytes: readonly number[];
  /** A kind that can be read, or a phrase for what it is instead. */
  is: string;
  /** What the owner can do about it. */
  way?: string;
}

const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];
const OTHER_ARCHIVE = { is: 'an archive', way: 'Upload the file inside it, or compress it with gzip.' };

const SIGNATURES: readonly Signature[] = [
  { bytes: [0x1f, 0x8b], is: 'gzip' },
  { bytes: ascii('PK\x03\x04'), is: 'zip' },
  { bytes: ascii('PK\x05\x06'), is: 'an empty archive' },
  { bytes: ascii('\x89PNG'), is: 'an image' },
  { bytes: [0xff, 0xd8, 0xff], is: 'an image' },
  { bytes: ascii('GIF8'), is: 'an image' },
  { bytes: ascii('%PDF'), is: 'a PDF', way: 'Export its table as CSV.' },
  { bytes: ascii('MZ\x90\0'), is: 'a program' },
  { bytes: ascii('\x7fELF'), is: 'a program' },
  { bytes: ascii('SQLite format 3'), is: 'a database', way: 'Export the table with the addresses as CSV.' },
  { bytes: ascii('{\\rtf'), is: 'a rich text document', way: 'Save it as plain text.' },
  { bytes: ascii('7z\xbc\xaf'), ...OTHER_ARCHIVE },
  { bytes: ascii('Rar!'), ...OTHER_ARCHIVE },
  { bytes: ascii('BZh'), ...OTHER_ARCHIVE },
  { bytes: ascii('\xfd7zXZ'), ...OTHER_ARCHIVE },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], ...OTHER_ARCHIVE },
];

const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const LOOKED_AT = 4_096;
/** The largest share of control characters in text; plain text has hardly any. */
const CONTROLS_MAX = 0.02;

const startsWith = (head: Buffer, bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);

/** Workbooks of Excel before 2007, and newer ones with a password, are compound files; `isLocked` tells them apart. */
export const isCompoundFile = (head: Buffer): boolean => startsWith(head, COMPOUND);

export function compoundProblem(isLocked: boolean): FileProblem {
  return unreadable(
    isLocked
      ? 'This workbook is protected with a password. Save it without one and upload it again.'
      : 'This is an old Office file, such as .xls. Save it as .xlsx or .csv and upload it again.',
  );
}

export const LOCKED_MARK = Buffer.from('EncryptedPackage', 'utf16le');

export function detectKind(head: Buffer): FileKind {
  if (head.length === 0) throw new FileProblem('empty_file', 'The file is empty.');
  const found = SIGNATURES.find(({ bytes }) => startsWith(head, bytes));
  if (found?.is === 'gzip' || found?.is === 'zip') return found.is;
  if (found) throw unreadable([`This file is ${found.is}, not a list of addresses.`, found.way].filter(Boolean).join(' '));
  const { encoding, skipBytes } = detectEncoding(head);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return 'text';
  if (isBinary(head.subarray(skipBytes, LOOKED_AT))) {
    throw unreadable('This file isn’t text or a workbook. Upload CSV, TSV, TXT or XLSX, or one of these compressed with gzip.');
  }
  return 'text';
}

function isBinary(bytes: Buffer): boolean {
  if (bytes.includes(0)) return true;
  let controls = 0;
  for (const byte of bytes) if (byte < 32 && (byte < 9 || byte > 13) && byte !== 27) controls++;
  return controls > bytes.length * CONTROLS_MAX;
}
