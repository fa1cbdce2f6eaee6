// Who belongs to which workspace. A person's first workspace, by age, is the one their session works in.
import { newId } from '@/lib/ids';
import { db, type Tx } from './_client';
import type { Scope } from './scope';

export interface Membership {
  workspaceId: string;
  workspaceName: string;
  role: string;
}

export interface WorkspaceMembers {
  workspaceId: string;
  members: { userId: string; role: string }[];
}

/** Workspaces of one person that are looked at when the account is deleted. */
const MAX_WORKSPACES = 1_000;
const MAX_OWNERS = 100;

export async function findFirstMembership(userId: string, tx: Tx = db()): Promise<Membership | null> {
  const row = await tx.membership.findFirst({
    where: { userId },
    orderBy: [{ createdAt: 'asc' }, { workspaceId: 'asc' }],
    select: { workspaceId: true, role: true, workspace: { select: { name: true } } },
  });
  return row && { workspaceId: row.workspaceId, workspaceName: row.workspace.name, role: row.role };
}

/** A workspace with its owner, or nothing of either. */
export async function createOwnedWorkspace(userId: string, name: string, tx: Tx): Promise<{ workspaceId: string }> {
  const workspaceId = newId('workspace');
  await tx.workspace.create({ data: { id: workspaceId, name }, select: { id: true } });
  await tx.membership.create({ data: { workspaceId, userId, role: 'owner' }, select: { userId: true } });
  return { workspaceId };
}

export async function listWorkspacesOf(userId: string, tx: Tx): Promise<WorkspaceMembers[]> {
  const rows = await tx.workspace.findMany({
    where: { memberships: { some: { userId } } },
    select: { id: true, memberships: { select: { userId: true, role: true } } },
    take: MAX_WORKSPACES,
  });
  return rows.map((row) => ({ workspaceId: row.id, members: row.memberships }));
}

/**
 * Everything the workspaces own goes with them. Takes its locks in the order of those who finish and start checks (check,
 * balance, workspace), so that it waits for them instead of ending in a deadlock with them.
 */
export async function deleteWorkspaces(workspaceIds: string[], tx: Tx): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "Verification" WHERE "workspaceId" = ANY(${workspaceIds}::text[]) AND "status" = 'pending' ORDER BY "id" FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "CreditBalance" WHERE "workspaceId" = ANY(${workspaceIds}::text[]) ORDER BY "workspaceId" FOR UPDATE`;
  await tx.workspace.deleteMany({ where: { id: { in: workspaceIds } } });
}

/** Null for somebody who is no member. */
export async function findRole({ workspaceId }: Scope, userId: string): Promise<string | null> {
  const row = await db().membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true },
  });
  return row?.role ?? null;
}

/** Where the owners of a workspace read their mail. */
export async function listOwnerEmails({ workspaceId }: Scope): Promise<string[]> {
  const rows = await db().membership.findMany({
    where: { workspaceId, role: 'owner' },
    orderBy: { createdAt: 'asc' },
    take: MAX_OWNERS,
    select: { user: { select: { email: true } } },
  });
  return rows.map((row) => row.user.email);
}
