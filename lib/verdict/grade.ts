// The grade of a catch-all answer: an estimate of whether the mailbox exists although the mail host accepts every name. It is a sum of
// weights, all of them data with their basis, like the score (worker/engine/score.ts). No evidence means `uncertain` with an empty basis;
// each weight that counted is in the basis; better evidence never lowers a grade. It is an estimate because the weights are a judgment:
// lib/verifications/rules/calibration.ts compares them with reported outcomes.
export const GRADES = ['likely', 'uncertain', 'unlikely'] as const;
export type Grade = (typeof GRADES)[number];

export const isGrade = (word: string): word is Grade => GRADES.some((grade) => grade === word);

/** What one workspace knows that may show whether a mailbox of a catch-all domain exists. */
export interface GradeEvidence {
  /** The last reported outcome of mail to this very address. */
  address: 'delivered' | 'bounced' | null;
  /** Reported outcomes of other addresses of the domain. */
  domain: { delivered: number; bounced: number };
  /** Other names known to exist at the domain: those written like this one, and those written otherwise. */
  names: { alike: number; otherwise: number };
  looks: 'person' | 'role' | 'random' | null;
}

export const NO_GRADE_EVIDENCE: GradeEvidence = {
  address: null,
  domain: { delivered: 0, bounced: 0 },
  names: { alike: 0, otherwise: 0 },
  looks: null,
};

export interface GradeWeight {
  /** For programs. */
  code: string;
  points: number;
  /** The basis of the points, in plain words. */
  basis: string;
}

/**
 * The expected share of the next item of its kind, by Laplace's rule of succession: two of two give 0.75, none of three 0.2. So a little
 * evidence moves nothing, and each further item moves the share in one direction only.
 */
const expected = (some: number, others: number): number => (some + 1) / (some + others + 2);

/** In the order of their bits in a row. The order only grows at its end. */
export const GRADE_WEIGHTS = [
  {
    code: 'address_delivered',
    points: 100,
    basis: 'you reported mail to this address as delivered',
    when: ({ address }: GradeEvidence) => address === 'delivered',
  },
  {
    code: 'address_bounced',
    points: -100,
    basis: 'you reported mail to this address as bounced',
    when: ({ address }: GradeEvidence) => address === 'bounced',
  },
  {
    code: 'domain_delivers',
    points: 15,
    basis: 'you reported mail to other addresses of the domain as delivered',
    when: ({ domain }: GradeEvidence) => expected(domain.delivered, domain.bounced) >= 0.8,
  },
  {
    code: 'domain_bounces',
    points: -30,
    basis: 'you reported mail to other addresses of the domain as bounced',
    when: ({ domain }: GradeEvidence) => expected(domain.delivered, domain.bounced) <= 0.25,
  },
  {
    code: 'name_alike',
    points: 30,
    basis: 'the name is written like others that you know to exist at the domain',
    when: ({ names }: GradeEvidence) => expected(names.alike, names.otherwise) >= 0.7,
  },
  {
    code: 'name_otherwise',
    points: -20,
    basis: 'the names that you know to exist at the domain are written differently',
    when: ({ names }: GradeEvidence) => expected(names.alike, names.otherwise) <= 0.2,
  },
  {
    code: 'name_of_a_person',
    points: 10,
    basis: 'the name looks like a person’s',
    when: ({ looks }: GradeEvidence) => looks === 'person',
  },
  {
    code: 'name_of_a_role',
    points: 10,
    basis: 'the name stands for a role or a group, as at many domains',
    when: ({ looks }: GradeEvidence) => looks === 'role',
  },
  {
    code: 'random_letters',
    points: -30,
    basis: 'the name looks like random letters',
    when: ({ looks }: GradeEvidence) => looks === 'random',
  },
] as const satisfies readonly (GradeWeight & { when: (evidence: GradeEvidence) => boolean })[];

/** From this many points the grade is `likely`; from as many below zero, `unlikely`. */
const GRADE_POINTS = 20;

export interface Graded {
  grade: Grade;
  /** A bit for each weight that counted. */
  basis: number;
}

export function gradeOf(evidence: GradeEvidence): Graded {
  let basis = 0;
  let points = 0;
  for (const [at, weight] of GRADE_WEIGHTS.entries()) {
    if (!weight.when(evidence)) continue;
    basis |= 1 << at;
    points += weight.points;
  }
  return { grade: gradeOfPoints(points), basis };
}

function gradeOfPoints(points: number): Grade {
  if (points >= GRADE_POINTS) return 'likely';
  return points <= -GRADE_POINTS ? 'unlikely' : 'uncertain';
}

/** The weights of a grade, with those that moved it most first. */
export const explainGrade = (basis: number): GradeWeight[] =>
  GRADE_WEIGHTS.filter((_, at) => (basis & (1 << at)) !== 0)
    .map(({ code, points, basis: words }): GradeWeight => ({ code, points, basis: words }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));

/** For a cell of a file; null if there is no basis. */
export const basisInWords = (basis: readonly GradeWeight[]): string | null =>
  basis.length === 0 ? null : basis.map(({ basis: words }) => words).join('; ');

const OF_THE_ADDRESS: readonly string[] = ['address_delivered', 'address_bounced'];

/** Whether a grade is based on reports about the very address. Such a grade says nothing about how well grades predict. */
export const restsOnTheAddress = (basis: number): boolean =>
  explainGrade(basis).some(({ code }) => OF_THE_ADDRESS.includes(code));
