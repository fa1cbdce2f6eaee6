// What is known of domains and names without asking anyone: disposable, relay and free providers, role names, look-alikes.
// Loaded once, here (a quarter of a second, a few megabytes), so that no question waits; a look-up takes about a microsecond. Promises that a relay
// service, a free mailbox provider or a domain on our list of exceptions is never called disposable; nor is a known look-alike,
// which the lists hold many of and which has a clearer name.
import type { ListHit, ListsPort, TypoHit } from '@/worker/engine/ports';
import { DOMAIN_MAX_OCTETS } from '@/lib/platform/limits';
import { findMailboxFamily, MAILBOX_FAMILY_DOMAINS } from '@/lib/verdict/mailbox-rules';
import { PROVIDERS } from '@/worker/engine/providers/providers.data';
import { recognizeProvider } from '@/worker/engine/providers/recognize-provider';
import { RecentMap } from '@/worker/engine/recent-map';
import { NEVER_DISPOSABLE, FREE_PROVIDER_DOMAINS, RELAY_SERVICES } from './domains.data';
import { isNoReply, isRole } from './find-role';
import { findTypo, isKnownLookalike } from './find-typo';
import { loadDisposable, makeDisposable, sourceOf, OWN_TABLES_DATE } from './load-disposable';
import { TYPO_TARGETS } from './typos.data';

const FREE = new Set(FREE_PROVIDER_DOMAINS);
const RELAY = new Map(
  Object.entries(RELAY_SERVICES).flatMap(([service, domains]) =>
    domains.split(' ').map((domain): [string, string] => [domain, service]),
  ),
);

/** The providers that people mean: they exist, whatever a resolver says. */
const SURELY_KNOWN = new Set([...MAILBOX_FAMILY_DOMAINS, ...TYPO_TARGETS]);
/** Names under which known providers run their mail hosts. */
const PROVIDER_NAMES = new Set(
  PROVIDERS.filter(({ class: kind }) => kind !== 'disposable').flatMap(({ exact = [], suffix = [] }) => [...exact, ...suffix]),
);

function howKnown(domain: string): ReturnType<ListsPort['known']> {
  if (SURELY_KNOWN.has(domain)) return 'surely';
  return FREE.has(domain) || PROVIDER_NAMES.has(domain) || RELAY.has(domain) ? 'probably' : null;
}

export const isFree = (domain: string): boolean => FREE.has(domain) || findMailboxFamily(domain) !== null;

const isExcepted = (domain: string): boolean =>
  isFree(domain) || findRelay(domain) !== null || Object.hasOwn(NEVER_DISPOSABLE, domain) || isKnownLookalike(domain);

const isMailDomain = (domain: string): boolean => isFree(domain) || findRelay(domain) !== null;

/** What the tables say of one domain; none of them changes while we run. */
interface DomainFacts {
  disposable: ListHit | null;
  relay: ListHit | null;
  free: boolean;
  typo: TypoHit | null;
}

/** Lists name the same few thousand domains again and again. */
const REMEMBERED_MAX = 10_000;

export function createLists(): ListsPort {
  const table = loadDisposable(isExcepted);
  const lookUp = (domain: string): DomainFacts => {
    const source = isExcepted(domain) ? null : sourceOf(table.getWithParents(domain));
    return {
      disposable: source === null ? null : { source: `${source.package} ${source.version}`, since: source.published },
      relay: ownHit('relay services', findRelay(domain)),
      free: isFree(domain),
      typo: typoOf(domain),
    };
  };
  const factsOf = remembering(lookUp);
  const roleName = ownHit('role names', '');
  return {
    disposable: (domain) => factsOf(domain).disposable,
    disposableByMx,
    relay: (domain) => factsOf(domain).relay,
    free: (domain) => factsOf(domain).free,
    known: howKnown,
    role: (localPart) => (isRole(localPart) ? roleName : null),
    noReply: isNoReply,
    typo: (domain) => factsOf(domain).typo,
  };
}

/** Five questions are asked about one domain in turn, and then often again. */
function remembering(lookUp: (domain: string) => DomainFacts): (domain: string) => DomainFacts {
  const known = new RecentMap<string, DomainFacts>(REMEMBERED_MAX);
  let last = { domain: '', facts: lookUp('') };
  return (domain) => {
    if (domain === last.domain) return last.facts;
    // The part after the @ of an invalid address.
    if (domain.length > DOMAIN_MAX_OCTETS) return lookUp(domain);
    let facts = known.get(domain);
    if (facts === undefined) {
      facts = lookUp(domain);
      known.set(domain, facts);
    }
    last = { domain, facts };
    return facts;
  };
}

function disposableByMx(hosts: readonly string[]): ListHit | null {
  for (const host of hosts) {
    const provider = recognizeProvider({ mxHosts: [host], greeting: null });
    if (provider?.class === 'disposable') return ownHit('mail hosts', provider.name);
  }
  return null;
}

function typoOf(domain: string): TypoHit | null {
  const typo = findTypo(domain, isMailDomain);
  return typo?.known === true ? { ...typo, listed: ownHit('known look-alikes', typo.suggestion) } : typo;
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

/** How many disposable domains are left after all exceptions. */
export const countDisposable = (): number => loadDisposable(isExcepted).size;

/** The table of disposable domains as the build writes it down. */
export const prepareDisposable = (): Uint8Array => makeDisposable(isExcepted).toBytes();
