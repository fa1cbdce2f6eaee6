// The log of every process: JSON lines by pino. Addresses and secrets must never get in: known fields are censored, and message texts must
// not contain them.
import { type Logger, pino } from 'pino';
import { env } from './env';

const CENSORED = ['email', 'address', 'password', 'token', 'key', 'secret', 'authorization', 'cookie', 'localPart'];

export type Log = Logger;

let root: Logger | undefined;

/** A logger that names its part of the program, e.g. `log('worker')`. */
export function log(part: string): Log {
  root ??= pino({
    level: env().NODE_ENV === 'test' ? 'silent' : env().LOG_LEVEL,
    redact: { paths: CENSORED.flatMap((name) => [name, `*.${name}`]), censor: '[censored]' },
    base: { pid: process.pid },
  });
  return root.child({ part });
}
