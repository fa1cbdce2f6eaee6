import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPLY_LINE_MAX_OCTETS, REPLY_MAX_LINES, REPLY_MAX_OCTETS } from '@/lib/platform/limits';
import type { SmtpReply } from '@/lib/verdict/evidence';
import { ReplyReader } from './reply-reader';

const read = (bytes: Buffer | string) => new ReplyReader().push(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes, 'utf8'));
const reply = (code: number, enhanced: string | null, text: string): SmtpReply => ({ code, enhanced, text });

describe('reply reader', () => {
  it.each([
    ['a single line', '250 2.1.5 Ok\r\n', [reply(250, '2.1.5', 'Ok')]],
    ['several lines, the status on each', '550-5.1.1 No\r\n550 5.1.1 such user\r\n', [reply(550, '5.1.1', 'No\nsuch user')]],
    ['a status on the last line only', '550-No\r\n550 5.1.1 such user\r\n', [reply(550, '5.1.1', 'No\nsuch user')]],
    ['a code alone', '250\r\n', [reply(250, null, '')]],
    ['no space after the code', '250Ok\r\n', [reply(250, null, 'Ok')]],
    ['a space before the code', ' 550 5.1.1 No\r\n', [reply(550, '5.1.1', 'No')]],
    ['the mark of a text file before the code', '\ufeff220 mx\r\n', [reply(220, null, 'mx')]],
    ['bare line feeds', '250-a\n250 b\n', [reply(250, null, 'a\nb')]],
    ['a status with a number sign', '550 #5.1.0 Address rejected.\r\n', [reply(550, '5.1.0', 'Address rejected.')]],
    ['a status with a colon', '550 5.7.1: refused\r\n', [reply(550, '5.7.1', 'refused')]],
    ['a status and nothing else', '250 2.0.0\r\n', [reply(250, '2.0.0', '')]],
    ['an address that looks like a status', '550 5.1.1.9 is listed\r\n', [reply(550, null, '5.1.1.9 is listed')]],
    ['a status out of bounds', '550 5.1000.1 x\r\n', [reply(550, null, '5.1000.1 x')]],
    ['a status of another class than the code', '550 2.1.5 odd\r\n', [reply(550, '2.1.5', 'odd')]],
    ['another code of the same class on the last line', '550-a\r\n554 b\r\n', [reply(554, null, 'a\nb')]],
    ['a stray line inside a reply', '220-hello\r\nWelcome!\r\n220 mx\r\n', [reply(220, null, 'hello\nWelcome!\nmx')]],
    ['several replies', '250 a\r\n550 b\r\n', [reply(250, null, 'a'), reply(550, null, 'b')]],
    [
      'a line sent before, inside a later reply',
      '250 b\r\n250-a\r\n250 b\r\n',
      [reply(250, null, 'b'), reply(250, null, 'a\nb')],
    ],
    ['a last line that comes again alone', '250-a\r\n250 b\r\n250 b\r\n', [reply(250, null, 'a\nb'), reply(250, null, 'b')]],
    [
      'a line with and without CR',
      '250 a\r\n250 a\n250 a\r\r\n',
      [reply(250, null, 'a'), reply(250, null, 'a'), reply(250, null, 'a\\x0d')],
    ],
    ['UTF-8', '550 größer\r\n', [reply(550, null, 'größer')]],
    ['control characters', '250 a\u001b[31mb\u0000\r\n', [reply(250, null, 'a\\x1b[31mb\\x00')]],
  ])('%s', (_, bytes, replies) => {
    expect(read(bytes)).toEqual({ replies, violation: null });
  });

  it('escapes bytes that are not UTF-8, and keeps those around them', () => {
    const { replies } = read(
      Buffer.concat([Buffer.from('550 '), Buffer.from([0xfc, 0x62, 0xc3, 0xa4, 0xe2, 0x82]), Buffer.from('\r\n')]),
    );
    expect(replies[0]?.text).toBe('\\xfcbä\\xe2\\x82');
  });

  it('goes by the last code, and tells if the others are of another kind', () => {
    const read = (bytes: string) => new ReplyReader().push(Buffer.from(bytes)).replies;
    expect(read('250-a\r\n550 b\r\n')).toEqual([{ code: 550, enhanced: null, text: 'a\nb', isMixed: true }]);
    expect(read('550-a\r\n551 b\r\n')).toEqual([{ code: 551, enhanced: null, text: 'a\nb' }]);
  });

  it.each([
    'HTTP/1.1 400 Bad Request\r\n',
    'hello\r\n',
    '\r\n',
    '2500 x\r\n',
    '199 x\r\n',
    '600 x\r\n',
    'SSH-2.0-OpenSSH_9.2\r\n',
  ])('%j is not SMTP', (bytes) => {
    const { replies, violation } = read(bytes);
    expect(replies).toEqual([]);
    expect(violation).not.toBeNull();
  });

  it('respects its limits at their edges', () => {
    const line = (octets: number) => `250 ${'x'.repeat(octets - 4)}\n`;
    expect(read(line(REPLY_LINE_MAX_OCTETS)).replies).toHaveLength(1);
    expect(read(line(REPLY_LINE_MAX_OCTETS + 1)).violation).toContain('line');
    expect(read('x'.repeat(REPLY_LINE_MAX_OCTETS + 1)).violation).toContain('line');
    const lines = (count: number) => `${'250-\r\n'.repeat(count - 1)}250 \r\n`;
    expect(read(lines(REPLY_MAX_LINES)).replies).toHaveLength(1);
    expect(read(lines(REPLY_MAX_LINES + 1)).violation).toContain('lines');
    const reply = (octets: number) =>
      `${`250-${'x'.repeat(1_018)}\r\n`.repeat(63)}250 ${'x'.repeat(octets - 63 * 1_024 - 6)}\r\n`;
    expect(reply(REPLY_MAX_OCTETS)).toHaveLength(64 * 1_024);
    expect(read(reply(REPLY_MAX_OCTETS)).replies).toHaveLength(1);
    expect(read(reply(REPLY_MAX_OCTETS + 1)).violation).toContain(String(REPLY_MAX_OCTETS));
  });

  it('returns nothing more once the bytes were not SMTP', () => {
    const reader = new ReplyReader();
    reader.push(Buffer.from('junk\r\n'));
    expect(reader.push(Buffer.from('250 Ok\r\n')).replies).toEqual([]);
  });

  it('reads the same however the bytes are split', () => {
    const piece = fc.oneof(
      fc.constantFrom('250', '550', '421', '-', ' ', '\r\n', '\n', '\r', '5.1.1 ', 'ok', '250-a\r\n', '250 b\r\n'),
      fc.string({ maxLength: 4 }),
    );
    const bytesOf = fc
      .tuple(fc.array(piece, { maxLength: 40 }), fc.uint8Array({ maxLength: 6 }))
      .map(([pieces, tail]) => Buffer.concat([Buffer.from(pieces.join('')), Buffer.from(tail), Buffer.from('\r\n')]));
    fc.assert(
      fc.property(bytesOf, fc.array(fc.nat(50), { maxLength: 20 }), (bytes, cuts) => {
        const whole = read(bytes);
        const reader = new ReplyReader();
        const replies: SmtpReply[] = [];
        let at = 0;
        let violation: string | null = null;
        for (const cut of [...cuts, bytes.length]) {
          const reading = reader.push(bytes.subarray(at, at + cut));
          replies.push(...reading.replies);
          violation = reading.violation;
          at += cut;
        }
        expect({ replies, violation }).toEqual(whole);
      }),
      { numRuns: 1_000 },
    );
  });
});
