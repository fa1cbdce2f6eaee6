// Finds in a normalized text the words that the reader knows: each place holds the longest family that matches there, and
// what it covers says nothing else, so that "sender address" is a sender and no address.
import { alternativesOf, firstLetters } from './first-letters';
import { FAMILIES, type Named } from './words.data';

export type Mark = Named & { readonly at: number; readonly end: number };

interface Finder {
  readonly family: Named;
  readonly find: RegExp;
}

/** A word ends where no letter follows, or in the space that the family's expression brings along. */
const END = '(?:(?<= )|(?![a-z0-9]))';
const ANY = '';
const WORD_CHAR = /[a-z0-9]/;
const CYRILLIC = /[\u0430-\u044f]/;

/** For each character, one expression a family of those alternatives that can begin with it. */
function byFirstLetter(): ReadonlyMap<string, readonly Finder[]> {
  const found = new Map<string, Finder[]>();
  for (const family of FAMILIES) {
    const sources = new Map<string, string[]>();
    for (const word of family.words.flatMap(alternativesOf))
      for (const letter of firstLetters(word) ?? [ANY]) sources.set(letter, [...(sources.get(letter) ?? []), word]);
    for (const [letter, alternatives] of sources)
      found.set(letter, [...(found.get(letter) ?? []), { family, find: new RegExp(`(?:${alternatives.join('|')})${END}`, 'y') }]);
  }
  return found;
}

const FINDERS = byFirstLetter();
const EVERYWHERE = FINDERS.get(ANY) ?? [];

function isStart(text: string, at: number): boolean {
  const [before, here] = [text[at - 1] ?? ' ', text[at] ?? ' '];
  return here !== ' ' && !WORD_CHAR.test(before) && !(CYRILLIC.test(before) && CYRILLIC.test(here));
}

const markOf = (family: Named, at: number, end: number): Mark =>
  family.kind === 'subject' ? { kind: 'subject', word: family.word, at, end } : { kind: 'predicate', word: family.word, at, end };

function longestAt(text: string, at: number): Mark | null {
  let best: Mark | null = null;
  for (const finders of [FINDERS.get(text[at] ?? ANY) ?? [], EVERYWHERE])
    for (const { family, find } of finders) {
      find.lastIndex = at;
      if (find.test(text) && find.lastIndex > (best?.end ?? at)) best = markOf(family, at, find.lastIndex);
    }
  return best;
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
