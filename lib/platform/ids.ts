// Ids: a prefix for the kind, then 26 characters of Crockford base 32 (48 bits of milliseconds, 80 random bits), so that ids sort
// by age and can't be guessed. Within a millisecond, and when the clock goes back, the random part increases by a random step:
// the ids of one process sort in the order in which they were made.
import { randomBytes } from 'node:crypto';

export const ID_PREFIXES = {
  user: 'usr',
  workspace: 'ws',
  apiKey: 'key',
  verification: 'ver',
  authToken: 'tok',
  session: 'ses',
  signUp: 'sup',
  creditEntry: 'ent',
  creditGrant: 'grt',
  creditHold: 'hld',
  feedback: 'fbk',
  list: 'lst',
  autoTopUp: 'atu',
  request: 'req',
  worker: 'wrk',
  webhookEndpoint: 'whk',
  webhookEvent: 'evt',
  webhookDelivery: 'whd',
  notice: 'ntc',
} as const;

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;
const RANDOM_BYTES = 10;
const STEP_BYTES = 5;

/** Time and number of the newest id of this process. */
let lastTime = -1;
let lastNumber = 0n;

/** With `now` the id is for comparisons only and does not continue the sequence. */
export function newId(kind: keyof typeof ID_PREFIXES, now?: number): string {
  const time = now ?? Math.max(Date.now(), lastTime);
  const number = now === undefined && time === lastTime ? lastNumber + 1n + randomNumber(STEP_BYTES) : randomNumber(RANDOM_BYTES);
  if (now === undefined) [lastTime, lastNumber] = [time, number];
  return `${ID_PREFIXES[kind]}_${inBase32(BigInt(time), TIME_CHARS)}${inBase32(number, RANDOM_CHARS)}`;
}

/** The lowest id that something made at this time could have: everything older sorts before it. */
export const firstIdAt = (kind: keyof typeof ID_PREFIXES, timeMs: number): string =>
  `${ID_PREFIXES[kind]}_${inBase32(BigInt(Math.max(0, timeMs)), TIME_CHARS)}${'0'.repeat(RANDOM_CHARS)}`;

/** When something was made, in milliseconds. */
export function timeOfId(id: string): number {
  const chars = id.slice(id.indexOf('_') + 1).slice(0, TIME_CHARS);
  return Array.from(chars).reduce((time, char) => time * ALPHABET.length + ALPHABET.indexOf(char), 0);
}

/** Characters of an id that make its number: the time, and ten random bits. */
const NUMBERED_CHARS = TIME_CHARS + 2;

/**
 * For clients that take numbers alone. It is exact in a double, and of two ids of one millisecond in a thousand the same: look it up among
 * one workspace's.
 */
export function numberOfId(id: string): number {
  const chars = id.slice(id.indexOf('_') + 1).slice(0, NUMBERED_CHARS);
  return Array.from(chars).reduce((number, char) => number * ALPHABET.length + ALPHABET.indexOf(char), 0);
}

/** What every id of this number begins with, and an id behind all of them. */
export function idsOfNumber(kind: keyof typeof ID_PREFIXES, number: number): { beginning: string; behind: string } {
  const beginning = `${ID_PREFIXES[kind]}_${inBase32(BigInt(number), NUMBERED_CHARS)}`;
  return { beginning, behind: beginning.padEnd(ID_PREFIXES[kind].length + 1 + TIME_CHARS + RANDOM_CHARS, 'Z') };
}

const randomNumber = (bytes: number): bigint => BigInt(`0x${randomBytes(bytes).toString('hex')}`);

function inBase32(value: bigint, chars: number): string {
  let text = '';
  for (let rest = value; text.length < chars; rest >>= 5n) text = ALPHABET.charAt(Number(rest & 31n)) + text;
  return text;
}
