// The one place that moves a list from one status to another. Promises that a list only ever makes a move of the table in
// rules/list.ts: the update itself names the statuses that may come before, so that of two who move a list at the same moment the
// second finds it moved and changes nothing.
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

/** False where the list is in no status that comes before this one, or the workspace has none of this id. */
export async function tryMoveStatus({ workspaceId }: Scope, id: string, { to, ...along }: StatusMove, tx: Tx): Promise<boolean> {
  const { count } = await tx.list.updateMany({
    where: { id, workspaceId, status: { in: [...statusesBefore(to)] } },
    data: { ...along, status: to, updatedAt: new Date() },
  });
  return count === 1;
}

/** For callers that hold the list's lock and have looked at its status: anything but a move is a mistake of ours. */
export async function moveStatus(scope: Scope, id: string, move: StatusMove, tx: Tx): Promise<void> {
  if (!(await tryMoveStatus(scope, id, move, tx))) throw new Error(`the list ${id} can't become ${move.to} from its status`);
}
