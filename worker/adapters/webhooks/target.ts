// Where a webhook's URL leads: all addresses of its host name, and which of them may be dialed.
import { Resolver } from 'node:dns/promises';
import { createRoutability } from '../routability/routability';

/**
 * By the operator's resolvers or the system's, within a time of its own. `localhost` is this machine (RFC 6761 6.3) and asks nobody. An empty
 * answer: the name does not exist or has no address. Rejects when nobody could tell.
 */
export type ResolveName = (name: string) => Promise<string[]>;

const TIMEOUT_MS = 2_500;
const TRIES = 2;
const MAX_ADDRESSES = 16;
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

export function createNameResolver(servers: readonly string[]): ResolveName {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return async (name) => {
    if (/(^|\.)localhost\.?$/i.test(name)) return ['127.0.0.1', '::1'];
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses.slice(0, MAX_ADDRESSES);
    const failure = answers.find((answer) => answer.status === 'rejected' && !isNothingThere(answer.reason));
    if (failure?.status === 'rejected') throw failure.reason;
    return [];
  };
}

const isNothingThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && NOTHING_THERE.has(String(error.code));

/**
 * Where a webhook may go: public addresses, and those in the operator's allowed nets (WEBHOOK_ALLOWED_PRIVATE_NETS). Plain http only
 * to allowed nets that are not public, and anywhere in local mode. Judged by the addresses that will be dialed, never by a name.
 */
export interface TargetGuard {
  isDialable(address: string): boolean;
  isPlainAllowed(addresses: readonly string[]): boolean;
}

export function createTargetGuard({ allowedNets, isLocal }: { allowedNets: readonly string[]; isLocal: boolean }): TargetGuard {
  const everybody = createRoutability([]);
  const ours = createRoutability(allowedNets);
  return {
    isDialable: (address) => ours.isDialable(address),
    isPlainAllowed: (addresses) =>
      isLocal || addresses.every((address) => ours.isDialable(address) && !everybody.isDialable(address)),
  };
}
