import { describe, expect, it } from 'vitest';
import { alternativesOf, firstLetters, startsOf } from './first-letters';
import { normalizeReply } from './normalize-reply';
import { REPLY_CASES } from './reply-cases.data';
import { FAMILIES } from './words.data';

describe('the characters an expression can begin with', () => {
  it.each([
    ['users?', 'u'],
    ['(?:e-?mail |mail )?box', 'bem'],
    ['<?%a>?', '%<'],
    ['(?<!un)block|ban', 'b'],
    ['(?= )x', 'x'],
    ['[ab]c', 'ab'],
    ['a{0,1}b', 'ab'],
  ])('%s: %s', (source, letters) => {
    expect([...(firstLetters(source) ?? [])].sort().join('')).toBe(letters);
  });

  it('are any if anything, or nothing, may come first', () => {
    expect(['\\w+', '.x', '[^a]', 'a?'].map(firstLetters)).toEqual([null, null, null, null]);
  });

  it.each([
    ['user', ['us']],
    ['u?ser', ['u', 's']],
    ['(?:tu|su) ip', ['tu', 'su']],
    ['(?:e-?mail |mail )*(?:box|user)', ['e', 'ma', 'bo', 'us']],
    ['(?:a |the )?box', ['a', 'th', 'bo']],
    ['(?:|x)y', ['x', 'y']],
    ['\\w+ ip', ['']],
  ])('are two if they are certain: %s', (source, starts) => {
    expect(startsOf(source).sort()).toEqual([...starts].sort());
  });

  it('miss no position where one of our words occurs', () => {
    const texts = Object.values(REPLY_CASES)
      .flat()
      .map(([, , , text]) => normalizeReply(text, null).text);
    const missed = FAMILIES.flatMap(({ words }) => words.flatMap(alternativesOf)).flatMap((word) => {
      const starts = startsOf(word);
      const find = new RegExp(`(?<![a-z0-9])(?:${word})`, 'g');
      return texts.flatMap((text) =>
        [...text.matchAll(find)]
          .filter(({ 0: found, index }) => found !== '' && !starts.some((start) => text.startsWith(start, index)))
          .map(({ 0: found }) => `${word}: ${found}`),
      );
    });
    expect(missed).toEqual([]);
  });
});

it.each([
  ['full|quota', ['full', 'quota']],
  ['(?:a|b(?:c|d))|e', ['a', 'b(?:c|d)', 'e']],
  ['(?:a|b)c|d', ['(?:a|b)c', 'd']],
  ['a(?:b|c)|[|)(]x|\\(y\\||z', ['a(?:b|c)', '[|)(]x', '\\(y\\|', 'z']],
  ['(?:(?:a|b)|c)', ['a', 'b', 'c']],
  ['(?:a)(?:b|c)', ['(?:a)(?:b|c)']],
  ['(?=a|b)c|[\\]|]d', ['(?=a|b)c', '[\\]|]d']],
])('splits %s', (source, alternatives) => {
  expect(alternativesOf(source)).toEqual(alternatives);
});
