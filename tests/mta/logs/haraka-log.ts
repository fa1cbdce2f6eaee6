// Haraka at log level `protocol`: `[NOTICE] [4D5C…] [core] connect ip=…`, `[PROTOCOL] [4D5C….1] [core] C: QUIT state=1`,
// `[NOTICE] [4D5C….1] [core] disconnect ip=…`.
import { HARAKA_LOG } from '../servers/haraka';
import { isEvent, linesOf, type LogEvent, type ServerLog } from './log-event';

const FORBIDDEN = /\[core\] C: (DATA|BDAT|VRFY|EXPN)\b/i;

export function readHarakaLog(dir: string): ServerLog {
  const hasQuit = new Set<string>();
  const eventOf = (line: string): LogEvent | null => {
    const [, connection = '', event = ''] =
      /\[([\dA-F-]{36})[.\d]*\] \[core\] (connect ip|C: QUIT|disconnect ip)/.exec(line) ?? [];
    if (event === 'connect ip') return { host: 'haraka', kind: 'connect' };
    if (event === 'C: QUIT') hasQuit.add(connection);
    return event === 'disconnect ip' ? { host: 'haraka', kind: hasQuit.has(connection) ? 'quit' : 'abandoned' } : null;
  };
  const lines = linesOf(dir, HARAKA_LOG);
  return { events: lines.map(eventOf).filter(isEvent), forbidden: lines.filter((line) => FORBIDDEN.test(line)) };
}
