// Workspaces, their members, and scheduled deletions. A workspace is always created together with its row in the ledger's balances. A
// person's sessions work in their oldest workspace. While an account is scheduled for deletion, its workspaces start nothing new. Code
// that changes the deletion date holds the person's row locked (`lockUser`).
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import { type PolicyName, policyOf } from '@/lib/verdict/verdict';

export interface WorkspaceSettings {
  name: string;
  plan: string;
  policy: PolicyName;
}

export interface Membership {
  workspaceId: string;
  workspaceName: string;
  role: string;
}

export interface WorkspaceMembers {
  workspaceId: string;
  name: string;
  members: { userId: string; role: string }[];
}

/** Workspaces of one person that are considered when the account is deleted. */
const MAX_WORKSPACES = 1_000;
const MAX_OWNERS = 100;

export async function createWorkspace(input: { name: string; plan?: string }, tx: Tx): Promise<Scope> {
  const workspaceId = newId('workspace');
  await tx.workspace.create({ data: { id: workspaceId, name: input.name, plan: input.plan ?? 'free' }, select: { id: true } });
  await tx.creditBalance.create({ data: { workspaceId }, select: { workspaceId: true } });
  return { workspaceId };
}

export async function findWorkspace({ workspaceId }: Scope): Promise<WorkspaceSettings | null> {
  const row = await db().workspace.findUnique({ where: { id: workspaceId }, select: { name: true, plan: true, policy: true } });
  return row && { name: row.name, plan: row.plan, policy: policyOf(row.policy) };
}

export async function updateWorkspace({ workspaceId }: Scope, data: Pick<WorkspaceSettings, 'name' | 'policy'>): Promise<void> {
  await db().workspace.updateMany({ where: { id: workspaceId }, data });
}

export async function findFirstMembership(userId: string, tx: Tx = db()): Promise<Membership | null> {
  const row = await tx.membership.findFirst({
    where: { userId },
    orderBy: [{ createdAt: 'asc' }, { workspaceId: 'asc' }],
    select: { workspaceId: true, role: true, workspace: { select: { name: true } } },
  });
  return row && { workspaceId: row.workspaceId, workspaceName: row.workspace.name, role: row.role };
}

/** Creates the workspace and its owner together, or neither. */
export async function createOwnedWorkspace(userId: string, name: string, tx: Tx): Promise<{ workspaceId: string }> {
  const { workspaceId } = await createWorkspace({ name }, tx);
  await tx.membership.create({ data: { workspaceId, userId, role: 'owner' }, select: { userId: true } });
  return { workspaceId };
}

export async function listWorkspacesOf(userId: string, tx: Tx): Promise<WorkspaceMembers[]> {
  const rows = await tx.workspace.findMany({
    where: { memberships: { some: { userId } } },
    select: { id: true, name: true, memberships: { select: { userId: true, role: true } } },
    take: MAX_WORKSPACES,
  });
  return rows.map(({ id, name, memberships }) => ({ workspaceId: id, name, members: memberships }));
}

/**
 * Everything that the workspaces own is deleted with them. Locks in the same order as the code that finishes and starts checks (check,
 * balance, workspace), so that it waits for that code instead of deadlocking.
 */
export async function deleteWorkspaces(workspaceIds: string[], tx: Tx): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "Verification" WHERE "workspaceId" = ANY(${workspaceIds}::text[]) AND "status" = 'pending' ORDER BY "id" FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "CreditBalance" WHERE "workspaceId" = ANY(${workspaceIds}::text[]) ORDER BY "workspaceId" FOR UPDATE`;
  await tx.workspace.deleteMany({ where: { id: { in: workspaceIds } } });
}

/** Null for somebody who is not a member. */
export async function findRole({ workspaceId }: Scope, userId: string): Promise<string | null> {
  const row = await db().membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true },
  });
  return row?.role ?? null;
}

/** The owners' mail addresses. */
export async function listOwnerEmails({ workspaceId }: Scope): Promise<string[]> {
  const rows = await db().membership.findMany({
    where: { workspaceId, role: 'owner' },
    orderBy: { createdAt: 'asc' },
    take: MAX_OWNERS,
    select: { user: { select: { email: true } } },
  });
  return rows.map((row) => row.user.email);
}

/** When the account is to be deleted; null if it is not. */
export async function findDeletionAt(userId: string, tx: Tx = db()): Promise<Date | null> {
  return (await tx.user.findUnique({ where: { id: userId }, select: { deletionAt: true } }))?.deletionAt ?? null;
}

export async function setDeletionAt(userId: string, deletionAt: Date | null, tx: Tx): Promise<void> {
  await tx.user.updateMany({ where: { id: userId }, data: { deletionAt, deletionReminded: false } });
}

/** False if another process was faster. */
export async function markReminded(userId: string, tx: Tx): Promise<boolean> {
  const where = { id: userId, deletionAt: { not: null }, deletionReminded: false };
  return (await tx.user.updateMany({ where, data: { deletionReminded: true } })).count > 0;
}

/** Accounts whose waiting time is over at `now`, by id after `afterId`. */
export async function listDueDeletions(now: Date, page: { afterId: string; take: number }): Promise<string[]> {
  const where = { deletionAt: { lte: now }, id: { gt: page.afterId } };
  return (await db().user.findMany({ where, orderBy: { id: 'asc' }, take: page.take, select: { id: true } })).map(({ id }) => id);
}

/** Accounts whose waiting time is over by `until` and that were not reminded. */
export async function listUnreminded(until: Date, take: number): Promise<string[]> {
  const where = { deletionAt: { lte: until }, deletionReminded: false };
  return (await db().user.findMany({ where, orderBy: { id: 'asc' }, take, select: { id: true } })).map(({ id }) => id);
}

export async function findClosesAt({ workspaceId }: Scope, tx: Tx = db()): Promise<Date | null> {
  return (await tx.workspace.findUnique({ where: { id: workspaceId }, select: { closesAt: true } }))?.closesAt ?? null;
}

export async function setClosesAt(workspaceIds: string[], closesAt: Date | null, tx: Tx): Promise<void> {
  await tx.workspace.updateMany({ where: { id: { in: workspaceIds } }, data: { closesAt } });
}
