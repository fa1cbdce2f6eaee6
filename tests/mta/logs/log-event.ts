// What a server's log tells of one connection, and the log's own way of telling it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailHostName } from '../mail-hosts';

export interface LogEvent {
  host: MailHostName;
  /** `refused`: a refusal on connect that has no other end in the log. `quit` and `abandoned` are ends. */
  kind: 'connect' | 'quit' | 'refused' | 'abandoned';
}

export interface ServerLog {
  events: readonly LogEvent[];
  /** Lines that tell of DATA, BDAT, VRFY or EXPN, and of breaches of the protocol. */
  forbidden: readonly string[];
}

export function linesOf(dir: string, file: string): readonly string[] {
  const path = join(dir, file);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

export const isEvent = (event: LogEvent | null): event is LogEvent => event !== null;
