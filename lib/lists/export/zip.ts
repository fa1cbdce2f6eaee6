// A ZIP archive as a stream (APPNOTE.TXT 4.3): each entry is deflated as it comes, its sizes follow it, and the directory is
// last. Promises flat memory, and that no work goes on once the reader has gone. Refuses archives that need ZIP64: old
// spreadsheets can't open them.
import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  /** ASCII. */
  name: string;
  text: AsyncIterable<string>;
}

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Bit 3: sizes follow the data. */
const FLAGS = 0x0008;
const DEFLATE = 8;
/** 1 January 1980: the same rows are the same bytes. */
const DATE = 0x0021;
const MAX = 0xffff_ffff;

/** Markup repeats itself, so a higher level makes it hardly smaller. */
const LEVEL = 1;
const OUT_BYTES = 256 * 1024;

interface Written {
  name: Buffer;
  crc: number;
  size: number;
  packed: number;
  at: number;
}

export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array, void> {
  const written: Written[] = [];
  let at = 0;
  for await (const { name, text } of entries) {
    const entry: Written = { name: Buffer.from(name), crc: 0, size: 0, packed: 0, at };
    const head = localHeader(entry);
    yield head;
    for await (const bytes of deflated(text, entry)) yield bytes;
    const descriptor = fields(16, [DESCRIPTOR, entry.crc, entry.packed, entry.size]);
    yield descriptor;
    at += head.length + entry.packed + descriptor.length;
    if (at > MAX || entry.size > MAX) throw new Error('the archive is too large for a plain ZIP');
    written.push(entry);
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  yield directory;
  yield endOf({ count: written.length, bytes: directory.length, at });
}

async function* deflated(text: AsyncIterable<string>, entry: Written): AsyncGenerator<Uint8Array, void> {
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: OUT_BYTES });
  // An error in either reaches the loop below; leaving the loop ends both.
  pipeline(Readable.from(measured(text, entry), { objectMode: false }), deflate, () => undefined);
  for await (const bytes of deflate) {
    if (!Buffer.isBuffer(bytes)) throw new Error('a deflate stream gave no bytes');
    entry.packed += bytes.length;
    yield bytes;
  }
}

async function* measured(text: AsyncIterable<string>, entry: Written): AsyncGenerator<Buffer, void> {
  for await (const piece of text) {
    const bytes = Buffer.from(piece);
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    yield bytes;
  }
}

/** 32-bit words, little endian. */
function fields(length: number, words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(length);
  words.forEach((word, index) => bytes.writeUInt32LE(word, index * 4));
  return bytes;
}

function localHeader({ name }: Written): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(LOCAL, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATE, 8);
  head.writeUInt16LE(DATE, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function directoryEntry({ name, crc, size, packed, at }: Written): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(CENTRAL, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(VERSION, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(DEFLATE, 10);
  head.writeUInt16LE(DATE, 14);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(packed, 20);
  head.writeUInt32LE(size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt32LE(at, 42);
  return Buffer.concat([head, name]);
}

function endOf({ count, bytes, at }: { count: number; bytes: number; at: number }): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
