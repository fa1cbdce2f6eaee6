// Called in the transaction in which credits become free to spend: lists of the workspace that are paused for want of them go on.
// Promises to add nothing where no list waits. Call it after the balance was changed: whoever pauses a list holds the balance's lock
// until the list says so, so none is overlooked.
import { hasListsOutOfCredits } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';
import { resumeJobKey } from './list-keys';

export async function enqueueResume(scope: Scope, tx: Tx): Promise<void> {
  if (!(await hasListsOutOfCredits(scope, tx))) return;
  const { workspaceId } = scope;
  await enqueue('resume-lists', { workspaceId }, { jobKey: resumeJobKey(workspaceId), priority: 'retry' }, tx);
}
