// Ids: a prefix for the kind, then 26 characters of Crockford base 32 (48 bits of milliseconds, 80 random bits), so that ids sort by age
// and can't be guessed. Within one millisecond, and when the clock goes back, the random part increases by a random step, so one process's
// ids sort in the order in which they were made.
import { createHash, randomBytes } from 'node:crypto';

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

/** With `now`, the id is only for comparisons and does not continue the sequence. */
export function newId(kind: keyof typeof ID_PREFIXES, now?: number): string {
  const time = now ?? Math.max(Date.now(), lastTime);
  const number = now === undefined && time === lastTime ? lastNumber + 1n + randomNumber(STEP_BYTES) : randomNumber(RANDOM_BYTES);
  if (now === undefined) [lastTime, lastNumber] = [time, number];
  return `${ID_PREFIXES[kind]}_${inBase32(BigInt(time), TIME_CHARS)}${inBase32(number, RANDOM_CHARS)}`;
}

/** The lowest id that something created at this time could have. Everything older sorts before it. */
export const firstIdAt = (kind: keyof typeof ID_PREFIXES, timeMs: number): string =>
  `${ID_PREFIXES[kind]}_${inBase32(BigInt(Math.max(0, timeMs)), TIME_CHARS)}${'0'.repeat(RANDOM_CHARS)}`;

/** When something was created, in milliseconds. */
export function timeOfId(id: string): number {
  const chars = id.slice(id.indexOf('_') + 1).slice(0, TIME_CHARS);
  return Array.from(chars).reduce((time, char) => time * ALPHABET.length + ALPHABET.indexOf(char), 0);
}

/**
 * A number for clients that accept only numbers, some of them signed 32-bit: the first 31 bits of the id's SHA-256. Not unique: look it up
 * within one workspace, and expect that two may match.
 */
export const numberOfId = (id: string): number => createHash('sha256').update(id).digest().readUInt32BE() >>> 1;

const randomNumber = (bytes: number): bigint => BigInt(`0x${randomBytes(bytes).toString('hex')}`);

function inBase32(value: bigint, chars: number): string {
  let text = '';
  for (let rest = value; text.length < chars; rest >>= 5n) text = ALPHABET.charAt(Number(rest & 31n)) + text;
  return text;
}
