import { expect, it } from 'vitest';
import { highlight, type Ink } from './highlight';
import { LANGUAGES } from './languages';
import { readSnippets } from './read-snippets';

const inked = (code: string, language: string, ink: Ink): readonly string[] =>
  highlight(code, language)
    .filter((piece) => piece.ink === ink)
    .map(({ text }) => text);

it.each(
  Object.entries(readSnippets()).flatMap(([name, files]) =>
    LANGUAGES.map(({ id, fence }) => [name, id, files[id] ?? '', fence] as const),
  ),
)('%s in %s is the same text, in more than one color', (_, __, code, fence) => {
  const pieces = highlight(code, fence);
  expect(pieces.map(({ text }) => text).join('')).toBe(code);
  expect(new Set(pieces.map(({ ink }) => ink)).size).toBeGreaterThan(1);
});

it('a # inside a word or a string is not a comment', () => {
  expect(inked('key="${SECRET#whsec_}" # the key', 'sh', 'comment')).toEqual(['# the key']);
  expect(inked('x=${SECRET#whsec_}', 'sh', 'comment')).toEqual([]);
});

it('a keyword inside a name or a string is not a keyword', () => {
  expect(inked('const format = forEach("for", 12);', 'ts', 'keyword')).toEqual(['const']);
  expect(inked('const format = forEach("for", 12);', 'ts', 'number')).toEqual(['12']);
});

it('an escaped quote does not end a string', () => {
  expect(inked(String.raw`"a \" b" c`, 'go', 'string')).toEqual([String.raw`"a \" b"`]);
});

it('an unknown language stays plain', () => {
  expect(highlight('email,name', 'csv')).toEqual([{ ink: 'plain', text: 'email,name' }]);
});
