// Decides whether a resolver's "no such domain" or "no way to deliver" is about the domain or about the resolver itself. Guarantees: a big
// mail provider is never reported missing, whatever a resolver says, and a denial is not believed from a resolver known to deny names that
// exist or to make names up.
import type { MailHost } from '@/lib/verdict/mail-host';
import type { EnginePorts } from './ports';
import { withinDeadline } from './deadlines';

/** `known_provider`: the domain surely exists. `resolver`: the resolver is known to give wrong answers. */
export type Disbelief = 'known_provider' | 'resolver';

interface Denied {
  domain: string;
  /** Epoch ms */
  deadline: number;
  ports: Pick<EnginePorts, 'lists' | 'resolver' | 'clock'>;
}

/** Why a denial is not believed; null if it is believed. */
export async function whyDisbelieved({ domain, deadline, ports }: Denied): Promise<Disbelief | null> {
  const { lists, resolver, clock } = ports;
  const known = lists.known(domain);
  if (known === 'surely') return 'known_provider';
  if (known === null && resolver.isChosen) return null;
  const trust = (await withinDeadline(resolver.trustIn(domain), deadline, clock)) ?? 'unproven';
  if (trust === 'broken') return 'resolver';
  // Small providers do close down, so a proven resolver is believed about them.
  return known === 'probably' && trust === 'unproven' ? 'known_provider' : null;
}

/** The same for a domain that accepts mail only at its own address. A big provider never does, and some resolvers make addresses up. */
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
