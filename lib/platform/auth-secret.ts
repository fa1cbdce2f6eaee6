// The secret that seals sessions. In local mode `npm start` creates and keeps one; a process without it must fail, never make one
// up.
import { env } from './env';

export function authSecret(): string {
  const secret = env().AUTH_SECRET;
  if (secret === undefined) throw new Error('AUTH_SECRET is not set; `npm start` sets it for its processes.');
  return secret;
}
