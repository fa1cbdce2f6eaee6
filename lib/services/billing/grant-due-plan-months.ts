// The scheduled grants of yearly plans: each month of a paid year that has begun, of subscriptions that still run. Monthly plans need
// no schedule: their invoice brings the grant. One transaction a workspace; a run that dies halfway is taken up by the next.
import { listRunningYears, type RunningYear } from '@/lib/data/plan-periods';
import { inTransaction } from '@/lib/data/transaction';
import { grantPlanMonth } from './grant-plan-month';

const BATCH_SIZE = 500;

/** Number of grants made. */
export async function grantDuePlanMonths(now: Date): Promise<number> {
  let granted = 0;
  for (let after: RunningYear | null = null; ;) {
    const page: RunningYear[] = await listRunningYears(now, { after, take: BATCH_SIZE });
    for (const { workspaceId, period } of page) {
      if ((await inTransaction((tx) => grantPlanMonth({ workspaceId }, { period, now }, tx))) > 0) granted++;
    }
    const last = page.at(-1);
    if (last === undefined) return granted;
    after = last;
  }
}
