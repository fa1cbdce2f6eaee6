import { expect, it } from 'vitest';
import { alternativesOf, firstLetters } from './first-letters';

it.each([
  ['full|quota', ['full', 'quota']],
  ['(?:a|b(?:c|d))|e', ['a', 'b(?:c|d)', 'e']],
  ['(?:a|b)c|d', ['(?:a|b)c', 'd']],
  ['a(?:b|c)|[|)(]x|\\(y\\||z', ['a(?:b|c)', '[|)(]x', '\\(y\\|', 'z']],
  ['(?:(?:a|b)|c)', ['a', 'b', 'c']],
  ['(?:a)(?:b|c)', ['(?:a)(?:b|c)']],
  ['(?=a|b)c|[\\]|]d', ['(?=a|b)c', '[\\]|]d']],
])('takes %s apart', (source, alternatives) => {
  expect(alternativesOf(source)).toEqual(alternatives);
});

it.each([
  ['abc', 'a'],
  ['a?bc', 'ab'],
  ['(?:a|b)?c|d', 'abcd'],
  ['(?=x)[ab]c', 'ab'],
  ['\\d+(?: days)?', '0123456789'],
  ['a|.b', null],
  ['a*', null],
])('says with what %s begins', (source, letters) => {
  const found = firstLetters(source);
  expect(found === null ? null : [...found].toSorted().join('')).toBe(letters);
});
