// How many deliveries a worker makes at once, in all and for one workspace, so that slow receivers never hold all of a worker.
// Who finds no slot does not wait: the job goes back for a moment.

export interface DeliverySlots {
  /** Null when there is none free; else gives it back. */
  take(workspaceId: string): (() => void) | null;
}

export function createDeliverySlots({ total, aWorkspace }: { total: number; aWorkspace: number }): DeliverySlots {
  const taken = new Map<string, number>();
  let all = 0;
  const change = (workspaceId: string, by: 1 | -1): void => {
    all += by;
    const now = (taken.get(workspaceId) ?? 0) + by;
    if (now === 0) taken.delete(workspaceId);
    else taken.set(workspaceId, now);
  };
  return {
    take: (workspaceId) => {
      if (all >= total || (taken.get(workspaceId) ?? 0) >= aWorkspace) return null;
      change(workspaceId, 1);
      let isBack = false;
      return () => {
        if (!isBack) change(workspaceId, -1);
        isBack = true;
      };
    },
  };
}
