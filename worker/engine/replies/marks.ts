// Finds the words that the reader knows in a normalized text. At each position the longest match counts, and the text it covers is not
// matched again, so that "sender address" is a sender and not an address.
import { alternativesOf, ANYWHERE, startsOf } from './first-letters';
import { FAMILIES, type Named } from './words.data';

export type Mark = Named & { readonly at: number; readonly end: number };

interface Finder {
  /** If two matches have the same length, the family that comes first counts. */
  readonly rank: number;
  readonly family: Named;
  readonly find: RegExp;
}

/** A word ends if no letter or digit follows, or in a space that is part of the family's expression. */
const END = '(?:(?<= )|(?![a-z0-9]))';

/** For each start, one expression per family with the alternatives that can begin with it. */
function byStart(): ReadonlyMap<string, readonly Finder[]> {
  const found = new Map<string, Finder[]>();
  FAMILIES.forEach((family, rank) => {
    const sources = new Map<string, string[]>();
    for (const word of family.words.flatMap(alternativesOf))
      for (const start of startsOf(word)) sources.set(start, [...(sources.get(start) ?? []), word]);
    for (const [start, alternatives] of sources)
      found.set(start, [
        ...(found.get(start) ?? []),
        { rank, family, find: new RegExp(`(?:${alternatives.join('|')})${END}`, 'y') },
      ]);
  });
  return found;
}

const FINDERS = byStart();
const NONE: readonly Finder[] = [];
const EVERYWHERE = FINDERS.get(ANYWHERE) ?? NONE;

/** All expressions that can match at two given letters, or at one character if no pair is known for it. */
const FINDERS_AT: ReadonlyMap<string, readonly Finder[]> = new Map(
  [...FINDERS].map(([start, own]) => {
    const ofFirst = start.length > 1 ? (FINDERS.get(start.charAt(0)) ?? NONE) : NONE;
    return [start, start === ANYWHERE ? own : [...own, ...ofFirst, ...EVERYWHERE]];
  }),
);

const isLatin = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
const isCyrillic = (code: number): boolean => code >= 0x430 && code <= 0x44f;

/** Whether a word can begin here. Chinese and Japanese put no space between words. */
function isStart(text: string, at: number): boolean {
  const here = text.charCodeAt(at);
  if (here === 32) return false;
  const before = at === 0 ? 32 : text.charCodeAt(at - 1);
  return !isLatin(before) && !(isCyrillic(before) && isCyrillic(here));
}

const markOf = (family: Named, at: number, end: number): Mark =>
  family.kind === 'subject' ? { kind: 'subject', word: family.word, at, end } : { kind: 'predicate', word: family.word, at, end };

function longestAt(text: string, at: number): Mark | null {
  let best: Finder | null = null;
  let end = at;
  for (const finder of FINDERS_AT.get(text.slice(at, at + 2)) ?? FINDERS_AT.get(text.charAt(at)) ?? EVERYWHERE) {
    finder.find.lastIndex = at;
    if (!finder.find.test(text)) continue;
    const reached = finder.find.lastIndex;
    const isFirst = best === null || finder.rank < best.rank;
    if (reached > end || (reached === end && reached > at && isFirst)) [best, end] = [finder, reached];
  }
  return best === null ? null : markOf(best.family, at, end);
}

export function marksOf(text: string): Mark[] {
  const marks: Mark[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!isStart(text, at)) continue;
    const mark = longestAt(text, at);
    if (mark === null) continue;
    marks.push(mark);
    at = mark.end - 1;
  }
  return marks;
}
