// The secret that seals sessions. `npm start` makes and keeps one in local mode; a process without it must not guess one.
import { env } from '@/lib/env';

export function authSecret(): string {
  const secret = env().AUTH_SECRET;
  if (secret === undefined) throw new Error('AUTH_SECRET is not set; `npm start` sets it for its processes.');
  return secret;
}
