// Reads a regular expression and tells a set of literals of which at least one stands in every text it matches, so that
// hundreds of rules can be narrowed to the few worth trying by one pass over the text. Sound, never complete: where the
// expression promises nothing (or uses syntax not known here) the answer is null, and the rule is always tried.

interface Cursor {
  readonly source: string;
  at: number;
}

type Literals = readonly string[] | null;

const shortest = (set: readonly string[]): number => set.reduce((least, word) => Math.min(least, word.length), Infinity);

/** The more selective of two promises that both hold. */
function better(a: Literals, b: Literals): Literals {
  if (a === null) return b;
  if (b === null) return a;
  return shortest(b) > shortest(a) ? b : a;
}

/** Whether the item before the cursor may be absent; moves past the quantifier. */
function readQuantifier(cursor: Cursor): 'once' | 'some' | 'maybe' {
  const { source } = cursor;
  const sign = source[cursor.at];
  let kind: 'once' | 'some' | 'maybe' = 'once';
  if (sign === '?' || sign === '*' || sign === '+') {
    kind = sign === '+' ? 'some' : 'maybe';
    cursor.at += 1;
  } else if (sign === '{') {
    const end = source.indexOf('}', cursor.at);
    kind = source.startsWith('{0', cursor.at) ? 'maybe' : 'some';
    cursor.at = end + 1;
  }
  if (kind !== 'once' && source[cursor.at] === '?') cursor.at += 1;
  return kind;
}

function skipClass(cursor: Cursor): void {
  cursor.at += 1;
  while (cursor.at < cursor.source.length && cursor.source[cursor.at] !== ']')
    cursor.at += cursor.source[cursor.at] === '\\' ? 2 : 1;
  cursor.at += 1;
}

function readGroup(cursor: Cursor): Literals {
  const lookaround = /^\(\?(?:[=!]|<[=!])/.exec(cursor.source.slice(cursor.at, cursor.at + 4));
  const prefix = lookaround ?? /^\((?:\?:)?/.exec(cursor.source.slice(cursor.at, cursor.at + 3));
  cursor.at += prefix === null ? 1 : prefix[0].length;
  const inner = readAlternatives(cursor);
  cursor.at += 1;
  return lookaround === null ? inner : null;
}

/** One character that must stand as it is, or null for anything looser; moves past it. */
function readCharacter(cursor: Cursor): string | null {
  const sign = cursor.source[cursor.at] ?? '';
  if (sign === '[') {
    skipClass(cursor);
    return null;
  }
  if (sign === '\\') {
    const escaped = cursor.source[cursor.at + 1] ?? '';
    cursor.at += 2;
    return /[a-z0-9]/i.test(escaped) ? null : escaped;
  }
  cursor.at += 1;
  return sign === '.' || sign === '^' || sign === '$' ? null : sign;
}

function readSequence(cursor: Cursor): Literals {
  let best: Literals = null;
  let run = '';
  const endRun = (): void => {
    if (run !== '') best = better(best, [run]);
    run = '';
  };
  while (cursor.at < cursor.source.length && cursor.source[cursor.at] !== '|' && cursor.source[cursor.at] !== ')') {
    if (cursor.source[cursor.at] === '(') {
      endRun();
      const inner = readGroup(cursor);
      if (readQuantifier(cursor) !== 'maybe') best = better(best, inner);
      continue;
    }
    const sign = readCharacter(cursor);
    const times = readQuantifier(cursor);
    if (sign !== null && times !== 'maybe') run += sign;
    if (sign === null || times !== 'once') endRun();
  }
  endRun();
  return best;
}

function readAlternatives(cursor: Cursor): Literals {
  const words: string[] = [];
  let promised = true;
  for (;;) {
    const branch = readSequence(cursor);
    if (branch === null) promised = false;
    else words.push(...branch);
    if (cursor.source[cursor.at] !== '|') break;
    cursor.at += 1;
  }
  return promised ? words : null;
}

export function requiredLiterals(expression: RegExp): readonly string[] | null {
  const words = readAlternatives({ source: expression.source, at: 0 });
  return words === null ? null : [...new Set(words)];
}
