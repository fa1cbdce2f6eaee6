// What the servers saw themselves: how many connections each mail host took, and whether any client sent what must never be sent.
import { setTimeout as delay } from 'node:timers/promises';
import { readEximLog } from './logs/exim-log';
import { readHarakaLog } from './logs/haraka-log';
import { readOpenSmtpdLog } from './logs/opensmtpd-log';
import { readPostfixLog } from './logs/postfix-log';
import { readZooLog } from './logs/zoo-log';
import type { MailHostName } from './mail-hosts';

const SETTLE_POLL_MS = 100;
const SETTLE_WITHIN_MS = 5_000;

export interface Traffic {
  connections: Map<MailHostName, number>;
  /** Sessions that ended without QUIT. */
  abandoned: Map<MailHostName, number>;
  /** Sessions that have not ended. */
  open: number;
  /** Log lines of DATA, BDAT, VRFY or EXPN, and of protocol violations. */
  forbidden: string[];
}

export function readTraffic(dir: string): Traffic {
  const logs = [readPostfixLog, readEximLog, readOpenSmtpdLog, readHarakaLog, readZooLog].map((read) => read(dir));
  const traffic: Traffic = {
    connections: new Map(),
    abandoned: new Map(),
    open: 0,
    forbidden: logs.flatMap(({ forbidden }) => forbidden),
  };
  for (const { host, kind } of logs.flatMap(({ events }) => events)) {
    traffic.open += kind === 'connect' ? 1 : -1;
    if (kind === 'quit' || kind === 'refused') continue;
    const counts = kind === 'connect' ? traffic.connections : traffic.abandoned;
    counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return traffic;
}

/** Logs lag behind the sessions, so this waits, for a bounded time, until each session that began has ended. */
export async function readSettledTraffic(dir: string): Promise<Traffic> {
  const settledBy = Date.now() + SETTLE_WITHIN_MS;
  let traffic = readTraffic(dir);
  while (traffic.open > 0 && Date.now() < settledBy) {
    await delay(SETTLE_POLL_MS);
    traffic = readTraffic(dir);
  }
  return traffic;
}
