// What the servers themselves saw: how many connections each mail host took, and whether anybody sent what must never be sent.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIM_LOG, EXIM_PANIC_LOG } from './servers/exim';
import { POSTFIX_LOG } from './servers/postfix';
import { MAIL_HOSTS, type MailHostName } from './truth';

const SETTLE_POLL_MS = 100;
const SETTLE_WITHIN_MS = 5_000;

export interface Traffic {
  connections: Map<MailHostName, number>;
  /** Sessions that ended without QUIT. */
  abandoned: Map<MailHostName, number>;
  /** Sessions that have not ended. */
  open: number;
  /** Log lines of DATA, BDAT, VRFY, EXPN and of breaches of the protocol. */
  forbidden: string[];
}

interface LogLine {
  host: MailHostName;
  kind: 'connect' | 'quit' | 'refused' | 'abandoned';
}

const HOST_NAMES = new Map<string, MailHostName>(hostEntries());
function hostEntries(): [string, MailHostName][] {
  const names: readonly MailHostName[] = [
    'postfix/plain',
    'exim/plain',
    'postfix/tls',
    'postfix/limit',
    'postfix/refusing',
    'exim/busy',
    'exim/reputation',
    'postfix/anvil',
    'postfix/old',
    'postfix/helo',
  ];
  return names.flatMap((name): [string, MailHostName][] => [
    [name, name],
    [MAIL_HOSTS[name], name],
  ]);
}

/** Postfix sums up a session on its last line: `disconnect from … ehlo=1 mail=1 rcpt=2 quit=1 commands=5`. */
function readPostfixLine(line: string): LogLine | null {
  const match = /(postfix\/\w+)\/smtpd\[\d+\]: (connect|disconnect) from (.*)$/.exec(line);
  const host = HOST_NAMES.get(match?.[1] ?? '');
  if (match === null || host === undefined) return null;
  if (match[2] === 'connect') return { host, kind: 'connect' };
  return { host, kind: (match[3] ?? '').includes(' quit=1') ? 'quit' : 'abandoned' };
}

/**
 * Exim: `SMTP connection from [127.0.0.1]:1 I=[127.0.0.3]:2525 (TCP/IP connection count = 1)` … `closed by QUIT`. A client that
 * is refused on connect has no such end when the refusal is temporary, so the refusal itself is taken for it.
 */
function readEximLine(line: string): LogLine | null {
  const match = /I=\[([\d.]+)\]:\d+ (.*)$/.exec(line);
  const host = HOST_NAMES.get(match?.[1] ?? '');
  if (match === null || host === undefined) return null;
  const rest = match[2] ?? '';
  if (/^(temporarily )?rejected connection in/.test(rest)) return { host, kind: 'refused' };
  if (!line.includes(' SMTP connection from ') || line.includes('no MAIL in SMTP') || rest.includes('closed by DROP in ACL'))
    return null;
  if (rest.startsWith('(TCP/IP connection count')) return { host, kind: 'connect' };
  return { host, kind: rest.includes('closed by QUIT') ? 'quit' : 'abandoned' };
}

const FORBIDDEN_BY_POSTFIX = /smtpd\[\d+\]: (disconnect from .* (data|bdat|vrfy|etrn|auth)=|improper command pipelining)/;
const FORBIDDEN_BY_EXIM =
  /(DATA|VRFY or EXPN) seen|unqualified (verify|expand) rejected|SMTP (protocol|syntax|protocol synchronization) error/;

const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);

export function readTraffic(dir: string): Traffic {
  const postfix = linesOf(join(dir, POSTFIX_LOG));
  const exim = [...linesOf(join(dir, EXIM_LOG)), ...linesOf(join(dir, EXIM_PANIC_LOG))];
  const traffic: Traffic = {
    connections: new Map(),
    abandoned: new Map(),
    open: 0,
    forbidden: [
      ...postfix.filter((line) => FORBIDDEN_BY_POSTFIX.test(line)),
      ...exim.filter((line) => FORBIDDEN_BY_EXIM.test(line)),
    ],
  };
  for (const line of [...postfix.map(readPostfixLine), ...exim.map(readEximLine)]) {
    if (line === null) continue;
    traffic.open += line.kind === 'connect' ? 1 : -1;
    if (line.kind === 'quit' || line.kind === 'refused') continue;
    const counts = line.kind === 'connect' ? traffic.connections : traffic.abandoned;
    counts.set(line.host, (counts.get(line.host) ?? 0) + 1);
  }
  return traffic;
}

/** Logs are written behind the sessions: waits until each session that began has ended, for a bounded time. */
export async function readSettledTraffic(dir: string): Promise<Traffic> {
  const settledBy = Date.now() + SETTLE_WITHIN_MS;
  let traffic = readTraffic(dir);
  while (traffic.open > 0 && Date.now() < settledBy) {
    await delay(SETTLE_POLL_MS);
    traffic = readTraffic(dir);
  }
  return traffic;
}
