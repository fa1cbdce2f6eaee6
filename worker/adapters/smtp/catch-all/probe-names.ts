// The made-up names of catch-all probes. Promises a name that nobody has, the same for a domain and a shape all day (UTC) in every
// worker with the same secret, so that a greylisted probe is repeated with the same triplet; and that nobody without it can tell.
import { createHmac, randomBytes } from 'node:crypto';
import { FIRST_NAMES, SURNAME_BEGINNINGS, SURNAME_ENDINGS, SURNAME_MIDDLES } from './probe-names.data';

/**
 * `human`: such as people have, a given name and a surname. `random`: a few letters that no person chose. Between them they stand for the
 * patterns that some domains take whole: `first.last`, no dot, letters only, as short as an old login.
 */
export type ProbeShape = 'human' | 'random';
export type ProbeName = (domain: string, shape: ProbeShape) => string;

const DAY_MS = 24 * 3_600_000;
const SECRET_OCTETS = 32;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** One of 209 billion, and no longer than a login of old systems. */
const RANDOM_CHARS = 8;

const randomName = (bytes: Buffer): string =>
  Array.from(bytes.subarray(0, RANDOM_CHARS), (byte) => LETTERS.charAt(byte % 26)).join('');

/** `marta.lindelqvist`: one of four million, of which no surname is anybody's. Without a digit, which many patterns of names know none of. */
function humanName(bytes: Buffer): string {
  const pick = (words: readonly string[], at: number): string => words[(bytes[at] ?? 0) % words.length] ?? '';
  const surname = `${pick(SURNAME_BEGINNINGS, 1)}${pick(SURNAME_MIDDLES, 2)}${pick(SURNAME_ENDINGS, 3)}`;
  return `${pick(FIRST_NAMES, 0)}.${surname}`;
}

/** As plain as the second name: where such a one is refused, the domain does not take every short name. */
export const isPlainName = (localPart: string): boolean => /^\p{L}{1,8}$/u.test(localPart);

/** Without a secret of the operator's the process makes one up for itself. */
export function createProbeNames(ownSecret: string, now: () => number = Date.now): ProbeName {
  const secret = ownSecret === '' ? randomBytes(SECRET_OCTETS) : ownSecret;
  return (domain, shape) => {
    const day = String(Math.floor(now() / DAY_MS));
    const bytes = createHmac('sha256', secret).update(`${day}\0${shape}\0${domain}`).digest();
    return shape === 'random' ? randomName(bytes) : humanName(bytes);
  };
}
