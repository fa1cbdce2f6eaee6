// Makes one table of the disposable domains of three npm packages; the value of a domain is a bit for each package that
// names it. Leaves out what is not a mail domain (bare public suffixes, under which strangers live), relay services, free
// mailbox providers and known mistakes of the lists. Making it takes longer than everything else at a start of the command line, so the
// build makes it once. Keeps no copy of the packages' own data in memory.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getDomain } from 'tldts';
import { toDomainName } from '@/lib/verdict/address';
import { DomainTable } from './domain-table';
import { DISPOSABLE_SOURCES } from './sources.data';

export type SourceName = (typeof DISPOSABLE_SOURCES)[number]['package'];

const load = createRequire(import.meta.url);
const ASCII_NAME = /^[a-z0-9.-]+$/;

const READERS: Readonly<Record<SourceName, () => Iterable<unknown>>> = {
  'disposable-email-domains': () => [
    ...readJson('disposable-email-domains/index.json'),
    ...readJson('disposable-email-domains/wildcard.json'),
  ],
  mailchecker: readMailchecker,
  'disposable-email-domains-js': () => readJson('disposable-email-domains-js/dist/dict/disposable_email_blocklist.json'),
};

/** How many domains a package names. */
export const countSource = (name: SourceName): number => new Set(READERS[name]()).size;

/** Beside the bundle, where `npm run build` wrote it; beside this file there is none. */
const PREPARED = new URL('disposable.table', import.meta.url);

export function loadDisposable(isExcepted: (domain: string) => boolean): DomainTable {
  return readPrepared() ?? makeDisposable(isExcepted);
}

function readPrepared(): DomainTable | null {
  try {
    return DomainTable.fromBytes(readFileSync(PREPARED));
  } catch {
    return null;
  }
}

export function makeDisposable(isExcepted: (domain: string) => boolean): DomainTable {
  const bits = new Map<string, number>();
  DISPOSABLE_SOURCES.forEach((source, index) => {
    for (const entry of READERS[source.package]()) {
      const domain = typeof entry === 'string' ? normalize(entry) : null;
      if (domain !== null) bits.set(domain, (bits.get(domain) ?? 0) | (1 << index));
    }
  });
  for (const domain of bits.keys()) {
    if (isExcepted(domain) || getDomain(domain, { allowPrivateDomains: true }) === null) bits.delete(domain);
  }
  return DomainTable.of(bits);
}

/** The first source, in the order of DISPOSABLE_SOURCES, whose bit is set. */
export const sourceOf = (bits: number) => DISPOSABLE_SOURCES.find((_, index) => (bits & (1 << index)) !== 0) ?? null;

const normalize = (entry: string): string | null => (ASCII_NAME.test(entry) ? entry : (toDomainName(entry)?.ascii ?? null));

/** Read as a file and not required, so that the module cache does not hold on to it. */
function readJson(file: string): readonly unknown[] {
  const value: unknown = JSON.parse(readFileSync(load.resolve(file), 'utf8'));
  if (!Array.isArray(value)) throw new Error(`${file} is not a list of domains`);
  return value;
}

/** The package is a program with its list inside: run it, take the list, let go of the program. */
function readMailchecker(): Iterable<unknown> {
  const file = load.resolve('mailchecker');
  const program: unknown = load(file);
  Reflect.deleteProperty(load.cache, file);
  if (!isBlacklist(program)) throw new Error('mailchecker has no blacklist()');
  return program.blacklist();
}

const isBlacklist = (value: unknown): value is { blacklist(): Set<unknown> } =>
  typeof value === 'object' && value !== null && 'blacklist' in value && typeof value.blacklist === 'function';
