// Makes text of bytes that stream in. UTF-16 is known by its mark or its zeros; everything else is ASCII until it is not: then the first
// piece with other bytes decides whether they are UTF-8, and if they are not, they are Windows-1252. What does not fit later reads as
// U+FFFD, which no address may hold.
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
  /** Null: ASCII so far. */
  encoding: Encoding | null;
  /** Of the mark. */
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
  // Text of the Latin alphabet, two bytes a letter, has a zero in nearly all of them, always on the same side.
  if (odd > half * 0.4 && even < half * 0.05) return { encoding: 'utf-16le', skipBytes: 0 };
  if (even > half * 0.4 && odd < half * 0.05) return { encoding: 'utf-16be', skipBytes: 0 };
  return { encoding: null, skipBytes: 0 };
}

/** 0x80 to 0x9f; the five that stand for nothing stay control characters. */
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
    // Half a letter of UTF-8 at the very end of a file that has no other: a letter of Windows-1252.
    if (this.known === null && this.rest.length > 0) this.known = 'windows-1252';
    return this.known === 'windows-1252' ? decodeWindows1252(this.rest) : this.rest.toString('utf8');
  }
}

function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(HIGH_CONTROL, (letter) => HIGH_CONTROLS.charAt(letter.charCodeAt(0) - 0x80));
}

/** Bytes at the end that begin a letter of UTF-8 and don't end it. */
function cutTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < letterBytes(byte) ? back : 0;
  }
  return 0;
}

const letterBytes = (first: number): number => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2);
