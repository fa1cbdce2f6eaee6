// Automatic purchases. The database lets a workspace have one that is pending; whoever comes second is told.
import { isPackId, type PackId } from '@/lib/domain/plans';
import { newId } from '@/lib/ids';
import { db, type Tx } from './_client';
import type { Scope } from './scope';

export interface AutoTopUp {
  id: string;
  workspaceId: string;
  pack: PackId;
  state: 'pending' | 'paid' | 'failed';
}

const SELECT = { id: true, workspaceId: true, pack: true, state: true } as const;
const STATES = ['pending', 'paid', 'failed'] as const;

function toTopUp(row: { id: string; workspaceId: string; pack: string; state: string } | null): AutoTopUp | null {
  const state = STATES.find((word) => word === row?.state);
  return row && state && isPackId(row.pack) ? { ...row, pack: row.pack, state } : null;
}

export async function findPendingTopUp({ workspaceId }: Scope, tx: Tx = db()): Promise<AutoTopUp | null> {
  return toTopUp(await tx.autoTopUp.findFirst({ where: { workspaceId, state: 'pending' }, select: SELECT }));
}

export async function findTopUp({ workspaceId }: Scope, id: string): Promise<AutoTopUp | null> {
  return toTopUp(await db().autoTopUp.findFirst({ where: { id, workspaceId }, select: SELECT }));
}

/** Purchases begun since then that were not refused. */
export async function countTopUps({ workspaceId }: Scope, since: Date, tx: Tx): Promise<number> {
  return tx.autoTopUp.count({ where: { workspaceId, createdAt: { gte: since }, state: { not: 'failed' } } });
}

export async function insertTopUp({ workspaceId }: Scope, pack: PackId, tx: Tx): Promise<AutoTopUp> {
  const id = newId('autoTopUp');
  await tx.autoTopUp.create({ data: { id, workspaceId, pack }, select: { id: true } });
  return { id, workspaceId, pack, state: 'pending' };
}

/** False when it had ended before. */
export async function endTopUp(
  { workspaceId }: Scope,
  end: { id: string; state: 'paid' | 'failed'; invoiceId: string | null },
  tx: Tx,
): Promise<boolean> {
  const { count } = await tx.autoTopUp.updateMany({
    where: { id: end.id, workspaceId, state: 'pending' },
    data: { state: end.state, invoiceId: end.invoiceId, endedAt: new Date() },
  });
  return count > 0;
}

/** Purchases that were begun before then and did not end: a crash, or Stripe was away. */
export async function listStuckTopUps(before: Date, take: number): Promise<AutoTopUp[]> {
  const rows = await db().autoTopUp.findMany({
    where: { state: 'pending', createdAt: { lt: before } },
    orderBy: { createdAt: 'asc' },
    take,
    select: SELECT,
  });
  return rows.map(toTopUp).filter((row) => row !== null);
}
