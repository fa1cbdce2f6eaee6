import fc from 'fast-check';
import { expect, test } from 'vitest';
import { API_KEY_MODES, API_KEY_RANDOM_CHARS, BASE62, composeApiKey, crc32, parseApiKey } from './keys';

const CHARACTERS = Array.from(BASE62);
const base62 = (length: number) =>
  fc.array(fc.constantFrom(...CHARACTERS), { minLength: length, maxLength: length }).map((chars) => chars.join(''));
const keys = fc
  .tuple(fc.constantFrom(...API_KEY_MODES), base62(API_KEY_RANDOM_CHARS))
  .map(([mode, random]) => composeApiKey(mode, random));

test('the checksum is the standard CRC-32', () => {
  expect(crc32('123456789')).toBe(0xcbf43926);
  expect(crc32('')).toBe(0);
});

test('a key reads back as what it was composed of', () => {
  fc.assert(
    fc.property(fc.constantFrom(...API_KEY_MODES), base62(API_KEY_RANDOM_CHARS), (mode, random) => {
      const key = composeApiKey(mode, random);
      expect(key).toMatch(/^evk_(live|test|pub)_[0-9A-Za-z]{38}$/);
      expect(parseApiKey(key)).toEqual({ mode, last4: key.slice(-4) });
    }),
  );
});

test('a key with any one character changed is refused', () => {
  const change = fc.tuple(keys, fc.nat(), fc.constantFrom(...CHARACTERS, '_', '-', ' ', 'é'));
  fc.assert(
    fc.property(change, ([key, position, character]) => {
      const index = position % key.length;
      fc.pre(key[index] !== character);
      expect(parseApiKey(key.slice(0, index) + character + key.slice(index + 1))).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

test('a key with two neighbors swapped, one character lost or one too many is refused', () => {
  fc.assert(
    fc.property(keys, fc.nat(), fc.constantFrom(...CHARACTERS), (key, position, character) => {
      const index = position % (key.length - 1);
      const [left = '', right = ''] = key.slice(index, index + 2);
      fc.pre(left !== right);
      expect(parseApiKey(key.slice(0, index) + right + left + key.slice(index + 2))).toBeNull();
      expect(parseApiKey(key.slice(0, index) + key.slice(index + 1))).toBeNull();
      expect(parseApiKey(key.slice(0, index) + character + key.slice(index))).toBeNull();
    }),
  );
});

test.each(['', 'evk_', ' ', `evk_root_${'a'.repeat(38)}`, `sk_live_${'a'.repeat(38)}`, `evk_live_${'a'.repeat(38)}\n`])(
  '%j is not a key',
  (text) => {
    expect(parseApiKey(text)).toBeNull();
  },
);
