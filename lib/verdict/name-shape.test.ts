import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAME_SHAPES, readName } from './name-shape';
import { GIVEN_NAMES, SURNAMES } from './person-names.data';

describe('a name is written', () => {
  it.each([
    ['maria.lopez', 'first.last', 'person'],
    ['ngozi.okafor', 'first.last', 'person'],
    ['maria_lopez', 'first_last', 'person'],
    ['maria-lopez', 'first-last', 'person'],
    ['lopez.maria', 'last.first', 'person'],
    ['m.lopez', 'f.last', 'person'],
    ['lopez.m', 'last.f', 'person'],
    ['maria.l', 'first.l', 'person'],
    ['jan.van.dijk', 'first.middle.last', 'person'],
    ['maria', 'first', 'person'],
    ['lopez', 'last', 'person'],
    ['marialopez', 'firstlast', 'person'],
    ['mlopez', 'flast', 'person'],
    ['kkrzyzewski', 'flast', null],
    ['Maria.Lopez', 'first.last', 'person'],
    ['jürgen.müller', 'first.last', 'person'],
    ['maria.lopez2', 'first.last', 'person'],
    ['mlopez1987', 'flast', 'person'],
    ['maria.lopez+news', 'first.last', 'person'],
    ['hr', null, null],
    ['mül', null, null],
    ['12345', null, null],
    ['李雷', null, null],
    ['a.b.c.d', null, null],
    ['x7f3k9q2', null, 'random'],
    ['qzxkvbnwj', null, 'random'],
    ['asdfghjkl', null, 'random'],
    ['maria.xkqzvwj', null, 'random'],
  ] as const)('%s', (name, shape, looks) => {
    expect(readName(name)).toEqual({ shape, looks });
  });

  it('in a known shape or in none, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (name) => {
        const { shape } = readName(name);
        expect(shape === null || NAME_SHAPES.includes(shape)).toBe(true);
      }),
    );
  });
});

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');

it('no known name looks like random letters, with or without an initial', () => {
  const initials = ['', ...LETTERS];
  const written = [...GIVEN_NAMES, ...SURNAMES].flatMap((name) => initials.map((initial) => initial + name));
  expect(written.filter((name) => readName(name).looks === 'random')).toEqual([]);
});

it('most random letters look random', () => {
  const letters = fc.array(fc.constantFrom(...LETTERS), { minLength: 12, maxLength: 12 });
  const drawn = fc.sample(letters, { numRuns: 500, seed: 7 }).map((chars) => chars.join(''));
  expect(drawn.filter((name) => readName(name).looks === 'random').length).toBeGreaterThan(350);
});
