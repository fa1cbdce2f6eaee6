import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  explainGrade,
  type Grade,
  GRADE_WEIGHTS,
  type GradeEvidence,
  gradeOf,
  NO_GRADE_EVIDENCE,
  restsOnTheAddress,
} from './grade';
import { gradeByName } from './name-shape';

const count = fc.integer({ min: 0, max: 12 });
const LOOKS = ['random', null, 'person'] as const;
const OUTCOMES = ['bounced', null, 'delivered'] as const;
const evidence: fc.Arbitrary<GradeEvidence> = fc.record({
  address: fc.constantFrom(...OUTCOMES),
  domain: fc.record({ delivered: count, bounced: count }),
  names: fc.record({ alike: count, otherwise: count }),
  looks: fc.constantFrom(...LOOKS, 'role' as const),
});
const RANK: Record<Grade, number> = { unlikely: 0, uncertain: 1, likely: 2 };
const rank = (of: GradeEvidence): number => RANK[gradeOf(of).grade];
const codes = (of: GradeEvidence): string[] => explainGrade(gradeOf(of).basis).map(({ code }) => code);

describe('a grade', () => {
  it('is uncertain without a basis, and has no basis without evidence', () => {
    expect(gradeOf(NO_GRADE_EVIDENCE)).toEqual({ grade: 'uncertain', basis: 0 });
    fc.assert(
      fc.property(evidence, (of) => {
        const { grade, basis } = gradeOf(of);
        if (basis === 0) expect(grade).toBe('uncertain');
      }),
    );
  });

  it('never moves without its basis: the same items give the same grade, and the sum of their points decides', () => {
    fc.assert(
      fc.property(evidence, evidence, (a, b) => {
        const [one, other] = [gradeOf(a), gradeOf(b)];
        if (one.basis === other.basis) expect(one.grade).toBe(other.grade);
        const points = explainGrade(one.basis).reduce((sum, item) => sum + item.points, 0);
        expect(one.grade).toBe(points >= 20 ? 'likely' : points <= -20 ? 'unlikely' : 'uncertain');
      }),
    );
  });

  it('is never worse for better evidence', () => {
    fc.assert(
      fc.property(evidence, count, (of, more) => {
        const better: GradeEvidence[] = [
          { ...of, domain: { ...of.domain, delivered: of.domain.delivered + more } },
          { ...of, domain: { ...of.domain, bounced: Math.max(0, of.domain.bounced - more) } },
          { ...of, names: { ...of.names, alike: of.names.alike + more } },
          { ...of, names: { ...of.names, otherwise: Math.max(0, of.names.otherwise - more) } },
          { ...of, address: OUTCOMES[Math.min(2, OUTCOMES.indexOf(of.address) + 1)] ?? null },
          ...(of.looks === 'role' ? [] : [{ ...of, looks: LOOKS[Math.min(2, LOOKS.indexOf(of.looks) + 1)] ?? null }]),
        ];
        for (const one of better) expect(rank(one)).toBeGreaterThanOrEqual(rank(of));
      }),
    );
  });

  it('follows what was reported about the very address, whatever else is known', () => {
    fc.assert(
      fc.property(evidence, (of) => {
        expect(gradeOf({ ...of, address: 'delivered' }).grade).toBe('likely');
        expect(gradeOf({ ...of, address: 'bounced' }).grade).toBe('unlikely');
      }),
    );
  });

  it('knows whether it is based on such a report', () => {
    fc.assert(fc.property(evidence, (of) => restsOnTheAddress(gradeOf(of).basis) === (of.address !== null)));
  });

  it.each([
    ['two names alike', { names: { alike: 2, otherwise: 0 } }, 'likely', ['name_alike']],
    ['one name alike', { names: { alike: 1, otherwise: 0 } }, 'uncertain', []],
    ['four names alike of five', { names: { alike: 4, otherwise: 1 } }, 'likely', ['name_alike']],
    ['as many alike as not', { names: { alike: 5, otherwise: 5 } }, 'uncertain', []],
    ['three names otherwise', { names: { alike: 0, otherwise: 3 } }, 'unlikely', ['name_otherwise']],
    ['two names otherwise', { names: { alike: 0, otherwise: 2 } }, 'uncertain', []],
    [
      'a person whose domain bounces twice',
      { looks: 'person', domain: { delivered: 0, bounced: 2 } },
      'unlikely',
      ['domain_bounces', 'name_of_a_person'],
    ],
    [
      'a person whose domain delivers three times',
      { looks: 'person', domain: { delivered: 3, bounced: 0 } },
      'likely',
      ['domain_delivers', 'name_of_a_person'],
    ],
    [
      'a name alike where the domain bounces',
      { looks: 'person', names: { alike: 3, otherwise: 0 }, domain: { delivered: 0, bounced: 4 } },
      'uncertain',
      ['domain_bounces', 'name_alike', 'name_of_a_person'],
    ],
  ] satisfies [string, Partial<GradeEvidence>, Grade, string[]][])('of %s', (_of, more, grade, basis) => {
    const of = { ...NO_GRADE_EVIDENCE, ...more };
    expect([gradeOf(of).grade, codes(of)]).toEqual([grade, basis]);
  });

  it('has the weights that the documentation prints', () => {
    const rows = readFileSync('docs/verdicts.md', 'utf8').matchAll(/^\| `([a-z_]+)` \| ([+−])(\d+) \|/gm);
    const printed = [...rows].map(([, code, sign, points]) => [code, sign === '+' ? Number(points) : -Number(points)]);
    expect(printed).toEqual(GRADE_WEIGHTS.map(({ code, points }) => [code, points]));
  });

  it('fits with its basis into an integer column, with one code per item', () => {
    expect(GRADE_WEIGHTS.length).toBeLessThan(31);
    expect(new Set(GRADE_WEIGHTS.map(({ code }) => code)).size).toBe(GRADE_WEIGHTS.length);
  });
});

describe('by the name alone', () => {
  it.each([
    ['maria.lopez@c.example', false, 'uncertain', ['name_of_a_person']],
    ['sales@c.example', true, 'uncertain', ['name_of_a_role']],
    ['qzxkvbnwj@c.example', false, 'unlikely', ['random_letters']],
    ['ox@c.example', false, 'uncertain', []],
    ['no address', false, 'uncertain', []],
  ] as const)('%s is never likely', (email, isRole, grade, basis) => {
    const graded = gradeByName({ email, isRole });
    expect([graded.grade, explainGrade(graded.basis).map(({ code }) => code)]).toEqual([grade, basis]);
  });
});
