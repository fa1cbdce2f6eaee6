// A person's own workspace, and the request for its free credits.
import type { Tx } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { createOwnedWorkspace } from './store/workspaces';

const MAX_NAME_CHARS = 64;

/**
 * In the caller's transaction, so that a person is never without a workspace. Requests the Free plan's first monthly credits: the
 * worker grants them or records why not. A scheduled job grants those of later months.
 */
export async function makePersonalWorkspace(userId: string, email: string, tx: Tx): Promise<{ workspaceId: string }> {
  const { workspaceId } = await createOwnedWorkspace(userId, workspaceName(email), tx);
  await enqueueFreeCredits({ workspaceId }, tx);
  return { workspaceId };
}

export const workspaceName = (email: string): string =>
  `${email.slice(0, email.lastIndexOf('@')).slice(0, MAX_NAME_CHARS)}’s workspace`;

/**
 * For a new workspace, or one whose owner has a new address; the worker has the lists to judge the mailbox by. `areGiven`: the
 * operator has granted them already.
 */
export const enqueueFreeCredits = ({ workspaceId }: Scope, tx: Tx, areGiven = false): Promise<void> =>
  enqueue('give-free-credits', { workspaceId, areGiven }, { jobKey: `free-credits:${workspaceId}` }, tx);
