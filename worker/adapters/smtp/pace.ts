// How many sessions may stand at once: by provider and in this process. Promises first come, first served within a provider, and
// that a full provider holds up nobody else. Idle sessions give way when somebody waits.

export interface PaceLimits {
  sessionsAProvider: number;
  sessionsInAll: number;
}

interface Waiting {
  provider: string | null;
  admit: () => void;
}

export class Pace {
  private inAll = 0;
  private readonly byProvider = new Map<string, number>();
  private waiting: Waiting[] = [];

  /** `makeRoom` closes an idle session, if there is one. */
  constructor(
    private readonly limits: PaceLimits,
    private readonly makeRoom: (provider: string | null) => void,
  ) {}

  /** Resolves with the call that gives the place back (a second one does nothing). */
  enter(provider: string | null): Promise<() => void> {
    return new Promise((resolve) => {
      const admit = (): void => {
        this.count(provider, 1);
        let isIn = true;
        resolve(() => {
          if (!isIn) return;
          isIn = false;
          this.count(provider, -1);
          this.admitNext();
        });
      };
      if (this.hasRoom(provider)) {
        admit();
        return;
      }
      this.waiting.push({ provider, admit });
      this.makeRoom(this.inAll < this.limits.sessionsInAll ? provider : null);
    });
  }

  /** Somebody waits for a place that the end of a session of this provider would give. */
  isWanted(provider: string | null): boolean {
    const isFull = this.inAll >= this.limits.sessionsInAll;
    return this.waiting.some((waiting) => isFull || waiting.provider === provider);
  }

  private hasRoom(provider: string | null): boolean {
    if (this.inAll >= this.limits.sessionsInAll) return false;
    return provider === null || (this.byProvider.get(provider) ?? 0) < this.limits.sessionsAProvider;
  }

  private count(provider: string | null, by: 1 | -1): void {
    this.inAll += by;
    if (provider === null) return;
    const held = (this.byProvider.get(provider) ?? 0) + by;
    if (held === 0) this.byProvider.delete(provider);
    else this.byProvider.set(provider, held);
  }

  private admitNext(): void {
    const at = this.waiting.findIndex(({ provider }) => this.hasRoom(provider));
    const [next] = at < 0 ? [] : this.waiting.splice(at, 1);
    next?.admit();
  }
}
