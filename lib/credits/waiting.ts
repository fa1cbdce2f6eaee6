// Lists that wait for credits, or for more free answers, go on by a job that is added in the transaction that frees credits or changes
// the plan. Adds nothing where no list waits. Call it after the balance has changed: whoever pauses a list holds the balance's lock
// until the list is paused, so that none is missed.
import type { Tx } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { hasWaitingLists } from './store/usage';

export const resumeJobKey = (workspaceId: string): string => `resume-lists:${workspaceId}`;

export async function enqueueResume(scope: Scope, tx: Tx): Promise<void> {
  if (!(await hasWaitingLists(scope, tx))) return;
  const { workspaceId } = scope;
  await enqueue('resume-lists', { workspaceId }, { jobKey: resumeJobKey(workspaceId), priority: 'retry' }, tx);
}
