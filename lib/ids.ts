// Ids: a prefix that tells the kind, then 26 characters of Crockford base 32 (48 bits of milliseconds, 80 random bits),
// so that ids sort by age and can't be guessed.
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

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

export function newId(kind: keyof typeof ID_PREFIXES, now = Date.now()): string {
  let time = '';
  for (let rest = now, count = 0; count < TIME_CHARS; count++, rest = Math.floor(rest / 32))
    time = ALPHABET.charAt(rest % 32) + time;
  const random = Array.from(randomBytes(RANDOM_CHARS), (byte) => ALPHABET.charAt(byte % 32)).join('');
  return `${ID_PREFIXES[kind]}_${time}${random}`;
}
