// Identifies a visitor of the free verifier: by a random cookie, of which only the keyed hash is ever stored. It gives access to the
// visitor's own checks and nothing else, and says nothing about the person.
import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import { isHttpsSite } from '@/lib/accounts/web/cookies';
import { authSecret } from '@/lib/platform/env';
import { VISITOR_COOKIE_TTL_S } from '@/lib/platform/limits';

const NAME = 'ev_visitor';
const VALUE = /^[A-Za-z0-9_-]{43}$/;
const RANDOM_BYTES = 32;

export interface Visitor {
  visitorKey: string;
  /** The Set-Cookie header. It is sent each time, so that a returning visitor stays the same. */
  setCookie: string;
}

/** Null for a visitor without one of our cookies. */
export function findVisitor(headers: Headers): Visitor | null {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  return value !== undefined && VALUE.test(value) ? visitorOf(value) : null;
}

export const newVisitor = (): Visitor => visitorOf(randomBytes(RANDOM_BYTES).toString('base64url'));

function visitorOf(value: string): Visitor {
  const attributes = [
    'Path=/',
    `Max-Age=${VISITOR_COOKIE_TTL_S}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isHttpsSite() ? ['Secure'] : []),
  ];
  return {
    visitorKey: createHmac('sha256', authSecret()).update(value).digest('hex'),
    setCookie: [`${NAME}=${value}`, ...attributes].join('; '),
  };
}
