// Where a mailbox was asked for (a mail host and one of its addresses), where else its domain may be asked, and which of its mail hosts
// are only backups for better ones (RFC 5321 5.1).
import type { MailHost } from '@/lib/verdict/mail-host';
import type { Party } from './exchange';

export type Where = Pick<Party, 'host' | 'address'>;
/** A host to ask, and the routes to the domain that are excluded. */
export interface Elsewhere {
  host: string;
  excluded: ReadonlySet<string>;
}

export const placeOf = ({ host, address }: Where): string => `${host} ${address ?? ''}`;

/** The other routes that are no worse: mail hosts of the same preference, and other addresses of the same host. Null if there are none. */
export function besides(hosts: readonly MailHost[], { host, address }: Where): Elsewhere | null {
  const own = hosts.find(({ name }) => name === host);
  const equals = hosts.filter(({ name, preference }) => name !== host && preference === own?.preference);
  const first = own !== undefined && own.addresses.length > 1 ? own : equals[0];
  if (first === undefined) return null;
  const worse = hosts.filter((each) => each !== own && !equals.includes(each)).map(({ name }) => name);
  return { host: first.name, excluded: new Set([...worse, placeOf({ host, address })]) };
}

/** The hosts with a worse preference than the best; null if all are equal. */
export function backupsAmong(hosts: readonly MailHost[]): ReadonlySet<string> | null {
  if (hosts.length < 2) return null;
  const best = Math.min(...hosts.map(({ preference }) => preference));
  const worse = hosts.filter(({ preference }) => preference > best).map(({ name }) => name);
  return worse.length === 0 ? null : new Set(worse);
}
