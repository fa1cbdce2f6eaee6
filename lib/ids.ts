// Ids: a prefix that tells the kind, then 26 characters of Crockford base 32 (48 bits of milliseconds, 80 random bits),
// so that ids sort by age and can't be guessed. Within a millisecond, and when the clock goes back, the random part goes on by a
// random step: what one process makes sorts in the order in which it was made.
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;
const RANDOM_BYTES = 10;
const STEP_BYTES = 5;

export const ID_PREFIXES = {
  user: 'usr',
  workspace: 'ws',
  apiKey: 'key',
  verification: 'ver',
  authToken: 'tok',
  creditEntry: 'ent',
  creditGrant: 'grt',
  creditHold: 'hld',
  feedback: 'fbk',
  list: 'job',
  autoTopUp: 'atu',
  request: 'req',
  worker: 'wrk',
  webhookEndpoint: 'whk',
  webhookEvent: 'evt',
  webhookDelivery: 'whd',
} as const;

/** The time and the number of the id made last in this process. */
let lastTime = -1;
let lastNumber = 0n;

/** An id of another time than the present (`now`) is made for comparing: it follows no other. */
export function newId(kind: keyof typeof ID_PREFIXES, now?: number): string {
  const time = now ?? Math.max(Date.now(), lastTime);
  const number = now === undefined && time === lastTime ? lastNumber + 1n + randomNumber(STEP_BYTES) : randomNumber(RANDOM_BYTES);
  if (now === undefined) [lastTime, lastNumber] = [time, number];
  return `${ID_PREFIXES[kind]}_${inBase32(BigInt(time), TIME_CHARS)}${inBase32(number, RANDOM_CHARS)}`;
}

const randomNumber = (bytes: number): bigint => BigInt(`0x${randomBytes(bytes).toString('hex')}`);

function inBase32(value: bigint, chars: number): string {
  let text = '';
  for (let rest = value; text.length < chars; rest >>= 5n) text = ALPHABET.charAt(Number(rest & 31n)) + text;
  return text;
}
