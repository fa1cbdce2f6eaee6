// Determines from a regular expression which characters a match can begin with (two of them where possible), so that at each position of a
// text only the few expressions are tried that can match there. The answer is never too narrow: it is null if a match may begin with any
// character.

interface Cursor {
  readonly source: string;
  at: number;
}

/** What can come first, and whether the part can be empty, so that the part after it can come first too. */
interface Start {
  readonly letters: ReadonlySet<string> | null;
  readonly isOptional: boolean;
}

const NOTHING: Start = { letters: new Set(), isOptional: true };
const ESCAPED: Readonly<Record<string, string>> = { d: '0123456789', s: ' ' };

const union = (a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): ReadonlySet<string> | null =>
  a === null || b === null ? null : new Set([...a, ...b]);

/** Whether the item before the cursor may be absent. Moves past its quantifier. */
function readQuantifier(cursor: Cursor): boolean {
  const rest = cursor.source.slice(cursor.at);
  const quantifier = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(rest)?.[0] ?? '';
  cursor.at += quantifier.length;
  return /^(?:[?*]|\{0)/.test(quantifier);
}

function readClass(cursor: Cursor): Start {
  const body = /^\[((?:\\.|[^\]\\])*)\]/.exec(cursor.source.slice(cursor.at))?.[1] ?? '';
  cursor.at += body.length + 2;
  return { letters: /[\\^-]/.test(body) ? null : new Set(body), isOptional: false };
}

function readGroup(cursor: Cursor): Start {
  const opening = /^\((?:\?(?:[:=!]|<[=!]))?/.exec(cursor.source.slice(cursor.at))?.[0] ?? '(';
  cursor.at += opening.length;
  const inner = readAlternatives(cursor);
  cursor.at += 1;
  return opening.length > 1 && opening !== '(?:' ? NOTHING : inner;
}

function readItem(cursor: Cursor): Start {
  const sign = cursor.source[cursor.at] ?? '';
  if (sign === '(') return readGroup(cursor);
  if (sign === '[') return readClass(cursor);
  cursor.at += sign === '\\' ? 2 : 1;
  if (sign === '^' || sign === '$') return NOTHING;
  if (sign === '.') return { letters: null, isOptional: false };
  if (sign !== '\\') return { letters: new Set(sign), isOptional: false };
  const escaped = cursor.source[cursor.at - 1] ?? '';
  if (escaped === 'b') return NOTHING;
  const known = ESCAPED[escaped] ?? (/[a-z0-9]/i.test(escaped) ? null : escaped);
  return { letters: known === null ? null : new Set(known), isOptional: false };
}

/** Reads items only while they may be absent, since only those determine how a match begins. */
function readSequence(cursor: Cursor): Start {
  const end = endOfAlternative(cursor.source, cursor.at);
  let start = NOTHING;
  while (start.isOptional && cursor.at < end) {
    const item = readItem(cursor);
    const isAbsent = readQuantifier(cursor);
    start = { letters: union(start.letters, item.letters), isOptional: item.isOptional || isAbsent };
  }
  cursor.at = end;
  return start;
}

function readAlternatives(cursor: Cursor): Start {
  let start = readSequence(cursor);
  while (cursor.source[cursor.at] === '|') {
    cursor.at += 1;
    const next = readSequence(cursor);
    start = { letters: union(start.letters, next.letters), isOptional: start.isOptional || next.isOptional };
  }
  return start;
}

/** The characters a match can begin with, or null if it may be any. */
export function firstLetters(source: string): ReadonlySet<string> | null {
  const { letters, isOptional } = readAlternatives({ source, at: 0 });
  return isOptional ? null : letters;
}

/**
 * The top-level alternatives of an expression; an alternative that is entirely a group is split too. Each start of the process splits
 * hundreds of expressions, so this only looks for where alternatives end.
 */
export function alternativesOf(source: string): string[] {
  const found: string[] = [];
  for (let from = 0; from < source.length;) {
    const end = endOfAlternative(source, from);
    const alternative = source.slice(from, end);
    found.push(...(isGroup(alternative) ? alternativesOf(alternative.slice(3, -1)) : [alternative]));
    from = end + 1;
  }
  return found;
}

/** The position of the next `|` or `)` that is not inside a nested group or a class. */
function endOfAlternative(source: string, from: number): number {
  let depth = 0;
  let isInClass = false;
  for (let at = from; at < source.length; at += 1) {
    const sign = source[at];
    if (sign === '\\') at += 1;
    else if (isInClass) isInClass = sign !== ']';
    else if (sign === '[') isInClass = true;
    else if (sign === '(') depth += 1;
    else if (depth === 0 && (sign === '|' || sign === ')')) return at;
    else if (sign === ')') depth -= 1;
  }
  return source.length;
}

interface Leading {
  readonly alternatives: readonly string[];
  /** What follows each of them: the rest, or the whole expression again if the group may repeat. */
  readonly rest: string;
  /** What follows if the group is absent; null if it cannot be. */
  readonly without: string | null;
}

/** The group that an expression begins with; null if it begins with anything else. */
function leadingGroup(source: string): Leading | null {
  if (!source.startsWith('(?:')) return null;
  const cursor: Cursor = { source, at: 0 };
  readGroup(cursor);
  const alternatives = alternativesOf(source.slice(3, cursor.at - 1));
  const before = cursor.at;
  const isAbsent = readQuantifier(cursor);
  const rest = source.slice(cursor.at);
  const isRepeated = /[*+{]/.test(source.slice(before, cursor.at));
  return { alternatives, rest: isRepeated ? source : rest, without: isAbsent ? rest : null };
}

function isGroup(source: string): boolean {
  if (!source.startsWith('(?:')) return false;
  let end = endOfAlternative(source, 3);
  while (source[end] === '|') end = endOfAlternative(source, end + 1);
  return end === source.length - 1;
}

export const ANYWHERE = '';
const PAIR = /^[a-z]{2}(?![?*+{])/;

/**
 * What a match begins with, for each alternative of a leading group: two letters if they are certain, else its first character, or
 * `ANYWHERE` if that may be any.
 */
export function startsOf(word: string): string[] {
  const pair = PAIR.exec(word)?.[0];
  if (pair !== undefined) return [pair];
  const group = leadingGroup(word);
  if (group === null || group.alternatives.includes('')) return [...(firstLetters(word) ?? [ANYWHERE])];
  const absent = group.without === null ? [] : [group.without];
  return [...new Set([...group.alternatives.map((first) => first + group.rest), ...absent].flatMap(startsOf))];
}
