// Reads and classifies the rows of a file: the address in each cell, or why there is none, and which rows repeat an earlier one.
// A cell with an @ sign is taken as an address, however wrong, and gets a verdict. `Name <address>` and `mailto:address` are read
// as the address they hold, and an address followed by a comma or semicolon (`a@x;`) as the address before it. The same rows in
// the same order always give the same result.
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import { type Address, parseAddress, trimAddress } from '@/lib/verdict/address';
import { trimSeparators } from '@/lib/verdict/split-addresses';
import { ROW_KIND, type RowKind, type RowProblem } from './list';

export interface SortedRow {
  n: number;
  email: string;
  domain: string;
  kind: RowKind;
  /** The row that is verified in place of this one; null unless this is a duplicate. */
  first: number | null;
  problem: RowProblem | null;
}

export interface RowCounts {
  rows: number;
  unique: number;
  exactDuplicates: number;
  canonicalDuplicates: number;
  /** Of the unique rows. */
  syntaxInvalid: number;
  rejected: number;
  /** Rows of the file that hold several addresses; each address is counted above as a row. */
  severalAddresses: number;
}

/** Adds the size of the cells' text in UTF-8: what the rows take of the plan's storage. */
export interface LoadedCounts extends RowCounts {
  bytes: number;
}

export interface SortRowsOptions {
  /** Index of the address column, from 0. */
  column: number;
  /** Takes every cell of the column as an address, even an empty one or one without an @ sign. */
  takesAnything?: boolean;
}

/**
 * Classifies rows in order: which are verified, which repeat which earlier row, and which are rejected and why. Counts them all.
 */
export class RowSorter {
  readonly counts: RowCounts = {
    rows: 0,
    unique: 0,
    exactDuplicates: 0,
    canonicalDuplicates: 0,
    syntaxInvalid: 0,
    rejected: 0,
    severalAddresses: 0,
  };
  /** By canonical form: twice the number of the first row, plus one once that exact spelling has been seen. */
  private readonly mailboxes = new SeenAddresses();
  /** All other spellings. */
  private readonly spellings = new SeenAddresses();

  constructor(private readonly options: SortRowsOptions) {}

  /** `problem`: why the row could not be read properly. `cell`: one address of the row's cell, if the cell holds several. */
  sort(cells: readonly string[], problem: RowProblem | null = null, cell = cells[this.options.column]): SortedRow {
    const n = ++this.counts.rows;
    if (problem !== null) return this.reject(n, problem, cell ?? '');
    if (cell === undefined) return this.reject(n, 'cell_missing', '');
    const read = readAddressCell(cell, this.options.takesAnything !== true);
    if (read.problem !== null) return this.reject(n, read.problem, read.email);
    const { email, domain, canonical } = read;
    // The leading space keeps text without a domain apart from every canonical form.
    const mailbox = domain === '' ? ` ${canonical}` : canonical;
    const known = this.mailboxes.find(mailbox);
    if (known !== 0) {
      const kind = this.isSeen(email, mailbox, known) ? ROW_KIND.exactDuplicate : ROW_KIND.canonicalDuplicate;
      this.counts[kind === ROW_KIND.exactDuplicate ? 'exactDuplicates' : 'canonicalDuplicates']++;
      return { n, email, domain, kind, first: known >>> 1, problem: null };
    }
    this.mailboxes.set(mailbox, n * 2 + (email === mailbox ? 1 : 0));
    if (email !== mailbox) this.spellings.set(email, n);
    this.counts.unique++;
    if (domain === '') this.counts.syntaxInvalid++;
    return { n, email, domain, kind: ROW_KIND.unique, first: null, problem: null };
  }

  /** Whether an earlier row had this exact spelling. Remembers the spelling. */
  private isSeen(email: string, mailbox: string, known: number): boolean {
    if (email === mailbox) {
      const isSeen = (known & 1) === 1;
      if (!isSeen) this.mailboxes.set(mailbox, known | 1);
      return isSeen;
    }
    if (this.spellings.find(email) !== 0) return true;
    this.spellings.set(email, 1);
    return false;
  }

  private reject(n: number, problem: RowProblem, email: string): SortedRow {
    this.counts.rejected++;
    return { n, email, domain: '', kind: ROW_KIND.rejected, first: null, problem };
  }
}

/** A row's cells are stored as a JSON array; any other JSON reads as no cells. */
export function cellsOf(text: string): string[] {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

export interface RowAddress {
  problem: null;
  /** In normal form; if it is not an address, the given text, truncated. */
  email: string;
  /** The domain as A-labels; empty if it is not an address. */
  domain: string;
  canonical: string;
}

export interface RejectedCell {
  problem: RowProblem;
  /** What the cell held, truncated. */
  email: string;
}

const IN_BRACKETS = /<\s*(?:mailto:)?("(?:[^"\\]|\\.)*"@[^<>\s]+|[^<>\s]+@[^<>\s]+)\s*>\s*$/i;
const MAILTO = /^mailto:/i;
const NUL = '\0';
/** PostgreSQL can't store NUL in text. Another control character in its place keeps the address equally invalid. */
const STAND_IN = '\u0001';

export function readAddressCell(cell: string, mustHaveAt: boolean): RowAddress | RejectedCell {
  const parsed = parseAddress(cell);
  if (parsed.ok) return toRowAddress(parsed.address);
  const kept = trimAddress(cell.slice(0, ADDRESS_INPUT_MAX_CHARS)).replaceAll(NUL, STAND_IN);
  if (mustHaveAt && kept === '') return { problem: 'blank', email: '' };
  if (mustHaveAt && !kept.includes('@')) return { problem: 'no_address', email: kept };
  const bare = trimSeparators(kept);
  const inner = IN_BRACKETS.exec(bare)?.[1] ?? bare.replace(MAILTO, '');
  const second = inner === kept ? parsed : parseAddress(inner);
  return second.ok ? toRowAddress(second.address) : { problem: null, email: kept, domain: '', canonical: kept };
}

const toRowAddress = ({ normalized, domain, canonical }: Address): RowAddress => ({
  problem: null,
  email: normalized,
  domain,
  canonical,
});

const FIRST_SLOTS = 1 << 10;
const WORDS_A_SLOT = 4;
const MAX_FILL = 0.7;

/**
 * Remembers which addresses of a file were seen, and in which row first. It keeps 96-bit fingerprints in flat typed arrays, 16
 * bytes per slot, so a million addresses take at most 64 MB whatever they look like. Two of a million addresses share a
 * fingerprint by chance once in 10^17 files.
 */
export class SeenAddresses {
  private slots: Uint32Array;
  private mask: number;
  private count = 0;
  private readonly print = new Uint32Array(3);

  constructor(slots = FIRST_SLOTS) {
    this.slots = new Uint32Array(slots * WORDS_A_SLOT);
    this.mask = slots - 1;
  }

  /** The number stored for this text, or 0 if the text is new. Numbers start at 1. */
  find(text: string): number {
    fingerprint(text, this.print);
    return this.slots[this.slotOf(this.print) + 3] ?? 0;
  }

  /** Stores a number, from 1, for a text. A known text gets the new number. */
  set(text: string, n: number): void {
    fingerprint(text, this.print);
    if (this.put(this.print, n) && ++this.count > (this.mask + 1) * MAX_FILL) this.grow();
  }

  /** True if the fingerprint is new. */
  private put(print: Uint32Array, n: number): boolean {
    const at = this.slotOf(print);
    const isNew = this.slots[at + 3] === 0;
    this.slots.set(print, at);
    this.slots[at + 3] = n;
    return isNew;
  }

  /** The slot of this fingerprint, or the free slot where it belongs. */
  private slotOf(print: Uint32Array): number {
    const { slots, mask } = this;
    const [a = 0, b, c] = print;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WORDS_A_SLOT;
      if (slots[at + 3] === 0 || (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c)) return at;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.mask = this.mask * 2 + 1;
    this.slots = new Uint32Array((this.mask + 1) * WORDS_A_SLOT);
    for (let at = 0; at < old.length; at += WORDS_A_SLOT) {
      const n = old[at + 3] ?? 0;
      if (n !== 0) this.put(old.subarray(at, at + 3), n);
    }
  }
}

/** Three multiply-and-mix hashes with different constants, in one pass over the text. */
function fingerprint(text: string, into: Uint32Array): void {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  let c = 0xc2b2ae35;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x5bd1e995);
    a ^= a >>> 15;
    b = Math.imul(b ^ code, 0x01000193) + c;
    c = Math.imul(c ^ (code + (b >>> 16)), 0x27d4eb2f);
  }
  into[0] = finish(a ^ text.length);
  into[1] = finish(b ^ a);
  into[2] = finish(c ^ b);
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
