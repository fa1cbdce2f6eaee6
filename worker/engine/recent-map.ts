// A map that remembers what was used lately and never grows past its bound. Two halves: when the young one is full, or as old as anything
// may become, the old one is dropped whole. Taking the oldest out of one map instead would walk over the holes of all that were taken
// before, each time.

export interface Forgetting<V> {
  /** Kept for so long after its last use, and at most twice as long once something new comes; `now` in epoch ms. */
  after?: { ms: number; now: () => number };
  /** Not dropped with its half, as far as a quarter of the room goes. */
  isToStay?: (value: V) => boolean;
}

export class RecentMap<K, V> {
  private young = new Map<K, V>();
  private old = new Map<K, V>();
  private youngSince = Number.NEGATIVE_INFINITY;

  /** Holds at least half of `maxEntries` (a quarter, where the rest has to stay) of what is not too old, and never more. */
  constructor(
    private readonly maxEntries: number,
    private readonly forgetting: Forgetting<V> = {},
  ) {}

  get size(): number {
    return this.young.size + this.old.size;
  }

  /** Reading is using. */
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
