// Finds, in one pass over a text, which of many expressions can match it at all, from the literals each requires.
// Promises never to leave out an expression that would match; leaves in many that will not.
import { requiredLiterals } from './required-literals';

const KEY_CHARS = 3;
const SLOTS = 1 << 14;

const slotOf = (a: number, b: number, c: number): number => (a * 961 + b * 31 + c) & (SLOTS - 1);

interface Entry {
  readonly literal: string;
  /** Bit set of the expressions that are possible once the literal was seen. */
  readonly bits: Uint32Array;
}

export interface LiteralIndex {
  /** Adds the bits of every expression that may match the text to `into`. */
  mark(text: string, isAscii: boolean, into: Uint32Array): void;
}

const isPlain = (literal: string): boolean => literal.length >= KEY_CHARS && /^[\0-\x7f]+$/.test(literal);

const setBit = (bits: Uint32Array, at: number): void => {
  bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
};

const addBits = (from: Uint32Array, into: Uint32Array): void => {
  for (let i = 0; i < from.length; i += 1) into[i] = (into[i] ?? 0) | (from[i] ?? 0);
};

interface Sorted {
  readonly always: Uint32Array;
  readonly nonAscii: Uint32Array;
  readonly byLiteral: Map<string, Uint32Array>;
}

function sortExpressions(expressions: readonly (RegExp | null)[]): Sorted {
  const words = Math.ceil(expressions.length / 32);
  const sorted: Sorted = { always: new Uint32Array(words), nonAscii: new Uint32Array(words), byLiteral: new Map() };
  expressions.forEach((expression, at) => {
    const literals = expression === null ? null : requiredLiterals(expression);
    if (literals === null) return setBit(sorted.always, at);
    for (const literal of literals) {
      if (/[^\0-\x7f]/.test(literal)) setBit(sorted.nonAscii, at);
      else if (!isPlain(literal)) setBit(sorted.always, at);
      else {
        const bits = sorted.byLiteral.get(literal) ?? new Uint32Array(words);
        setBit(bits, at);
        sorted.byLiteral.set(literal, bits);
      }
    }
  });
  return sorted;
}

export function buildLiteralIndex(expressions: readonly (RegExp | null)[]): LiteralIndex {
  const { always, nonAscii, byLiteral } = sortExpressions(expressions);
  const slots: (Entry[] | undefined)[] = new Array<Entry[] | undefined>(SLOTS).fill(undefined);
  for (const [literal, bits] of byLiteral) {
    const slot = slotOf(literal.charCodeAt(0), literal.charCodeAt(1), literal.charCodeAt(2));
    slots[slot] = [...(slots[slot] ?? []), { literal, bits }];
  }
  return {
    mark(text, isAscii, into) {
      addBits(always, into);
      if (!isAscii) addBits(nonAscii, into);
      let a = text.charCodeAt(0);
      let b = text.charCodeAt(1);
      for (let at = 0; at + KEY_CHARS <= text.length; at += 1) {
        const c = text.charCodeAt(at + 2);
        const entries = slots[slotOf(a, b, c)];
        if (entries !== undefined) for (const entry of entries) if (text.startsWith(entry.literal, at)) addBits(entry.bits, into);
        a = b;
        b = c;
      }
    },
  };
}
