// Sorts the rows of a file as they come: which are verified, which repeat one further up and which one that is, which are rejected and
// why; and counts them. The same rows in the same order always give the same answer.
import { ROW_KIND, type RowKind, type RowProblem } from './list';
import { readAddressCell } from './list-row';
import { SeenAddresses } from './seen-addresses';

export interface SortedRow {
  n: number;
  email: string;
  domain: string;
  kind: RowKind;
  /** The row that is verified for this one; null for others than duplicates. */
  first: number | null;
  problem: RowProblem | null;
}

export interface RowCounts {
  rows: number;
  unique: number;
  exactDuplicates: number;
  canonicalDuplicates: number;
  /** Of the unique ones. */
  syntaxInvalid: number;
  rejected: number;
}

export interface SortRowsOptions {
  /** Of the address, from 0. */
  column: number;
  /** Every cell of the column is meant as an address, without an @ sign or even empty. */
  takesAnything?: boolean;
}

export class RowSorter {
  readonly counts: RowCounts = {
    rows: 0,
    unique: 0,
    exactDuplicates: 0,
    canonicalDuplicates: 0,
    syntaxInvalid: 0,
    rejected: 0,
  };
  /** By canonical form: twice the first row's number, plus one once the form itself was spelt. All other spellings stand beside. */
  private readonly mailboxes = new SeenAddresses();
  private readonly spellings = new SeenAddresses();

  constructor(private readonly options: SortRowsOptions) {}

  /** `problem`: the row could not be read as it should. */
  sort(cells: readonly string[], problem: RowProblem | null = null): SortedRow {
    const n = ++this.counts.rows;
    const cell = cells[this.options.column];
    if (problem !== null) return this.reject(n, problem, cell ?? '');
    if (cell === undefined) return this.reject(n, 'cell_missing', '');
    const read = readAddressCell(cell, this.options.takesAnything !== true);
    if (read.problem !== null) return this.reject(n, read.problem, read.email);
    const { email, domain, canonical } = read;
    // A blank tells a text without a domain from every canonical form.
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

  /** Whether this very spelling stood further up; it is remembered. */
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
