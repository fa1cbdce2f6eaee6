// What one row of a file holds for us: the address in its cell, read once, or why there is none. A cell with an @ sign is meant as an
// address, however wrong it is: it gets its verdict. `Name <address>` and `mailto:address` are read as the address they hold.
import { parseAddress, trimAddress, type Address } from './address';
import { ADDRESS_INPUT_MAX_CHARS } from './limits';
import type { RowProblem } from './list';

export interface RowAddress {
  problem: null;
  /** In normal form; as given, cut, where it is no address. */
  email: string;
  /** A-label domain; empty where the address is none. */
  domain: string;
  canonical: string;
}

export interface RejectedCell {
  problem: RowProblem;
  /** What stood in the cell, cut. */
  email: string;
}

const IN_BRACKETS = /<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>\s*$/i;
const MAILTO = /^mailto:/i;
const NUL = '\0';
/** No text in PostgreSQL; a control character like it keeps the address as invalid as it was. */
const STAND_IN = '\u0001';

export function readAddressCell(cell: string, mustHaveAt: boolean): RowAddress | RejectedCell {
  const parsed = parseAddress(cell);
  if (parsed.ok) return toRowAddress(parsed.address);
  const kept = trimAddress(cell.slice(0, ADDRESS_INPUT_MAX_CHARS)).replaceAll(NUL, STAND_IN);
  if (mustHaveAt && kept === '') return { problem: 'blank', email: '' };
  if (mustHaveAt && !kept.includes('@')) return { problem: 'no_address', email: kept };
  const inner = IN_BRACKETS.exec(kept)?.[1] ?? (MAILTO.test(kept) ? kept.replace(MAILTO, '') : null);
  const second = inner === null ? parsed : parseAddress(inner);
  return second.ok ? toRowAddress(second.address) : { problem: null, email: kept, domain: '', canonical: kept };
}

const toRowAddress = ({ normalized, domain, canonical }: Address): RowAddress => ({
  problem: null,
  email: normalized,
  domain,
  canonical,
});
