// Accounts and workspaces that are scheduled for deletion: what they may still do, and what goes with the person. Everything in
// the app that starts work or buys asks `requireOpen` first; API keys are refused when they authenticate. Workspaces without
// other members go with the person; one that stays must keep an owner.
import type { Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import type { Scope } from '@/lib/platform/scope';
import { findClosesAt, type WorkspaceMembers } from './store/workspaces';

export const CLOSING_DETAIL = 'Your account is scheduled for deletion. Keep your account first; then this works again.';

export const LAST_OWNER_DETAIL = 'You are the last owner of a workspace with other members. Make somebody else an owner first.';

/** Refuses with `conflict` while the workspace is scheduled for deletion. */
export async function requireOpen(scope: Scope, tx?: Tx): Promise<Result<null>> {
  return (await findClosesAt(scope, tx)) === null ? ok(null) : fail('conflict', { detail: CLOSING_DETAIL });
}

/** The workspaces that go with the person: nobody else is a member. */
export const ownWorkspaces = (workspaces: readonly WorkspaceMembers[], userId: string): string[] =>
  workspaces.filter((workspace) => isAlone(workspace, userId)).map(({ workspaceId }) => workspaceId);

/** Whether each workspace that stays has another owner. */
export const leavesOwners = (workspaces: readonly WorkspaceMembers[], userId: string): boolean =>
  workspaces
    .filter((workspace) => !isAlone(workspace, userId))
    .every(({ members }) => members.some((member) => member.role === 'owner' && member.userId !== userId));

const isAlone = ({ members }: WorkspaceMembers, userId: string): boolean => members.every((member) => member.userId === userId);
