// How the name of an address is written: `first.last`, `flast`, … and whether it looks like a person's name or like random letters. It
// reads structure and a list of common names (person-names.data.ts), so this is an interpretation and not knowledge. A name that is in no
// list is read by its position: two words as `first.last`, one as `flast`. The same name always gives the same answer, whatever its
// capitals, accents, tag or trailing number, and null if it can't be read.
import { GIVEN_NAMES, SURNAMES } from './person-names.data';
import { type Address, parseAddress } from './address';
import { type Graded, type GradeEvidence, gradeOf, NO_GRADE_EVIDENCE } from './grade';

/** Named as the people who use them would write them. The separator is the one in the name. */
export const NAME_SHAPES = [
  'first.last',
  'first_last',
  'first-last',
  'last.first',
  'last_first',
  'last-first',
  'f.last',
  'f_last',
  'f-last',
  'last.f',
  'last_f',
  'last-f',
  'first.l',
  'first_l',
  'first-l',
  'first.middle.last',
  'first_middle_last',
  'first-middle-last',
  'first',
  'last',
  'firstlast',
  'firstl',
  'flast',
] as const;
export type NameShape = (typeof NAME_SHAPES)[number];

export interface NameReading {
  /** Null if it is not a shape that people's names have. */
  shape: NameShape | null;
  looks: 'person' | 'random' | null;
}

const UNREADABLE: NameReading = { shape: null, looks: null };
const RANDOM: NameReading = { shape: null, looks: 'random' };

const TAG = /\+.*$/s;
const ACCENTS = /\p{Mn}/gu;
/** Distinguishes a second person of the same name, or is a year. It is not part of how names are written. */
const TRAILING_NUMBER = /(?<=[a-z])[._-]?\d{1,4}$/;
const ONE_WORD = /^[a-z]+$/;
const SEPARATED = /^[a-z]+(?:([._-])[a-z]+)(?:\1[a-z]+)?$/;

export function readName(localPart: string): NameReading {
  const name = localPart.toLowerCase().replace(TAG, '').normalize('NFD').replace(ACCENTS, '');
  if (isMixedUp(name)) return RANDOM;
  const plain = name.replace(TRAILING_NUMBER, '');
  const parts = plain.split(/[._-]/);
  if (parts.some(isRandom)) return RANDOM;
  if (ONE_WORD.test(plain)) return readWord(plain);
  const separator = SEPARATED.exec(plain)?.[1];
  return separator === undefined ? UNREADABLE : readParts(parts, separator);
}

/** What an existing mailbox tells about others. One with a tag may be a mailbox that is already known, so it tells nothing. */
export const shapeToLearn = (localPart: string): NameShape | null => (TAG.test(localPart) ? null : readName(localPart).shape);

function readParts(parts: readonly string[], separator: string): NameReading {
  const word = shapeOf(parts).join(separator);
  return { shape: NAME_SHAPES.find((known) => known === word) ?? null, looks: 'person' };
}

function shapeOf(parts: readonly string[]): readonly string[] {
  const [first = '', second = ''] = parts;
  if (parts.length === 3) return ['first', 'middle', 'last'];
  return first.length === 1 ? ['f', 'last'] : twoWords(first, second);
}

function twoWords(first: string, second: string): readonly string[] {
  if (second.length === 1) return GIVEN_NAMES.has(first) ? ['first', 'l'] : ['last', 'f'];
  const isTurned = GIVEN_NAMES.has(second) && !GIVEN_NAMES.has(first);
  return isTurned ? ['last', 'first'] : ['first', 'last'];
}

/** Shorter names are also the beginning of too many other words. */
const GIVEN_NAME_MIN = 4;
const SURNAME_MIN = 3;
const WORD_MIN = 4;

function readWord(word: string): NameReading {
  if (GIVEN_NAMES.has(word)) return { shape: 'first', looks: 'person' };
  if (SURNAMES.has(word)) return { shape: 'last', looks: 'person' };
  if (SURNAMES.has(word.slice(1))) return { shape: 'flast', looks: 'person' };
  for (let at = word.length - 1; at >= GIVEN_NAME_MIN; at--) {
    if (!GIVEN_NAMES.has(word.slice(0, at))) continue;
    const rest = word.length - at;
    if (rest === 1) return { shape: 'firstl', looks: 'person' };
    if (rest >= SURNAME_MIN) return { shape: 'firstlast', looks: 'person' };
  }
  return word.length < WORD_MIN ? UNREADABLE : { shape: 'flast', looks: null };
}

/** Changes from letter to digit and back, as in `x7f3k9`. No person writes a name like that. */
const CHANGES_MAX = 2;
const isMixedUp = (name: string): boolean => (name.match(/(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/g)?.length ?? 0) > CHANGES_MAX;

/** Pairs of letters that follow each other in names. The beginning and the end of a word count as letters. */
const pairsOf = (word: string): string[] => Array.from({ length: word.length + 1 }, (_, at) => ` ${word} `.slice(at, at + 2));
const PAIRS: ReadonlySet<string> = new Set([...GIVEN_NAMES, ...SURNAMES].flatMap(pairsOf));

/** Initials and short words are too short to judge. */
const RANDOM_MIN_CHARS = 6;
/** From this share of pairs that occur in no name, a word looks random. */
const STRANGE_SHARE = 0.25;

/** The first letter may be an initial, which can precede any letter. So pairs count from the second letter on, to the word's end. */
function isRandom(part: string): boolean {
  if (part.length < RANDOM_MIN_CHARS || !ONE_WORD.test(part)) return false;
  const word = `${part} `;
  let strange = 0;
  for (let at = 1; at < part.length; at++) if (!PAIRS.has(word.slice(at, at + 2))) strange++;
  return strange / (part.length - 1) >= STRANGE_SHARE;
}

// What an address's name alone says about its catch-all answer. The command line, visitors and test keys know nothing more.

export interface AddressToGrade {
  email: string;
  /** The name stands for a task or a group (the flag `role`). */
  isRole: boolean;
}

export function gradeByName({ email, isRole }: AddressToGrade): Graded {
  const parsed = parseAddress(email);
  return gradeOf({ ...NO_GRADE_EVIDENCE, looks: parsed.ok ? looksOf(parsed.address, isRole) : null });
}

export const looksOf = ({ localPart }: Address, isRole: boolean): GradeEvidence['looks'] =>
  isRole ? 'role' : readName(localPart).looks;
