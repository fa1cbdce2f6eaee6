// Workspaces: the owners of everything. Promises that a workspace never comes without its row in the ledger's balances.
import { DEFAULT_POLICY, isPolicyName, type PolicyName } from '@/lib/domain/recommendation';
import { newId } from '@/lib/ids';
import { db, type Tx } from './_client';
import type { Scope } from './scope';

export interface WorkspaceSettings {
  name: string;
  plan: string;
  policy: PolicyName;
}

export async function createWorkspace(input: { name: string; plan?: string }, tx: Tx): Promise<Scope> {
  const workspaceId = newId('workspace');
  await tx.workspace.create({ data: { id: workspaceId, name: input.name, plan: input.plan ?? 'free' }, select: { id: true } });
  await tx.creditBalance.create({ data: { workspaceId }, select: { workspaceId: true } });
  return { workspaceId };
}

export async function findWorkspace({ workspaceId }: Scope): Promise<WorkspaceSettings | null> {
  const row = await db().workspace.findUnique({ where: { id: workspaceId }, select: { name: true, plan: true, policy: true } });
  return row && { name: row.name, plan: row.plan, policy: isPolicyName(row.policy) ? row.policy : DEFAULT_POLICY };
}
