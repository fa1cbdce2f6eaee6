// How many of a kind are under way in this process at once, in all and of each workspace, client or whoever it is counted by. Promises
// that a slot is given back once, however often its giver is called. Nobody waits for a slot: if none is free, the caller decides what to do.

export interface Slots {
  /** Null when there is none free; else gives it back. */
  take(by: string): (() => void) | null;
}

export function createSlots({ total = Infinity, each }: { total?: number; each: number }): Slots {
  const taken = new Map<string, number>();
  let all = 0;
  const change = (by: string, step: 1 | -1): void => {
    all += step;
    const now = (taken.get(by) ?? 0) + step;
    if (now === 0) taken.delete(by);
    else taken.set(by, now);
  };
  return {
    take: (by) => {
      if (all >= total || (taken.get(by) ?? 0) >= each) return null;
      change(by, 1);
      let isBack = false;
      return () => {
        if (!isBack) change(by, -1);
        isBack = true;
      };
    },
  };
}
