// What is known about domains and names without asking anyone: disposable, relay and free providers, role names, look-alikes. Loaded once,
// here (a quarter of a second, a few megabytes), so that no question waits; a lookup takes about a microsecond. Guarantee: a relay service,
// a free mailbox provider or a domain on our list of exceptions is never called disposable. Neither is a known look-alike: the lists
// contain many, but "look-alike" says more.
import { DOMAIN_MAX_OCTETS } from '@/lib/platform/limits';
import { findMailboxFamily, MAILBOX_FAMILY_DOMAINS } from '@/lib/verdict/mailbox-rules';
import type { ListHit, ListsPort, TypoHit } from '@/worker/engine/ports';
import { PROVIDERS } from '@/worker/engine/providers/providers.data';
import { recognizeProvider } from '@/worker/engine/providers/recognize-provider';
import { RecentMap } from '@/worker/engine/bounded-maps';
import { NEVER_DISPOSABLE, FREE_PROVIDER_DOMAINS, RELAY_SERVICES } from './domains.data';
import { findTypo, isKnownLookalike } from './find-typo';
import { loadDisposable, makeDisposable, sourceOf, OWN_TABLES_DATE } from './load-disposable';
import { NO_REPLY_NAMES, NUMBERED_PERSONS, ROLE_NAMES, ROLE_QUALIFIERS } from './role-names.data';
import { TYPO_TARGETS } from './typos.data';

const FREE = new Set(FREE_PROVIDER_DOMAINS);
const RELAY = new Map(
  Object.entries(RELAY_SERVICES).flatMap(([service, domains]) =>
    domains.split(' ').map((domain): [string, string] => [domain, service]),
  ),
);

/** Big providers, which exist whatever a resolver says. */
const SURELY_KNOWN = new Set([...MAILBOX_FAMILY_DOMAINS, ...TYPO_TARGETS]);
/** Names of known providers' mail hosts. */
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

/** What the tables say about one domain. They do not change while the process runs. */
interface DomainFacts {
  disposable: ListHit | null;
  relay: ListHit | null;
  free: boolean;
  typo: TypoHit | null;
}

/** Customers' lists contain the same few thousand domains again and again. */
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

/** A check asks five questions about one domain in a row, and later checks often ask them again. */
function remembering(lookUp: (domain: string) => DomainFacts): (domain: string) => DomainFacts {
  const known = new RecentMap<string, DomainFacts>(REMEMBERED_MAX);
  let last = { domain: '', facts: lookUp('') };
  return (domain) => {
    if (domain === last.domain) return last.facts;
    // This is the part after the @ of an invalid address; it is not cached.
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

/** The name of the relay service; subdomains count. */
function findRelay(domain: string): string | null {
  for (let name = domain; ; name = name.slice(name.indexOf('.') + 1)) {
    const service = RELAY.get(name);
    if (service !== undefined) return service;
    if (!name.includes('.')) return null;
  }
}

/** A hit in one of our own tables. `detail` names the entry; '' if the entry is the name that was asked for. */
function ownHit(table: string, detail: string | null): ListHit | null {
  if (detail === null) return null;
  return { source: detail === '' ? `own: ${table}` : `own: ${table} (${detail})`, since: OWN_TABLES_DATE };
}

/** The number of disposable domains after all exceptions. */
export const countDisposable = (): number => loadDisposable(isExcepted).size;

/** The table of disposable domains as the build writes it to disk. */
export const prepareDisposable = (): Uint8Array => makeDisposable(isExcepted).toBytes();

// Tells whether a local part is the name of a task or a group. A name counts if it is a role name without its separators (`no.reply`) or
// with a number after it (`info2`), or if each of its parts is a role name or a qualifier (`sales-eu`). A part that is neither makes it a
// person's name (`press.ley`, `accountant.jane`), and so does a number after a word for persons (`user17`), since wrongly flagging a person
// is the worse mistake.

const ROLES = new Set(Object.values(ROLE_NAMES).flat());
const PERSONS = new Set(NUMBERED_PERSONS);
const QUALIFIERS = new Set(ROLE_QUALIFIERS);
const NO_REPLY = new Set(NO_REPLY_NAMES);
const SEPARATORS = /[._-]+/;
const COUNTRY = /^[a-z]{2}$/;
/** Short names with a number or a two-letter country are more often initials than roles (`ap4`, `jo.ap`). */
const NUMBERED_MIN_CHARS = 4;
const COMPOUND_MIN_CHARS = 5;
const NO_REPLY_PARTS = 4;

/** A check asks two questions about the same name in a row. */
let last: { localPart: string; parts: readonly string[] } = { localPart: '', parts: [] };

/** The parts of a name, in lower case, without quotes and +tag. */
function partsOf(localPart: string): readonly string[] {
  if (localPart !== last.localPart) last = { localPart, parts: split(localPart) };
  return last.parts;
}

function split(localPart: string): readonly string[] {
  const name = localPart.startsWith('"') ? localPart.slice(1, -1) : localPart;
  const plus = name.indexOf('+', 1);
  const lower = (plus === -1 ? name : name.slice(0, plus)).toLowerCase();
  return SEPARATORS.test(lower) ? lower.split(SEPARATORS).filter((part) => part !== '') : lower === '' ? [] : [lower];
}

const DIGIT_0 = 48;
const DIGIT_9 = 57;
const endsInDigit = (word: string): boolean => {
  const code = word.charCodeAt(word.length - 1);
  return code >= DIGIT_0 && code <= DIGIT_9;
};

function isRoleWord(word: string): boolean {
  if (ROLES.has(word)) return true;
  if (!endsInDigit(word)) return false;
  const bare = word.replace(/\d{1,4}$/, '');
  return bare.length >= NUMBERED_MIN_CHARS && ROLES.has(bare) && !PERSONS.has(bare);
}

/** `user.17`, `student-1042` */
const isNumberedPerson = (parts: readonly string[]): boolean =>
  parts.length === 2 && PERSONS.has(parts[0] ?? '') && /^\d+$/.test(parts[1] ?? '');

const isQualifier = (word: string): boolean => QUALIFIERS.has(word) || COUNTRY.test(word) || /^\d{1,4}$/.test(word);

export function isRole(localPart: string): boolean {
  const parts = partsOf(localPart);
  const joined = parts.length === 1 ? (parts[0] ?? '') : parts.join('');
  if (isRoleWord(joined) || isNoReplyName(parts)) return true;
  if (isNumberedPerson(parts)) return false;
  if (parts.length < 2 || joined.length < COMPOUND_MIN_CHARS) return false;
  return parts.some(isRoleWord) && parts.every((part) => isRoleWord(part) || isQualifier(part));
}

export const isNoReply = (localPart: string): boolean => isNoReplyName(partsOf(localPart));

/** `no-reply-billing`, `noreply2`, `bounce.12345`: the first parts, joined, are the name. */
function isNoReplyName(parts: readonly string[]): boolean {
  let joined = '';
  for (let index = 0; index < parts.length && index < NO_REPLY_PARTS; index++) {
    const part = parts[index] ?? '';
    joined += endsInDigit(part) ? part.replace(/\d+$/, '') : part;
    if (NO_REPLY.has(joined)) return true;
  }
  return false;
}
