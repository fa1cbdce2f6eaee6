// Turns the bytes of a mail server into replies, however they are split into chunks. Tolerates what real servers do (bare LF, no space
// after the code, a stray line without a code inside a multi-line reply); rejects what is not SMTP and what is too long. Bytes that are not
// UTF-8 and control characters become \xNN, so nothing a server sends can reach a log or page raw.
import { REPLY_LINE_MAX_OCTETS, REPLY_MAX_LINES, REPLY_MAX_OCTETS } from '@/lib/platform/limits';
import type { SmtpReply } from '@/lib/verdict/evidence';

export interface Reading {
  replies: readonly SmtpReply[];
  /** Why the bytes are not SMTP; the reader reads nothing from then on. */
  violation: string | null;
}

const LF = 10;
const CR = 13;
const EMPTY = Buffer.alloc(0);
const PRINTABLE = /^[\t\x20-\x7e]*$/;
const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;
const CODED_LINE = /^([2-5]\d\d)(?:([ -])(.*)|((?!\d).*))$/s;
/** Some servers put a space or a byte order mark before their first code. */
const BEFORE_CODE = /^[\s\ufeff]+/;
/** `5.1.1`, and IronPort's `#5.1.0`. Not followed by more of a number, so that addresses (5.1.1.9) are not mistaken for it. */
const ENHANCED = /^#?([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)[:,;.]?(?:\s+|$)/;
const SHOWN_OF_GARBAGE = 80;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const escapeByte = (byte: number): string => `\\x${byte.toString(16).padStart(2, '0')}`;

/** Octets of the UTF-8 sequence that starts with this byte; 1 if none can. */
const sequenceLength = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1);

function decodeSequence(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** The text of a line; bytes that are not valid UTF-8 are shown one by one. */
function decodeLine(bytes: Buffer, start: number, end: number): string {
  const quick = bytes.toString('latin1', start, end);
  if (PRINTABLE.test(quick)) return quick;
  const line = bytes.subarray(start, end);
  let text = decodeSequence(line);
  if (text === null) {
    text = '';
    for (let at = 0; at < line.length;) {
      const lead = line[at] ?? 0;
      const length = sequenceLength(lead);
      const piece = lead < 0x80 ? String.fromCharCode(lead) : decodeSequence(line.subarray(at, at + length));
      text += piece ?? escapeByte(lead);
      at += piece === null ? 1 : length;
    }
  }
  return text.replace(CONTROLS, (char) => escapeByte(char.charCodeAt(0)));
}

interface OpenReply {
  code: number;
  enhanced: string | null;
  lines: string[];
  octets: number;
  isMixed: boolean;
}

function addText(reply: OpenReply, text: string): void {
  const status = ENHANCED.exec(text);
  const [whole, enhanced] = status ?? [];
  if (whole === undefined || enhanced === undefined) {
    reply.lines.push(text);
    return;
  }
  reply.enhanced ??= enhanced;
  // The same status is usually repeated on every line; a different one is part of the text.
  reply.lines.push(reply.enhanced === enhanced ? text.slice(whole.length) : text);
}

export class ReplyReader {
  private rest: Buffer = EMPTY;
  private open: OpenReply | null = null;
  private violation: string | null = null;

  /** True between the first byte of a reply and its end. */
  get isMidReply(): boolean {
    return this.open !== null || this.rest.length > 0;
  }

  push(chunk: Buffer): Reading {
    const replies: SmtpReply[] = [];
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let start = 0;
    while (this.violation === null) {
      const end = bytes.indexOf(LF, start);
      if (end < 0) break;
      this.line(bytes, { start, end }, replies);
      start = end + 1;
    }
    this.rest = this.violation === null && start < bytes.length ? Buffer.from(bytes.subarray(start)) : EMPTY;
    if (this.rest.length > REPLY_LINE_MAX_OCTETS)
      this.refuse(`a reply line of more than ${String(REPLY_LINE_MAX_OCTETS)} octets`);
    return { replies, violation: this.violation };
  }

  private refuse(why: string): void {
    this.violation ??= why;
    this.rest = EMPTY;
    this.open = null;
  }

  private line(bytes: Buffer, { start, end }: { start: number; end: number }, replies: SmtpReply[]): void {
    // The line feed counts as part of the reply, but not towards the limit of a line.
    const octets = end - start;
    if (octets > REPLY_LINE_MAX_OCTETS) {
      this.refuse(`a reply line of more than ${String(REPLY_LINE_MAX_OCTETS)} octets`);
      return;
    }
    const last = octets > 0 && bytes[end - 1] === CR ? end - 1 : end;
    const line = decodeLine(bytes, start, last);
    const coded = CODED_LINE.exec(line) ?? (this.open === null ? CODED_LINE.exec(line.replace(BEFORE_CODE, '')) : null);
    if (coded === null && this.open === null) {
      this.refuse(`not an SMTP reply: ${line.slice(0, SHOWN_OF_GARBAGE)}`);
      return;
    }
    const [, digits, separator, separated, unseparated] = coded ?? [];
    this.extend(octets + 1, digits === undefined ? null : Number(digits), separated ?? unseparated ?? line);
    // A line without a code inside a multi-line reply (a banner pasted into a configuration) does not end it.
    if (this.open === null || coded === null || separator === '-') return;
    const { code, enhanced, lines, isMixed } = this.open;
    const reply = { code, enhanced, text: lines.length === 1 ? (lines[0] ?? '') : lines.join('\n') };
    replies.push(isMixed ? { ...reply, isMixed } : reply);
    this.open = null;
  }

  private extend(octets: number, code: number | null, text: string): void {
    const reply = (this.open ??= { code: code ?? 0, enhanced: null, lines: [], octets: 0, isMixed: false });
    // RFC 5321 4.2.1 wants the same code on all lines. Clients go by the last one; we also note that the others contradict it.
    reply.isMixed ||= code !== null && Math.floor(code / 100) !== Math.floor(reply.code / 100);
    reply.code = code ?? reply.code;
    reply.octets += octets;
    addText(reply, text);
    if (reply.octets > REPLY_MAX_OCTETS) this.refuse(`a reply of more than ${String(REPLY_MAX_OCTETS)} octets`);
    else if (reply.lines.length > REPLY_MAX_LINES) this.refuse(`a reply of more than ${String(REPLY_MAX_LINES)} lines`);
  }
}
