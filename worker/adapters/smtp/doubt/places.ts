// Where a mailbox was asked for: a mail host and one of its addresses; and where else its domain may be asked.
import type { MailHost } from '@/lib/verdict/mail-host';
import type { Party } from '../exchange';
import type { Hearing } from './witness';

export type Where = Pick<Party, 'host' | 'address'>;
export const placeOf = ({ host, address }: Where): string => `${host} ${address ?? ''}`;

/** The other ways to a domain that are no worse: mail hosts of the same preference, and addresses of the same host. Null where there is none. */
export function besides(hosts: readonly MailHost[], { host, address }: Where): Hearing['elsewhere'] {
  const own = hosts.find(({ name }) => name === host);
  const equals = hosts.filter(({ name, preference }) => name !== host && preference === own?.preference);
  const first = own !== undefined && own.addresses.length > 1 ? own : equals[0];
  if (first === undefined) return null;
  const worse = hosts.filter((each) => each !== own && !equals.includes(each)).map(({ name }) => name);
  return { host: first.name, excluded: new Set([...worse, placeOf({ host, address })]) };
}
