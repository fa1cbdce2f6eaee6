// How many things of a kind are under way in this process, in total and per workspace, client or other key. A slot is given back once,
// however often its function is called. Nobody waits for a slot: if none is free, the caller decides what to do.

export interface Slots {
  /** Returns a function that gives the slot back, or null if no slot is free. */
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
