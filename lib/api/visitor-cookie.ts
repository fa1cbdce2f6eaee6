// Who a visitor of the free verifier is: a random cookie, of which only the keyed hash is ever kept. It opens the visitor's own
// checks and nothing else, and says nothing about the person.
import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import { isHttpsSite } from '@/lib/auth/session-cookie';
import { VISITOR_COOKIE_TTL_S } from '@/lib/domain/limits';
import { authSecret } from '@/lib/services/auth/auth-secret';

const NAME = 'ev_visitor';
const VALUE = /^[A-Za-z0-9_-]{43}$/;
const RANDOM_BYTES = 32;

export interface Visitor {
  visitorKey: string;
  /** The Set-Cookie line; sent each time, so that a visitor who comes back stays the same. */
  setCookie: string;
}

/** The visitor behind these headers; null for one who has no cookie of ours yet. */
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
