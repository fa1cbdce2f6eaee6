import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLiteralIndex } from './literal-index';
import { normalizeReply } from './normalize-reply';
import { REPLY_CASES, TRAPS } from './reply-cases.data';
import { requiredLiterals } from './required-literals';
import { REPLY_RULES } from './rules.data';

describe('the literals an expression requires', () => {
  it.each([
    [/user unknown/, ['user unknown']],
    [/mail-?box full/, ['box full']],
    [/(?:user|mailbox) unknown/, [' unknown']],
    [/over ?quota|is full/, ['quota', 'is full']],
    [/(?<!not )listed(?! here)/, ['listed']],
    [/[ab]c{2,3}def/, ['def']],
    [/(?:maybe)?sure/, ['sure']],
    [/a\.b/, ['a.b']],
    [/ab+c/, ['ab']],
  ])('of %s are %j', (expression, literals) => {
    expect(requiredLiterals(expression)).toEqual(literals);
  });

  it.each([[/\d+/], [/(?:x)?/], [/abc|\w/], [/^$/]])('of %s are none', (expression) => {
    expect(requiredLiterals(expression)).toBeNull();
  });
});

describe('the index over the rules', () => {
  const texts = [...Object.values(REPLY_CASES), ...Object.values(TRAPS)].flat().map(([, , , text]) => text);
  const expressions = REPLY_RULES.map((rule) => rule.when.text ?? null);
  const index = buildLiteralIndex(expressions);

  it('never leaves out an expression that matches', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }), (parts) => {
        const { text, ascii } = normalizeReply(parts.join(' '), null);
        const marked = new Uint32Array(Math.ceil(expressions.length / 22));
        index.mark(text, ascii, marked);
        const missed = expressions.filter(
          (expression, at) => expression?.test(text) === true && ((marked[at >> 5] ?? 0) & (1 << (at & 31))) === 0,
        );
        expect(missed).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves out most of the rules for an ordinary reply', () => {
    const marked = new Uint32Array(Math.ceil(expressions.length / 22));
    index.mark('<%a>: recipient address rejected: user unknown in virtual mailbox table', true, marked);
    const count = expressions.filter(
      (expression, at) => expression !== null && ((marked[at >> 5] ?? 0) & (1 << (at & 31))) !== 0,
    ).length;
    expect(count).toBeLessThan(expressions.length / 2);
  });
});
