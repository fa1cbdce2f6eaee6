// The only place that moves a list from one status to another. A list only makes moves that are in the table of rules/list.ts:
// the update itself names the statuses that may come before. If two callers move a list at the same moment, the second finds it
// moved and changes nothing.
import type { Prisma } from '@/lib/platform/db/_prisma/client';
import type { Tx } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';
import { type ListStatus, statusesBefore } from '../rules/list';

/** What changes along with a list's status. */
export type AlongWithStatus = Pick<
  Prisma.ListUpdateManyMutationInput,
  'pauseReason' | 'pausedAt' | 'failure' | 'failureDetail' | 'startedAt' | 'finishedAt' | 'expiresAt' | 'expiryNoticeAt'
>;

export interface StatusMove extends AlongWithStatus {
  to: ListStatus;
}

/** False if the list's status may not move to this one, or if the workspace has no list with this id. */
export async function tryMoveStatus({ workspaceId }: Scope, id: string, { to, ...along }: StatusMove, tx: Tx): Promise<boolean> {
  const { count } = await tx.list.updateMany({
    where: { id, workspaceId, status: { in: [...statusesBefore(to)] } },
    data: { ...along, status: to, updatedAt: new Date() },
  });
  return count === 1;
}

/** For callers that hold the list's lock and have checked its status: if the move fails, that is a bug. */
export async function moveStatus(scope: Scope, id: string, move: StatusMove, tx: Tx): Promise<void> {
  if (!(await tryMoveStatus(scope, id, move, tx))) throw new Error(`the list ${id} can't become ${move.to} from its status`);
}
