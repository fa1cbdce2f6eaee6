import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLineReader } from './line-reader';

const read = (maxOctets: number, chunks: readonly Buffer[]): (string | null)[] => {
  const lines: (string | null)[] = [];
  const onData = createLineReader(maxOctets, (found) => lines.push(...found));
  for (const chunk of chunks) onData(chunk);
  return lines;
};

it('returns the same lines however the bytes are cut', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll(/[\r\n]/g, ''));
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 1, max: 7 }), (lines, size) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\r\n`).join(''));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
      expect(read(2_048, chunks)).toEqual(lines);
    }),
  );
});

it('returns pipelined lines together', () => {
  const batches: number[] = [];
  const onData = createLineReader(100, (lines) => batches.push(lines.length));
  onData(Buffer.from('RSET\r\nNOOP\nQU'));
  onData(Buffer.from('IT\r\n'));
  expect(batches).toEqual([2, 1]);
});

it('gives up at a line over the maximum, at its edge, and reads nothing after it', () => {
  expect(read(4, [Buffer.from('1234\n')])).toEqual(['1234']);
  expect(read(4, [Buffer.from('12345\nNOOP\n')])).toEqual([null]);
  expect(read(4, [Buffer.from('NOOP\n12'), Buffer.from('345'), Buffer.from('\nNOOP\n')])).toEqual(['NOOP', null]);
});
