// The made-up names of catch-all probes. Guarantees: no one has the name; it is the same for a domain and shape all day (UTC) in every
// worker with the same secret, so that a greylisted probe is repeated with the same triplet; without the secret no one can predict it.
import { createHmac, randomBytes } from 'node:crypto';
import { isDoubted, isOddRefusal, isPutOffBehind, type CatchAllFound, type ProbeAnswer } from './found';

/**
 * `human`: a given name and a surname, as people have. `random`: a few letters that no person chose. Together they cover the patterns that
 * some domains accept whole: `first.last`, no dot, letters only, as short as an old login.
 */
export type ProbeShape = 'human' | 'random';
export type ProbeName = (domain: string, shape: ProbeShape) => string;

const DAY_MS = 24 * 3_600_000;
const SECRET_OCTETS = 32;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** One of 209 billion, and no longer than a login on old systems. */
const RANDOM_CHARS = 8;

const randomName = (bytes: Buffer): string =>
  Array.from(bytes.subarray(0, RANDOM_CHARS), (byte) => LETTERS.charAt(byte % 26)).join('');

/** `marta.lindelqvist`: one of four million, with a surname that nobody has. No digit, because many patterns of names have none. */
function humanName(bytes: Buffer): string {
  const pick = (words: readonly string[], at: number): string => words[(bytes[at] ?? 0) % words.length] ?? '';
  const surname = `${pick(SURNAME_BEGINNINGS, 1)}${pick(SURNAME_MIDDLES, 2)}${pick(SURNAME_ENDINGS, 3)}`;
  return `${pick(FIRST_NAMES, 0)}.${surname}`;
}

const PLAIN = /^\p{L}{1,8}$/u;
/** As plain as the second made-up name: if such a name is refused, the domain does not take every short name. */
export const isPlainName = (localPart: string): boolean => PLAIN.test(localPart);

/** If the operator has set no secret, the process generates one. */
export function createProbeNames(ownSecret: string, now: () => number = Date.now): ProbeName {
  const secret = ownSecret === '' ? randomBytes(SECRET_OCTETS) : ownSecret;
  return (domain, shape) => {
    const day = String(Math.floor(now() / DAY_MS));
    const bytes = createHmac('sha256', secret).update(`${day}\0${shape}\0${domain}`).digest();
    return shape === 'random' ? randomName(bytes) : humanName(bytes);
  };
}

// The parts of made-up names: first names that people have, and pieces of surnames that together read like one but are nobody's. The number
// of each is a power of two, so that every name is equally likely.
const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** 128 */
export const FIRST_NAMES = words(`
  adam agnes alan albert alice amelie andrea anita anna anton arthur astrid barbara beatrice ben bernard birgit boris bruno camille
  carla carlos caroline cecilia charles chris clara claudia conrad daniel david diana dominic dora edgar edith edward elena elisa elizabeth
  emil emma eric erika esther eva felix fiona florian francis frank frederic gabriel george gerard gloria greta hanna harald heidi helen
  henry hugo ida igor ingrid irene isabel ivan jacob james jana jason jennifer jessica joan joel john jonas joseph judith julia karen
  karl katarina kevin klara laura lena leo linda lisa louis lucas lucia magnus marco maria mark marta martin matthew michael monica
  nadia nina norbert oliver oscar pamela patrick paul peter philip rachel ralph rebecca richard robert rosa samuel sandra sara simon
  sonia stefan susan teresa
`);
/** 64 */
export const SURNAME_BEGINNINGS = words(`
  alm ander arn asp berg birk blom bock brand brink brun dal dorn eber eden edel eik elm ester falk fern fors frem gall gard glen gran
  grim hag hall harr hede hell hof holm horn kall kars kling kron lang lind lund mark mell mor nor oster palm quill rav ring rosen
  sand sel sil skog sol stal sten sund tall thor ulm
`);
/** 16 */
export const SURNAME_MIDDLES = words('a ar eb el en er es i in is o ol on or ul un');
/** 32 */
export const SURNAME_ENDINGS = words(`
  bach bakken beck bergen blad borg brook bury dahl feldt field ford gren hoff holt hurst kvist lander ley mann mark mere qvist ridge
  sen stad strand strom thal vold wick worth
`);

// Chooses the next made-up name and how to ask it. The first looks like a person's and goes behind its mailbox. The second settles what the
// first left open: whether the host objected to how the name looks or to its position in the session.

export interface NextName {
  shape: ProbeShape;
  /** First in a session; or only as long as the host is not known to refuse anyone in that position. */
  alone: 'no' | 'always' | 'until_first_refused';
  /** Not at a backup, which took the first name. */
  isForBest?: boolean;
}

export const FIRST_NAME: NextName = { shape: 'human', alone: 'no' };

/** Null if the second name would tell no more than the first. `hasRefused`: a mailbox with a plain name was refused. */
export function nameAfter(
  answer: ProbeAnswer,
  { outcome }: CatchAllFound,
  { next, hasRefused }: { next: NextName; hasRefused: boolean },
): NextName | null {
  if (next !== FIRST_NAME) return null;
  if (outcome.kind === 'accepts_all' && answer.isAtBackup) return { ...FIRST_NAME, isForBest: true };
  const { isProved, isFirst, refusesFirst } = answer;
  // The same name, with nothing before it.
  if (outcome.kind === 'accepts_all' && !isProved) return { shape: 'human', alone: 'always' };
  if (outcome.kind === 'refuses_unknown') {
    // The host may accept the first recipient of a session blindly, or refuse a name because it looks like a person's.
    return refusesFirst && hasRefused ? null : { shape: 'random', alone: 'until_first_refused' };
  }
  // A refused RSET was not about the name, whose own reply was lost behind it.
  if (isDoubted(answer.exchange) || answer.exchange.stage === 'rset') return { shape: 'human', alone: 'no' };
  if (isPutOffBehind(answer)) return { shape: 'human', alone: 'always' };
  return isOddRefusal(answer.exchange) ? { shape: 'random', alone: isFirst ? 'no' : 'always' } : null;
}
