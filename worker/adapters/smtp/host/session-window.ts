// How many sessions one set of mail hosts gets at once, as TCP finds out what a path bears: twice as many after each round of sessions that
// was served clean, from `carefully` on one more a round, so that a host which bears fewer refuses one connection and no crowd of them; one
// again after a session was cut short. Only what a host shows counts; what it says it bears is kept by `HostMemory`.

/** Doubling ends here: one connection too many at a time is a fair way to ask. */
const CAREFULLY_FROM = 4;

export class SessionWindow {
  /** Sessions of this round that were served clean. */
  private served = 0;

  constructor(
    private size: number,
    private readonly most: number,
  ) {
    this.size = Math.min(size, most);
  }

  get sessions(): number {
    return this.size;
  }

  /** All of a group were answered, and nothing was said about us. */
  grow(): void {
    this.served += 1;
    if (this.served < this.size) return;
    this.served = 0;
    const next = this.size < CAREFULLY_FROM ? this.size * 2 : this.size + 1;
    this.size = Math.min(this.most, next);
  }

  /** A session was cut short, or we were told to slow down. */
  cut(): void {
    this.size = 1;
    this.served = 0;
  }
}
