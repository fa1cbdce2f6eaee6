// The texts that a workbook's cells share, kept as UTF-8 in flat memory: the bytes of the texts and four for each. Refuses more of them
// than a workbook may have, so that this is the named bound of what reading one takes.
import { XLSX_SHARED_STRINGS_MAX, XLSX_SHARED_TEXT_MAX_BYTES } from '@/lib/platform/limits';
import { unreadable } from '../file-problem';
import { drain, readXml } from './read-xml';

const FIRST_BYTES = 64 * 1024;
const FIRST_TEXTS = 1_024;
const MB = 1024 * 1024;

export class SharedStrings {
  private bytes = Buffer.allocUnsafe(FIRST_BYTES);
  private used = 0;
  private ends = new Uint32Array(FIRST_TEXTS);
  private count = 0;

  /** Null where there is no text of this number. */
  at(index: number): string | null {
    if (!(index >= 0 && index < this.count)) return null;
    return this.bytes.toString('utf8', index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
  }

  add(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.used + size > XLSX_SHARED_TEXT_MAX_BYTES || this.count >= XLSX_SHARED_STRINGS_MAX) {
      throw unreadable(
        `The workbook shares more than ${XLSX_SHARED_TEXT_MAX_BYTES / MB} MB of text or ${XLSX_SHARED_STRINGS_MAX.toLocaleString('en-US')} texts among its cells. Save it as CSV and upload that.`,
      );
    }
    this.makeRoom(size);
    this.used += this.bytes.write(text, this.used);
    this.ends[this.count++] = this.used;
  }

  private makeRoom(size: number): void {
    if (this.used + size > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.used + size));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    if (this.count === this.ends.length) {
      const larger = new Uint32Array(2 * this.ends.length);
      larger.set(this.ends);
      this.ends = larger;
    }
  }
}

export async function readSharedStrings(bytes: AsyncIterable<Buffer>): Promise<SharedStrings> {
  const strings = new SharedStrings();
  let text = '';
  let isText = false;
  /** The phonetic reading of an East Asian name is not part of it. */
  let isReading = false;
  const events = readXml(bytes, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') isText = true;
      else if (name === 'rPh') isReading = true;
    },
    text: (piece) => {
      if (isText && !isReading) text += piece;
    },
    close: (name) => {
      if (name === 'si') strings.add(text);
      else if (name === 't') isText = false;
      else if (name === 'rPh') isReading = false;
    },
  });
  await drain(events);
  return strings;
}
