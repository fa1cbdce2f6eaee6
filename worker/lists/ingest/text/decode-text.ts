// Decodes streamed bytes to text. UTF-16 is detected by its byte order mark or its zero bytes. Everything else is ASCII until the first
// piece with other bytes, which decides between UTF-8 and, if it is not valid UTF-8, Windows-1252. Later bytes that do not fit are decoded
// as U+FFFD, which no address may contain.
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const HEAD_BYTES = 4_096;
const MARKS: readonly { bytes: readonly number[]; encoding: Encoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

export interface Decoded {
  /** Null if the text is ASCII so far. */
  encoding: Encoding | null;
  /** The length of the byte order mark. */
  skipBytes: number;
}

export function detectEncoding(head: Buffer): Decoded {
  const mark = MARKS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (mark) return { encoding: mark.encoding, skipBytes: mark.bytes.length };
  const zeros = [0, 0];
  const some = head.subarray(0, HEAD_BYTES);
  for (const [at, byte] of some.entries()) if (byte === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = some.length / 2;
  // In UTF-16, nearly all characters of Latin text have a zero byte, always on the same side.
  if (odd > half * 0.4 && even < half * 0.05) return { encoding: 'utf-16le', skipBytes: 0 };
  if (even > half * 0.4 && odd < half * 0.05) return { encoding: 'utf-16be', skipBytes: 0 };
  return { encoding: null, skipBytes: 0 };
}

/** 0x80 to 0x9f in Windows-1252; its five unassigned bytes stay control characters. */
const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const HIGH_CONTROL = /[\u0080-\u009f]/g;

export class TextDecoding {
  private rest: Buffer = Buffer.alloc(0);
  private wide: TextDecoder | null;

  constructor(private known: Encoding | null) {
    this.wide = known === 'utf-16le' || known === 'utf-16be' ? new TextDecoder(known) : null;
  }

  get encoding(): Encoding {
    return this.known ?? 'utf-8';
  }

  push(bytes: Buffer): string {
    if (this.wide) return this.wide.decode(bytes, { stream: true });
    if (this.known === 'windows-1252') return decodeWindows1252(bytes);
    const all = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const whole = all.subarray(0, all.length - cutTail(all));
    this.rest = Buffer.from(all.subarray(whole.length));
    if (isAscii(whole)) return whole.toString('latin1');
    this.known ??= isUtf8(whole) ? 'utf-8' : 'windows-1252';
    if (this.known === 'utf-8') return whole.toString('utf8');
    this.rest = Buffer.alloc(0);
    return decodeWindows1252(all);
  }

  end(): string {
    if (this.wide) return this.wide.decode();
    // Half a UTF-8 character at the end of an otherwise ASCII file is a Windows-1252 character.
    if (this.known === null && this.rest.length > 0) this.known = 'windows-1252';
    return this.known === 'windows-1252' ? decodeWindows1252(this.rest) : this.rest.toString('utf8');
  }
}

function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(HIGH_CONTROL, (letter) => HIGH_CONTROLS.charAt(letter.charCodeAt(0) - 0x80));
}

/** The number of bytes at the end that are the beginning of an incomplete UTF-8 character. */
function cutTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < letterBytes(byte) ? back : 0;
  }
  return 0;
}

function letterBytes(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
