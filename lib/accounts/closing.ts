// Accounts and workspaces that are scheduled for deletion: what they may still do, and what goes with the person. Everything in
// the app that starts work or buys asks `requireOpen` first; API keys are refused when they authenticate. What runs already (lists,
// a subscription) follows by a job, in which each noun takes part. Workspaces without other members go with the person; one that
// stays must keep an owner.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { findClosesAt, type WorkspaceMembers } from './store/workspaces';

const HOUR_MS = 3_600_000;

export const CLOSING_DETAIL = 'Your account is scheduled for deletion. Keep your account first; then this works again.';

export const LAST_OWNER_DETAIL = 'You are the last owner of a workspace with other members. Make somebody else an owner first.';

/** Refuses with `conflict` while the workspace is scheduled for deletion. */
export async function requireOpen(scope: Scope, tx?: Tx): Promise<Result<null>> {
  return (await findClosesAt(scope, tx)) === null ? ok(null) : fail('conflict', { detail: CLOSING_DETAIL });
}

/** When the workspace is to be deleted; null if it is not. */
export const getClosesAt = (scope: Scope, tx?: Tx): Promise<Date | null> => findClosesAt(scope, tx);

/** In the transaction that schedules the deletion, or undoes it. */
export const enqueueSettleClosing = ({ workspaceId }: Scope, tx: Tx): Promise<void> =>
  enqueue('settle-closing', { workspaceId }, { jobKey: `settle-closing:${workspaceId}`, priority: 'interactive' }, tx);

/** All tries of the job failed, because Stripe was down: the next one is in an hour. */
export function settleClosingLater({ workspaceId }: Scope, now: Date): Promise<void> {
  const options = {
    jobKey: `settle-closing:${workspaceId}:again`,
    priority: 'retry',
    runAt: new Date(now.getTime() + HOUR_MS),
  } as const;
  return inTransaction((tx) => enqueue('settle-closing', { workspaceId }, options, tx));
}

/** The workspaces that go with the person: nobody else is a member. */
export const ownWorkspaces = (workspaces: readonly WorkspaceMembers[], userId: string): WorkspaceMembers[] =>
  workspaces.filter((workspace) => isAlone(workspace, userId));

/** Whether each workspace that stays has another owner. */
export const leavesOwners = (workspaces: readonly WorkspaceMembers[], userId: string): boolean =>
  workspaces
    .filter((workspace) => !isAlone(workspace, userId))
    .every(({ members }) => members.some((member) => member.role === 'owner' && member.userId !== userId));

const isAlone = ({ members }: WorkspaceMembers, userId: string): boolean => members.every((member) => member.userId === userId);
