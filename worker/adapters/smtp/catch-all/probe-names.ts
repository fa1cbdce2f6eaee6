// The made-up names of catch-all probes. Promises a name that nobody has, the same for a domain and a shape all day (UTC) in every
// worker with the same secret, so that a greylisted probe is repeated with the same triplet; and that nobody without it can tell.
import { createHmac } from 'node:crypto';

/** `random`: letters that no person chose. `human`: such as people have, for hosts that refuse odd names by their looks. */
export type ProbeShape = 'random' | 'human';
export type ProbeName = (domain: string, shape: ProbeShape) => string;

const DAY_MS = 24 * 3_600_000;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARS = 16;
const SYLLABLES =
  'ba be da de do fa ga ka ke la le li lo ma me mi na ne ni no pa ra re ri ro sa se ta te ti to va ve vi za'.split(' ');
const FIRST_SYLLABLES = 3;
const LAST_SYLLABLES = 4;

const randomName = (bytes: Buffer): string =>
  Array.from(bytes.subarray(0, RANDOM_CHARS), (byte) => LETTERS.charAt(byte % 26)).join('');

/** `taremo.vilekani4821`: thirty-odd syllables to the seventh and four digits make it unlikely that somebody is called so. */
function humanName(bytes: Buffer): string {
  const syllables = Array.from(
    bytes.subarray(0, FIRST_SYLLABLES + LAST_SYLLABLES),
    (byte) => SYLLABLES[byte % SYLLABLES.length] ?? '',
  );
  const digits = String(1_000 + (bytes.readUInt16BE(16) % 9_000));
  return `${syllables.slice(0, FIRST_SYLLABLES).join('')}.${syllables.slice(FIRST_SYLLABLES).join('')}${digits}`;
}

export function createProbeNames(secret: string, now: () => number = Date.now): ProbeName {
  return (domain, shape) => {
    const day = String(Math.floor(now() / DAY_MS));
    const bytes = createHmac('sha256', secret).update(`${day}\0${shape}\0${domain}`).digest();
    return shape === 'random' ? randomName(bytes) : humanName(bytes);
  };
}
