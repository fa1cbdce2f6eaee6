// The zoo's own log (zoo/open-zoo.ts): `zoo/drops 40312 open`, `zoo/drops 40312 command QUIT`, `zoo/drops 40312 closed`.
import { findMailHost } from '../mail-hosts';
import { ZOO_LOG } from '../servers/zoo';
import { isEvent, linesOf, type LogEvent, type ServerLog } from './log-event';

const FORBIDDEN = / command (DATA|BDAT|VRFY|EXPN)\b/i;

export function readZooLog(dir: string): ServerLog {
  const hasQuit = new Set<string>();
  const eventOf = (line: string): LogEvent | null => {
    const [, name = '', port = '', event = ''] = /^(zoo\/\S+) (\d+) (.*)$/.exec(line) ?? [];
    const host = findMailHost(name);
    if (host === null) return null;
    const connection = `${name} ${port}`;
    if (event === 'open') return { host, kind: 'connect' };
    if (event === 'command QUIT') hasQuit.add(connection);
    // A port may be reused.
    return event === 'closed' ? { host, kind: hasQuit.delete(connection) ? 'quit' : 'abandoned' } : null;
  };
  const lines = linesOf(dir, ZOO_LOG);
  return { events: lines.map(eventOf).filter(isEvent), forbidden: lines.filter((line) => FORBIDDEN.test(line)) };
}
