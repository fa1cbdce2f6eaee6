// Builds one table of the disposable domains of three npm packages; a domain's value has one bit for each package that lists it. Leaves out
// bare public suffixes (which are not mail domains, but have strangers' domains under them), relay services, free mailbox providers and
// known mistakes of the lists. Building it takes longer than everything else when the command line starts, so it is built once, by `npm run
// build`. Keeps no copy of the packages' data in memory.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getDomain } from 'tldts';
import { toDomainName } from '@/lib/verdict/address';

export type SourceName = (typeof DISPOSABLE_SOURCES)[number]['package'];

const load = createRequire(import.meta.url);
const ASCII_NAME = /^[a-z0-9.-]+$/;

const isBlacklist = (value: unknown): value is { blacklist(): Set<unknown> } =>
  typeof value === 'object' && value !== null && 'blacklist' in value && typeof value.blacklist === 'function';

const READERS: Readonly<Record<SourceName, () => Iterable<unknown>>> = {
  'disposable-email-domains': () => [
    ...readJson('disposable-email-domains/index.json'),
    ...readJson('disposable-email-domains/wildcard.json'),
  ],
  mailchecker: readMailchecker,
  'disposable-email-domains-js': () => readJson('disposable-email-domains-js/dist/dict/disposable_email_blocklist.json'),
};

/** The number of domains that a package lists. */
export const countSource = (name: SourceName): number => new Set(READERS[name]()).size;

/** `npm run build` writes it beside the bundle; there is none beside this source file. */
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

/** Reads the file instead of requiring it, so that the module cache does not keep it. */
function readJson(file: string): readonly unknown[] {
  const value: unknown = JSON.parse(readFileSync(load.resolve(file), 'utf8'));
  if (!Array.isArray(value)) throw new Error(`${file} is not a list of domains`);
  return value;
}

/** The package is a program that contains its list: run it, take the list, and drop it from the module cache. */
function readMailchecker(): Iterable<unknown> {
  const file = load.resolve('mailchecker');
  const program: unknown = load(file);
  Reflect.deleteProperty(load.cache, file);
  if (!isBlacklist(program)) throw new Error('mailchecker has no blacklist()');
  return program.blacklist();
}

// The sources of disposable domains: three npm packages, pinned in package.json. `published` is the day on which that version came out (by
// npm's record), which is the earliest day we can vouch for an entry. docs/lists.md shows the same figures; a test checks that this table,
// the installed packages and that page agree.
export interface ListSource {
  package: string;
  version: string;
  /** ISO date. */
  published: string;
  license: string;
}

export const DISPOSABLE_SOURCES = [
  { package: 'disposable-email-domains', version: '1.0.62', published: '2024-12-07', license: 'MIT' },
  { package: 'mailchecker', version: '6.0.21', published: '2026-07-18', license: 'MIT' },
  { package: 'disposable-email-domains-js', version: '1.26.0', published: '2026-09-21', license: 'CC0-1.0' },
] as const satisfies readonly ListSource[];

/** The day on which our own tables (relays, free providers, exceptions, role names, look-alikes) were last reviewed. */
export const OWN_TABLES_DATE = '2026-11-24';

// A read-only map from domain names to small numbers: an open-addressing table over a single string of all names. It takes about 25 bytes
// per name, where a Map takes 80. Answers are exact: the hash only finds the slot, then the name itself is compared. Names are lower-case
// A-labels.
interface Parts {
  names: string;
  ends: Uint32Array;
  values: Uint8Array;
  slots: Uint32Array;
}

/** Must change whenever the layout or the hash changes. */
const MARK = 0x44_54_30_31;
const HEAD_BYTES = 16;

export class DomainTable {
  readonly size: number;
  readonly #names: string;
  /** Where each name ends in `#names`; it starts where the previous one ends. */
  readonly #ends: Uint32Array;
  readonly #values: Uint8Array;
  /** 1 + the index of a name; 0 if the slot is empty. */
  readonly #slots: Uint32Array;
  readonly #mask: number;

  private constructor({ names, ends, values, slots }: Parts) {
    this.size = values.length;
    this.#names = names;
    this.#ends = ends;
    this.#values = values;
    this.#slots = slots;
    this.#mask = slots.length - 1;
  }

  static of(entries: ReadonlyMap<string, number>): DomainTable {
    const ends = new Uint32Array(entries.size + 1);
    const values = new Uint8Array(entries.size);
    const slots = new Uint32Array(2 ** Math.ceil(Math.log2(entries.size * 1.5 + 2)));
    const mask = slots.length - 1;
    // Goes through a buffer because a joined string may stay a rope, which keeps 150,000 small strings alive.
    const names = Buffer.from([...entries.keys()].join(''), 'latin1').toString('latin1');
    let index = 0;
    for (const [name, value] of entries) {
      ends[index + 1] = (ends[index] ?? 0) + name.length;
      values[index] = value;
      let slot = hash(name, 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = ++index;
    }
    return new DomainTable({ names, ends, values, slots });
  }

  /** For `fromBytes` of the same version, on a machine with the same byte order. */
  toBytes(): Uint8Array {
    const names = Buffer.from(this.#names, 'latin1');
    const head = new Uint32Array([MARK, this.size, this.#slots.length, names.length]);
    return Buffer.concat([head, this.#ends, this.#slots, this.#values, names].map(bytesOf));
  }

  /** Null if these are not the bytes of a table. */
  static fromBytes(bytes: Uint8Array): DomainTable | null {
    if (bytes.length < HEAD_BYTES) return null;
    // A copy, because a Node buffer may start at any offset and the numbers must be aligned.
    const { buffer } = new Uint8Array(bytes);
    const [mark, size = 0, slots = 0, chars = 0] = new Uint32Array(buffer, 0, HEAD_BYTES / 4);
    const slotsAt = HEAD_BYTES + 4 * (size + 1);
    const valuesAt = slotsAt + 4 * slots;
    if (mark !== MARK || valuesAt + size + chars !== bytes.length) return null;
    return new DomainTable({
      ends: new Uint32Array(buffer, HEAD_BYTES, size + 1),
      slots: new Uint32Array(buffer, slotsAt, slots),
      values: new Uint8Array(buffer, valuesAt, size),
      names: Buffer.from(buffer, valuesAt + size, chars).toString('latin1'),
    });
  }

  /** The value of exactly this name, or 0. */
  get(name: string): number {
    return this.#find(name, 0);
  }

  /** The value of this name or of the nearest parent that has one, or 0. Single labels are never looked up. */
  getWithParents(name: string): number {
    for (let from = 0, dot = name.indexOf('.'); dot !== -1; from = dot + 1, dot = name.indexOf('.', from)) {
      const value = this.#find(name, from);
      if (value !== 0) return value;
    }
    return 0;
  }

  #end(index: number): number {
    return this.#ends[index] ?? 0;
  }

  #find(name: string, from: number): number {
    const length = name.length - from;
    for (let slot = hash(name, from) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0) return 0;
      const start = this.#end(entry - 1);
      if (this.#end(entry) - start === length && this.#isAt(start, name, from)) return this.#values[entry - 1] ?? 0;
    }
  }

  #isAt(start: number, name: string, from: number): boolean {
    for (let i = from; i < name.length; i++) {
      if (this.#names.charCodeAt(start + i - from) !== name.charCodeAt(i)) return false;
    }
    return true;
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** 32-bit FNV-1a of the text from an index on. */
function hash(text: string, from: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}
