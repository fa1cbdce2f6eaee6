// What a file is, by its first bytes and never by its name. Refuses what is not a list, with a sentence that says what it is: pictures,
// programs, old and locked workbooks, archives of other kinds, anything binary.
import { detectEncoding } from '../text/decode-text';
import { FileProblem, unreadable } from '../file-problem';

export type FileKind = 'gzip' | 'zip' | 'text';

interface Signature {
  bytes: readonly number[];
  /** A kind that is read, or words for what it is instead. */
  is: string;
  /** What to do about it. */
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
/** Of plain text hardly any letter is a control character. */
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
