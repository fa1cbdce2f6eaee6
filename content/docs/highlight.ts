// Splits code into the parts that get a color: comments, strings, keywords and numbers. Made for the documentation's examples, not for
// every program: anything it does not know stays plain, and the pieces joined together are always the original code.

export type Ink = 'plain' | 'comment' | 'string' | 'keyword' | 'number';
export interface Piece {
  ink: Ink;
  text: string;
}

const HASH = String.raw`(?<![^\s;])#[^\n]*`;
const SLASHES = String.raw`\/\*[^]*?\*\/|\/\/[^\n]*`;
const DOUBLE = String.raw`"(?:\\[^]|[^"\\])*"`;
const SINGLE = String.raw`'(?:\\[^]|[^'\\])*'`;
const BACKTICK = '`[^`]*`';

interface Grammar {
  comment?: string;
  strings: readonly string[];
  keywords: string;
}

const SH: Grammar = {
  comment: HASH,
  strings: [DOUBLE, `'[^']*'`],
  keywords: 'if then fi else until while for in do done case esac export',
};
const SCRIPT: Grammar = {
  comment: SLASHES,
  strings: [DOUBLE, SINGLE, BACKTICK],
  keywords:
    'import from export default const let var function async await return if else for of in while try catch throw new instanceof true false null undefined',
};
const HTML: Grammar = { comment: '<!--[^]*?-->', strings: [DOUBLE], keywords: '' };

const GRAMMARS: Readonly<Record<string, Grammar>> = {
  sh: SH,
  ts: SCRIPT,
  js: SCRIPT,
  html: HTML,
  json: { strings: [DOUBLE], keywords: 'true false null' },
  python: {
    comment: HASH,
    strings: [DOUBLE, SINGLE],
    keywords: 'import from def return if else elif for in while try except as with raise not and or lambda None True False',
  },
  php: {
    comment: SLASHES,
    strings: [DOUBLE, SINGLE],
    keywords: 'use require new try catch function fn foreach as return if else echo null true false instanceof',
  },
  ruby: {
    comment: HASH,
    strings: [DOUBLE, SINGLE],
    keywords: 'require begin rescue end def do if else unless while until puts nil true false',
  },
  go: {
    comment: SLASHES,
    strings: [DOUBLE, BACKTICK],
    keywords: 'package import func var const if else for range return switch case default defer nil true false struct',
  },
  java: {
    comment: SLASHES,
    strings: [DOUBLE],
    keywords: 'import class public static void var new try catch throws throw for if else while return final null true false',
  },
  rust: {
    comment: SLASHES,
    strings: [DOUBLE],
    keywords: 'use fn let mut match if else for in while loop return pub async await move true false',
  },
};

const patternOf = ({ comment, strings, keywords }: Grammar): RegExp =>
  new RegExp(
    [
      comment === undefined ? '(?<comment>(?!))' : `(?<comment>${comment})`,
      `(?<string>${strings.join('|')})`,
      keywords === '' ? '(?<keyword>(?!))' : String.raw`(?<keyword>(?<![\w$.-])(?:${keywords.replaceAll(' ', '|')})(?![\w-]))`,
      String.raw`(?<number>(?<![\w.-])\d[\d_.]*(?![\w-]))`,
    ].join('|'),
    'g',
  );

const PATTERNS = new Map(Object.entries(GRAMMARS).map(([language, grammar]) => [language, patternOf(grammar)]));

export function highlight(code: string, language: string): readonly Piece[] {
  const pattern = PATTERNS.get(language);
  if (pattern === undefined) return [{ ink: 'plain', text: code }];
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of code.matchAll(pattern)) {
    if (match.index > end) pieces.push({ ink: 'plain', text: code.slice(end, match.index) });
    pieces.push({ ink: inkOf(match.groups ?? {}), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < code.length) pieces.push({ ink: 'plain', text: code.slice(end) });
  return pieces;
}

const INKS = ['comment', 'string', 'keyword', 'number'] as const;
const inkOf = (groups: Readonly<Record<string, string | undefined>>): Ink =>
  INKS.find((ink) => groups[ink] !== undefined) ?? 'plain';
