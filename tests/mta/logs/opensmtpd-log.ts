// OpenSMTPD: `c07e… smtp connected address=…`, `c07e… smtp disconnected reason=quit`, and every line of the dialogue after `<<<`.
import { OPENSMTPD_LOG } from '../servers/opensmtpd';
import { isEvent, linesOf, type LogEvent, type ServerLog } from './log-event';

const FORBIDDEN = /<<< (DATA|BDAT|VRFY|EXPN)|result="5\d\d 5\.5\./i;

function eventOf(line: string): LogEvent | null {
  if (line.includes(' smtp connected ')) return { host: 'opensmtpd', kind: 'connect' };
  const reason = / smtp disconnected reason=(\S+)/.exec(line)?.[1];
  if (reason === undefined) return null;
  return { host: 'opensmtpd', kind: reason === 'quit' ? 'quit' : 'abandoned' };
}

export function readOpenSmtpdLog(dir: string): ServerLog {
  const lines = linesOf(dir, OPENSMTPD_LOG);
  return { events: lines.map(eventOf).filter(isEvent), forbidden: lines.filter((line) => FORBIDDEN.test(line)) };
}
