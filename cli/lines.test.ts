import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { inputLines } from './lines';

afterEach(() => {
  vi.unstubAllGlobals();
});

async function read(chunks: readonly Buffer[]): Promise<string[]> {
  const stdin = Readable.from(chunks);
  vi.stubGlobal(
    'process',
    new Proxy(process, { get: (real, name): unknown => (name === 'stdin' ? stdin : Reflect.get(real, name)) }),
  );
  const lines: string[] = [];
  for await (const line of inputLines()) lines.push(line);
  return lines;
}

it('gives every line that is not blank, wherever the input is cut into chunks and whatever ends its lines', async () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('', '  ', 'ann@müller.example', '日本@例え.jp'),
  );
  const ended = fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(ended, { maxLength: 20 }),
      line,
      fc.array(fc.nat(200), { maxLength: 6 }),
      async (all, last, cuts) => {
        const text = all.map((parts) => parts.join('')).join('') + last;
        const bytes = Buffer.from(text);
        const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(await read(chunks.filter(({ length }) => length > 0))).toEqual(
          text.split(/\r\n|\n|\r/).filter((each) => each.trim() !== ''),
        );
      },
    ),
  );
});

it('keeps no more of an endless line than its bound, and reads on after it', async () => {
  const chunks = Array.from({ length: 50 }, () => Buffer.alloc(10_000, 'a'));
  const lines = await read([...chunks, Buffer.from('\nann@a.test\n')]);
  expect(lines.map(({ length }) => length)).toEqual([65_536, 10]);
});
