// A person's own workspace with the Free plan's first monthly grant, as a ledger entry. Joins the caller's transaction, so
// that there is never a person without workspace or a workspace without its grant. The later grants are a scheduled job's.
import { createOwnedWorkspace } from '@/lib/data/memberships';
import type { Tx } from '@/lib/data/transaction';
import { grantMonth } from './ledger/grant-month';

const MAX_NAME_CHARS = 64;

export async function makePersonalWorkspace(userId: string, email: string, tx: Tx): Promise<{ workspaceId: string }> {
  const { workspaceId } = await createOwnedWorkspace(userId, workspaceName(email), tx);
  await grantMonth({ workspaceId }, new Date(), tx);
  return { workspaceId };
}

const workspaceName = (email: string): string => `${email.slice(0, email.lastIndexOf('@')).slice(0, MAX_NAME_CHARS)}’s workspace`;
