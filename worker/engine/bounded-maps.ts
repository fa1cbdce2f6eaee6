// Maps that never grow past their bound: one keeps what was used recently, the other what was set last.

export interface Forgetting<V> {
  /** An entry is kept for `ms` after its last use, and at most twice as long if new entries come. `now` returns epoch ms. */
  after?: { ms: number; now: () => number };
  /** Entries that are not dropped with their half, up to a quarter of the capacity. */
  isToStay?: (value: V) => boolean;
}

/**
 * It has two halves: when the young one is full or has reached the maximum age, the old one is dropped as a whole. Removing the oldest entry
 * from a single map instead would walk over the holes of all entries removed before, each time.
 */
export class RecentMap<K, V> {
  private young = new Map<K, V>();
  private old = new Map<K, V>();
  private youngSince = Number.NEGATIVE_INFINITY;

  /**
   * Holds at least half of `maxEntries` that are not too old (a quarter if other entries have to stay), and never more than the maximum.
   */
  constructor(
    private readonly maxEntries: number,
    private readonly forgetting: Forgetting<V> = {},
  ) {}

  get size(): number {
    return this.young.size + this.old.size;
  }

  /** Reading counts as a use. */
  get(key: K): V | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    this.old.delete(key);
    this.young.set(key, value);
    if (this.young.size * 2 >= this.maxEntries || this.isYoungOver()) this.turn();
  }

  delete(key: K): void {
    this.young.delete(key);
    this.old.delete(key);
  }

  private isYoungOver(): boolean {
    const { after } = this.forgetting;
    return after !== undefined && after.now() - this.youngSince >= after.ms;
  }

  private turn(): void {
    const dropped = this.old;
    this.old = this.young;
    this.young = new Map();
    const { after, isToStay } = this.forgetting;
    if (after !== undefined) this.youngSince = after.now();
    if (isToStay === undefined) return;
    for (const [key, value] of dropped) {
      if ((this.young.size + 1) * 4 > this.maxEntries) return;
      if (isToStay(value)) this.young.set(key, value);
    }
  }
}

/** The entry set longest ago is forgotten first. */
export class BoundedMap<K, V> {
  private readonly entries = new Map<K, V>();

  constructor(private readonly maxEntries: number) {}

  get size(): number {
    return this.entries.size;
  }
  get values(): readonly V[] {
    return [...this.entries.values()];
  }

  get(key: K): V | undefined {
    return this.entries.get(key);
  }

  delete(key: K): void {
    this.entries.delete(key);
  }

  set(key: K, value: V): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.maxEntries) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }
}
