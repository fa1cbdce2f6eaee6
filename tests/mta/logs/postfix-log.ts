// Postfix sums up a session on its last line: `disconnect from … ehlo=1 mail=1 rcpt=2 quit=1 commands=5`. Postscreen names its clients in
// capitals, and hands some of them over to smtpd.
import { findMailHost, type MailHostName } from '../mail-hosts';
import { POSTFIX_LOG } from '../servers/postfix';
import { isEvent, linesOf, type LogEvent, type ServerLog } from './log-event';

const FORBIDDEN =
  /smtpd\[\d+\]: (disconnect from .* (data|bdat|vrfy|etrn|auth)=|improper command pipelining)|postscreen\[\d+\]: (PREGREET|COMMAND PIPELINING|NON-SMTP COMMAND|BARE NEWLINE|DATA without|COMMAND COUNT|COMMAND LENGTH)/;
const SCREENED: readonly MailHostName[] = ['postfix/screen', 'postfix/stranger'];

function eventOf(line: string): LogEvent | null {
  const [, name = '', program, word = '', rest = ''] = /(postfix\/\w+)\/(smtpd|postscreen)\[\d+\]: (\w+) (.*)$/.exec(line) ?? [];
  const host = findMailHost(name);
  if (host === null) return null;
  if (program === 'postscreen') {
    if (word === 'CONNECT') return { host, kind: 'connect' };
    return word === 'DISCONNECT' ? { host, kind: 'quit' } : null;
  }
  // Postscreen has already counted the clients that it hands over.
  if (word === 'connect') return SCREENED.includes(host) ? null : { host, kind: 'connect' };
  return word === 'disconnect' ? { host, kind: rest.includes(' quit=1') ? 'quit' : 'abandoned' } : null;
}

export function readPostfixLog(dir: string): ServerLog {
  const lines = linesOf(dir, POSTFIX_LOG);
  return { events: lines.map(eventOf).filter(isEvent), forbidden: lines.filter((line) => FORBIDDEN.test(line)) };
}
