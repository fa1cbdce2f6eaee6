// Queues the job that resumes a workspace's waiting lists, in the transaction that frees credits or changes the plan. Promises
// to add nothing where no list waits. Call it after the balance has changed: whoever pauses a list holds the balance's lock
// until the list is paused, so that none is missed.
import { hasWaitingLists } from './store/run';
import type { Scope } from '@/lib/platform/scope';
import type { Tx } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { resumeJobKey } from './keys';

export async function enqueueResume(scope: Scope, tx: Tx): Promise<void> {
  if (!(await hasWaitingLists(scope, tx))) return;
  const { workspaceId } = scope;
  await enqueue('resume-lists', { workspaceId }, { jobKey: resumeJobKey(workspaceId), priority: 'retry' }, tx);
}
