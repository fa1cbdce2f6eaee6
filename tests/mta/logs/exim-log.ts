// Exim: `SMTP connection from [127.0.0.1]:1 I=[127.0.0.3]:2525 (TCP/IP connection count = 1)` … `closed by QUIT`. If a client is refused on
// connect with a temporary error, there is no end line, so the refusal itself counts as the end; a permanent refusal is logged as
// `closed by DROP in ACL`.
import { findMailHost } from '../mail-hosts';
import { EXIM_LOGS } from '../servers/exim';
import { isEvent, linesOf, type LogEvent, type ServerLog } from './log-event';

const FORBIDDEN =
  /(DATA|VRFY or EXPN) seen|unqualified (verify|expand) rejected|SMTP (protocol|syntax|protocol synchronization) error/;

function eventOf(line: string): LogEvent | null {
  const [, address = '', rest = ''] = /I=\[([\d.]+)\]:\d+ (.*)$/.exec(line) ?? [];
  const host = findMailHost(address);
  if (host === null) return null;
  if (rest.startsWith('temporarily rejected connection in')) return { host, kind: 'refused' };
  if (!line.includes(' SMTP connection from ') || line.includes('no MAIL in SMTP')) return null;
  if (rest.includes('closed by DROP in ACL')) return { host, kind: 'refused' };
  if (rest.startsWith('(TCP/IP connection count')) return { host, kind: 'connect' };
  return { host, kind: rest.includes('closed by QUIT') ? 'quit' : 'abandoned' };
}

export function readEximLog(dir: string): ServerLog {
  const lines = EXIM_LOGS.flatMap((file) => linesOf(dir, file));
  return { events: lines.map(eventOf).filter(isEvent), forbidden: lines.filter((line) => FORBIDDEN.test(line)) };
}
