// Markup of a workbook as events, as it streams. Names come without their prefix. Refuses what is not well formed, declarations of
// document types, and any single piece of text or markup so large that no workbook has one: memory stays at one piece.
import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { XLSX_PIECE_MAX_BYTES } from '@/lib/platform/limits';
import { unreadable } from '../file-problem';
import { DAMAGED } from './open-workbook';

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
    // Whatever ends in this slice sets it back; what is left of the slice belongs to the next piece.
    pending += text.length;
    parser.write(text);
    if (pending > XLSX_PIECE_MAX_BYTES)
      throw unreadable('A cell in the workbook is far too large. Save it as CSV and upload that.');
    yield;
  }
  parser.close();
}

/** For handlers that keep what they need as it comes. */
export async function drain(events: AsyncGenerator<void>): Promise<void> {
  while ((await events.next()).done !== true);
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);
