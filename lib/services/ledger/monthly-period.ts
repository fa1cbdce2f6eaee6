// The period of a monthly grant: a calendar month, UTC. One key a workspace and month, so sign-up and the scheduled job
// can't both grant it.

export interface MonthlyPeriod {
  /** `YYYY-MM` */
  name: string;
  /** Start of the next month: this month's credits expire then and the next are given. */
  endsAt: Date;
}

export function monthlyPeriod(now: Date): MonthlyPeriod {
  return { name: now.toISOString().slice(0, 7), endsAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)) };
}

export const monthlySourceKey = (workspaceId: string, period: MonthlyPeriod): string => `monthly:${workspaceId}:${period.name}`;
