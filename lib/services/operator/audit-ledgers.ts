// Lays the books of all workspaces side by side, a page of workspaces at a time, and names those that do not agree. They always should:
// this is for whoever runs the installation, who wants to hear of it before a customer does.
import { auditLedger } from '@/lib/data/ledger-audit';
import { listWorkspaceIds } from '@/lib/data/ledger-schedule';

const BATCH_SIZE = 500;

/** Ids of workspaces whose entries, grants or holds do not add up to their balance. */
export async function auditLedgers(): Promise<string[]> {
  const wrong: string[] = [];
  for (let afterId = ''; ;) {
    const ids = await listWorkspaceIds({ afterId, take: BATCH_SIZE });
    for (const workspaceId of ids) {
      const { balance, held, entries, remaining, openHolds } = await auditLedger({ workspaceId });
      if (entries !== balance || remaining !== balance || openHolds !== held) wrong.push(workspaceId);
      afterId = workspaceId;
    }
    if (ids.length < BATCH_SIZE) return wrong;
  }
}
