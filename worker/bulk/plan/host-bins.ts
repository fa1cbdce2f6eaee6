// Rows that wait for others of the same mail host until they fill a chunk. Promises chunks of at most the limit, rows of one host
// together as far as memory reaches, and hosts with few rows packed into shared chunks. Pure.
import { MIXED_HOST_KEY, type NewChunk } from '@/lib/data/list-chunks';
import type { DomainKey } from '@/lib/data/list-plan';
import { CHUNK_MAX_ADDRESSES, PLAN_OWN_CHUNK_MIN_ROWS } from '@/lib/domain/limits';

interface Entry extends DomainKey {
  rows: readonly number[];
}

export interface Packed {
  chunks: NewChunk[];
  /** Whose rows they are. */
  domains: DomainKey[];
}

export class HostBins {
  private readonly bins = new Map<string, Entry[]>();
  private waiting = 0;

  /** Rows that wait. */
  get size(): number {
    return this.waiting;
  }

  /** Returns the chunks that are full now. */
  add(hostKey: string, entry: Entry): Packed {
    const bin = this.bins.get(hostKey) ?? [];
    this.bins.set(hostKey, bin);
    bin.push(entry);
    this.waiting += entry.rows.length;
    return countRows(bin) >= CHUNK_MAX_ADDRESSES ? this.take([hostKey]) : EMPTY;
  }

  /** Everything that waits: hosts with enough rows by themselves, the others together. */
  flush(): Packed {
    return this.take([...this.bins.keys()]);
  }

  private take(hostKeys: readonly string[]): Packed {
    const packed: Packed = { chunks: [], domains: [] };
    const few: number[] = [];
    for (const hostKey of hostKeys) {
      const bin = this.bins.get(hostKey) ?? [];
      this.bins.delete(hostKey);
      const rows = bin.flatMap((entry) => entry.rows);
      this.waiting -= rows.length;
      packed.domains.push(...bin.map(({ domain, no }) => ({ domain, no })));
      if (rows.length < PLAN_OWN_CHUNK_MIN_ROWS) few.push(...rows);
      else packed.chunks.push(...inChunks(rows, hostKey));
    }
    packed.chunks.push(...inChunks(few, MIXED_HOST_KEY));
    return packed;
  }
}

const EMPTY: Packed = { chunks: [], domains: [] };

const countRows = (bin: readonly Entry[]): number => bin.reduce((sum, { rows }) => sum + rows.length, 0);

function inChunks(rows: readonly number[], hostKey: string): NewChunk[] {
  // As even as they come: 501 rows are two chunks of 251 and 250, not one of 500 and a straggler.
  const count = Math.ceil(rows.length / CHUNK_MAX_ADDRESSES);
  return Array.from({ length: count }, (_, at) => ({
    rows: rows.slice(Math.floor((at * rows.length) / count), Math.floor(((at + 1) * rows.length) / count)),
    hostKey,
    lane: 'main' as const,
    notBefore: null,
  }));
}
