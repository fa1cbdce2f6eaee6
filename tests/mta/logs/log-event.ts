// An event of one connection in a server's log, and how each log is read.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailHostName } from '../mail-hosts';

export interface LogEvent {
  host: MailHostName;
  /** `refused`: refused on connect, with no later end line in the log. `quit` and `abandoned` are ends. */
  kind: 'connect' | 'quit' | 'refused' | 'abandoned';
}

export interface ServerLog {
  events: readonly LogEvent[];
  /** Lines that show DATA, BDAT, VRFY or EXPN, or a protocol violation. */
  forbidden: readonly string[];
}

export function linesOf(dir: string, file: string): readonly string[] {
  const path = join(dir, file);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

export const isEvent = (event: LogEvent | null): event is LogEvent => event !== null;
