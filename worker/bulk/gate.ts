// Lets so many addresses of lists through at once in this process, first come first served. Who stops waiting takes no place.

export class Gate {
  private free: number;
  private readonly waiting: { enter: (isIn: boolean) => void; signal: AbortSignal }[] = [];

  constructor(atOnce: number) {
    this.free = atOnce;
  }

  /** False when the signal came first. */
  enter(signal: AbortSignal): Promise<boolean> | boolean {
    if (signal.aborted) return false;
    if (this.free > 0) {
      this.free--;
      return true;
    }
    return new Promise((enter) => this.waiting.push({ enter, signal }));
  }

  leave(): void {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      next.enter(!next.signal.aborted);
      if (!next.signal.aborted) return;
    }
    this.free++;
  }
}
