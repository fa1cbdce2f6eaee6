// All addresses of a host name, by the operator's resolvers or the system's, within a time of its own. `localhost` is this machine
// (RFC 6761 6.3) and asks nobody. An empty answer: the name does not exist or has no address. Rejects when nobody could tell.
import { Resolver } from 'node:dns/promises';

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
