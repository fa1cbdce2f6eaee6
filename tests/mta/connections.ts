// How many connections each mail host took for the addresses of the first run, counted in the hosts' own logs.
import { MAIL_HOST_NAMES, type MailHostName } from './mail-hosts';
import type { Traffic } from './server-logs';
import { TRUTH } from './truth';

/** Well-behaved hosts with a hundred addresses or more, one Postfix and one Exim. */
export const CROWDED_HOSTS = ['postfix/crowd', 'exim/crowd'] as const satisfies readonly MailHostName[];
export const CONNECTIONS_AN_ADDRESS_MAX = 0.05;

export interface Span {
  before: Traffic;
  after: Traffic;
}

export interface ConnectionsMade {
  asked: number;
  made: number;
  abandoned: number;
  anAddress: number;
}

export function connectionsAt(host: MailHostName, { before, after }: Span): ConnectionsMade {
  const asked = TRUTH.filter((truth) => truth.host === host).length;
  const made = (after.connections.get(host) ?? 0) - (before.connections.get(host) ?? 0);
  const abandoned = (after.abandoned.get(host) ?? 0) - (before.abandoned.get(host) ?? 0);
  return { asked, made, abandoned, anAddress: made / asked };
}

export function tellConnections(span: Span): void {
  console.log('Connections in the first run, by mail host (addresses, connections, connections an address, ended without QUIT):');
  for (const host of MAIL_HOST_NAMES) {
    const { asked, made, abandoned, anAddress } = connectionsAt(host, span);
    if (asked > 0 && host !== 'nobody') console.log(`  ${host.padEnd(16)} ${asked} ${made} ${anAddress.toFixed(2)} ${abandoned}`);
  }
}
