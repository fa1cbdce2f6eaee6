import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from './address';
import { readAddressCell } from '@/lib/lists/rules/rows';
import { holdsOneAtMost, splitAddresses, takeAddresses } from './split-addresses';

const word = fc
  .array(fc.constantFrom(...Array.from("abcXYZ019_-+'&/")), { minLength: 1, maxLength: 6 })
  .map((letters) => letters.join(''));
/** A local part of any letters, including separators and @ signs. */
const quoted = fc
  .array(fc.constantFrom(...Array.from('ab ,;<>@.()')), { minLength: 1, maxLength: 8 })
  .map((letters) => `"${letters.join('')}"`);
const label = fc.constantFrom('example', 'mail', 'münchen', 'x1');
const address = fc
  .tuple(fc.oneof({ weight: 3, arbitrary: word }, quoted), label, fc.constantFrom('com', 'co.uk', 'test'))
  .map(([local, name, end]) => `${local}@${name}.${end}`)
  .filter((text) => parseAddress(text).ok);
const name = fc.constantFrom('', 'Ann', 'Ann Lee', '"Lee, Ann"', '"ann@work; old"', 'Lee, Ann', 'Dr. Lee, Ann, PhD');
const mailbox = fc.tuple(address, name).map(([given, called]) => ({
  address: given,
  text: called === '' ? given : `${called} <${given}>`,
}));
const separator = fc.constantFrom(',', ', ', ';', '; ', '\n', '\r\n', '\t', ' ; ', ',\n', ';;', '\uff1b', ' and ', ' ');

const normal = (text: string): string => {
  const read = readAddressCell(text, true);
  return read.problem === null ? read.email : `? ${text}`;
};

describe('a text of several addresses', () => {
  it('yields these addresses, whatever is between them, in their quotes and in their names', () => {
    const texts = fc.array(fc.tuple(mailbox, separator), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.map(([{ text: one }, between], at) => (at === parts.length - 1 ? one : one + between)).join('');
        expect(splitAddresses(text).map(normal)).toEqual(parts.map(([one]) => normal(one.address)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('yields the same addresses however it is cut into pieces', () => {
    const texts = fc.array(fc.tuple(mailbox, separator), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 30 }), (parts, chars) => {
        // On one line, as they come: line breaks are up to the reader.
        const text = parts
          .map(([{ text: one }, between]) => one + between)
          .join('')
          .replaceAll(/[\r\n]+/g, ';');
        const found: string[] = [];
        let open = '';
        for (let at = 0; at < text.length; at += chars) {
          const { addresses, rest } = takeAddresses(open + text.slice(at, at + chars));
          found.push(...addresses);
          open = rest;
        }
        if (open.includes('@')) found.push(...splitAddresses(open));
        expect(found.map(normal)).toEqual(parts.map(([one]) => normal(one.address)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('loses no @ sign', () => {
    const mess = fc
      .array(fc.constantFrom('@', 'a@b', 'a', ',', ';', ' ', '"', '<', '>', '\\', '\n', ', '), { maxLength: 40 })
      .map((parts) => parts.join(''));
    const signs = (text: string): number => text.split('@').length - 1;
    fc.assert(
      fc.property(mess, (text) => {
        expect(splitAddresses(text).reduce((sum, one) => sum + signs(one), 0)).toBe(signs(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

it.each([
  ['a@x.com; b@y.com', ['a@x.com', 'b@y.com']],
  ['a@x.com, b@y.com', ['a@x.com', 'b@y.com']],
  ['a@x.com b@y.com', ['a@x.com', 'b@y.com']],
  ['a@x.com\r\nb@y.com\n', ['a@x.com', 'b@y.com']],
  ['Name <a@x.com>, Other <b@y.com>', ['Name <a@x.com>', 'Other <b@y.com>']],
  ['Doe, John <a@x.com>; Smith, Ann <b@y.com>', ['Doe, John <a@x.com>', 'Smith, Ann <b@y.com>']],
  ['Name <a@x.com> Other <b@y.com>', ['Name <a@x.com>', 'Other <b@y.com>']],
  ['"a@x.com","b@y.com"', ['a@x.com', 'b@y.com']],
  ['Ann; a@x.com; Bob; b@y.com;', ['a@x.com', 'b@y.com']],
  ['a@x.com or b@y.com / c@z.com', ['a@x.com', 'b@y.com', 'c@z.com']],
  ['"a;b"@x.com', ['"a;b"@x.com']],
  ['"a@b;c"@x.com', ['"a@b;c"@x.com']],
  ['"Doe, a@x.com" <a@x.com>', ['"Doe, a@x.com" <a@x.com>']],
  ['a@x.com <a@x.com>', ['a@x.com <a@x.com>']],
  ['a@@x.com', ['a@@x.com']],
  ['john,doe@x.com, b@y.com', ['john,doe@x.com', 'b@y.com']],
  ['mailto:a@x.com, mailto:b@y.com', ['mailto:a@x.com', 'mailto:b@y.com']],
  ['no address, and none here', ['no address, and none here']],
  ['', ['']],
])('%j', (text, addresses) => expect(splitAddresses(text)).toEqual(addresses));

it.each(['<', '"', '"\\', '<@', '"@ ', ', a', 'a@b <', '@ "'])('ends quickly, however many %j there are', (hostile) => {
  // In quadratic time this would take minutes.
  const text = hostile.repeat(300_000);
  expect(takeAddresses(text).rest.length + splitAddresses(text).length).toBeGreaterThan(0);
});

it('knows that “and” separates two addresses even if the first is already taken', () => {
  const { addresses, rest } = takeAddresses('a@x.com and b@y.com ');
  expect([addresses, rest]).toEqual([['a@x.com'], 'b@y.com ']);
});

it('sees quickly that there is nothing to split', () => {
  expect(['', 'a', 'a@x.com'].every(holdsOneAtMost)).toBe(true);
  expect(holdsOneAtMost('a@x.com b@y.com')).toBe(false);
});
