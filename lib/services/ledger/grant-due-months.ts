// The scheduled grants: every workspace of the Free plan that has not got this month's credits gets them. Works in batches
// of a bounded size, one transaction a workspace, so a run that dies halfway is taken up by the next.
import { listWorkspacesDueGrant } from '@/lib/data/ledger-schedule';
import { inTransaction } from '@/lib/data/transaction';
import { grantMonth } from './grant-month';
import { monthlyPeriod } from './monthly-period';

const BATCH_SIZE = 500;

/** Number of grants made. */
export async function grantDueMonths(now: Date): Promise<number> {
  const period = monthlyPeriod(now);
  let granted = 0;
  for (let afterId = ''; ;) {
    const ids = await listWorkspacesDueGrant('free', period.name, { afterId, take: BATCH_SIZE });
    for (const workspaceId of ids) {
      if (await inTransaction((tx) => grantMonth({ workspaceId }, now, tx))) granted++;
      afterId = workspaceId;
    }
    if (ids.length < BATCH_SIZE) return granted;
  }
}
