// What is known of domains and names without asking anyone: throw-away, relay and free providers, role names, look-alikes.
// Loaded once, here (a quarter of a second, a few megabytes), so that no question waits; a look-up takes about a microsecond. Promises that a relay
// service, a free mailbox provider or a domain on our list of exceptions is never called disposable; nor is a known look-alike,
// which the lists hold many of and which has a clearer name.
import type { ListHit, ListsPort } from '@/worker/engine/ports';
import { findMailboxFamily } from '@/lib/domain/provider-syntax';
import { recogniseProvider } from '@/worker/engine/providers/recognise-provider';
import { NEVER_DISPOSABLE } from './allowed-domains.data';
import { isNoReply, isRole } from './find-role';
import { findTypo, isKnownLookalike, type Typo } from './find-typo';
import { FREE_PROVIDER_DOMAINS } from './free-providers.data';
import { loadDisposable, sourceOf } from './load-disposable';
import { RELAY_SERVICES } from './relay-services.data';
import { OWN_TABLES_DATE } from './sources.data';

const FREE = new Set(FREE_PROVIDER_DOMAINS);
const RELAY = new Map(
  Object.entries(RELAY_SERVICES).flatMap(([service, domains]) =>
    domains.split(' ').map((domain): [string, string] => [domain, service]),
  ),
);

export const isFree = (domain: string): boolean => FREE.has(domain) || findMailboxFamily(domain) !== null;

const isExcepted = (domain: string): boolean =>
  isFree(domain) || findRelay(domain) !== null || Object.hasOwn(NEVER_DISPOSABLE, domain) || isKnownLookalike(domain);

const isMailDomain = (domain: string): boolean => isFree(domain) || findRelay(domain) !== null;

export function createLists(): ListsPort {
  const table = loadDisposable(isExcepted);
  // Two layers ask about the same domain in turn.
  let last: { domain: string; typo: Typo | null } | null = null;
  return {
    disposable: (domain) => {
      const source = isExcepted(domain) ? null : sourceOf(table.getWithParents(domain));
      return source === null ? null : { source: `${source.package} ${source.version}`, since: source.published };
    },
    disposableByMx,
    relay: (domain) => ownHit('relay services', findRelay(domain)),
    free: isFree,
    role: (localPart) => ownHit('role names', isRole(localPart) ? '' : null),
    noReply: isNoReply,
    typo: (domain) => {
      if (last?.domain !== domain) last = { domain, typo: findTypo(domain, isMailDomain) };
      return last.typo;
    },
  };
}

function disposableByMx(hosts: readonly string[]): ListHit | null {
  for (const host of hosts) {
    const provider = recogniseProvider({ mxHosts: [host], greeting: null });
    if (provider?.class === 'disposable') return ownHit('mail hosts', provider.name);
  }
  return null;
}

/** The service's name; sub-domains count. */
function findRelay(domain: string): string | null {
  for (let name = domain; ; name = name.slice(name.indexOf('.') + 1)) {
    const service = RELAY.get(name);
    if (service !== undefined) return service;
    if (!name.includes('.')) return null;
  }
}

/** A hit in one of our own tables; `detail` names the entry, '' where the name asked for is the entry. */
function ownHit(table: string, detail: string | null): ListHit | null {
  if (detail === null) return null;
  return { source: detail === '' ? `own: ${table}` : `own: ${table} (${detail})`, since: OWN_TABLES_DATE };
}

/** How many throw-away domains are left after all exceptions. */
export const countDisposable = (): number => loadDisposable(isExcepted).size;
