// Whether a resolver's "there is no such domain", or no way to deliver to it, is an answer about the domain or about the resolver.
// Promises that a big mail provider is never called missing whatever a resolver says, and that nothing is believed from one which is
// known to deny names that exist or to make some up.
import type { MailHost } from '@/lib/verdict/mail-host';
import type { EnginePorts } from './ports';
import { withinDeadline } from './deadlines';

/** `known_provider`: the domain surely exists; `resolver`: the resolver is known to say what is not so. */
export type Disbelief = 'known_provider' | 'resolver';

interface Denied {
  domain: string;
  /** Epoch ms */
  deadline: number;
  ports: Pick<EnginePorts, 'lists' | 'resolver' | 'clock'>;
}

/** Why a denial is not believed; null where it is. */
export async function whyDisbelieved({ domain, deadline, ports }: Denied): Promise<Disbelief | null> {
  const { lists, resolver, clock } = ports;
  const known = lists.known(domain);
  if (known === 'surely') return 'known_provider';
  if (known === null && resolver.isChosen) return null;
  const trust = (await withinDeadline(resolver.trustIn(domain), deadline, clock)) ?? 'unproven';
  if (trust === 'broken') return 'resolver';
  // Small providers do close down: a resolver that has proved itself may say so.
  return known === 'probably' && trust === 'unproven' ? 'known_provider' : null;
}

/** The same for a domain that takes mail at its own address only: a big provider never does, and some resolvers make addresses up. */
export async function whyImplicitDisbelieved(denied: Denied, hosts: readonly MailHost[]): Promise<Disbelief | null> {
  const { domain, deadline, ports } = denied;
  const { lists, resolver, clock } = ports;
  if (lists.known(domain) === 'surely') return 'known_provider';
  if (resolver.isChosen) return null;
  const trust = await withinDeadline(resolver.trustIn(domain), deadline, clock);
  const isMadeUp = trust === 'broken' && hosts.every((host) => host.addresses.every((address) => resolver.isInvented(address)));
  return isMadeUp ? 'resolver' : null;
}

export const disbeliefSentence = (domain: string, why: Disbelief): string =>
  why === 'known_provider'
    ? `Our DNS resolver does not find the mail hosts of ${domain}, a mail provider that is known to exist, so its answer is not believed.`
    : `Our DNS resolver is giving wrong answers at the moment, so what it says of ${domain} is not believed.`;
