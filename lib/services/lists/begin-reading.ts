// Hands a list's file to the worker. Small files come before large ones, so that nobody waits with a short list behind a long one.
import { changeIntake, type IntakeChange } from '@/lib/data/list-intake';
import { announceLists } from '@/lib/data/list-run';
import type { Tx } from '@/lib/data/transaction';
import { SMALL_FILE_MAX_BYTES } from '@/lib/domain/limits';
import { canMove, type ListState } from '@/lib/domain/list';
import { enqueue } from '@/lib/queue/enqueue';
import { ingestJobKey } from './list-keys';

export interface ListToRead {
  id: string;
  workspaceId: string;
  state: ListState;
  sizeBytes: number;
}

/** Call it with the list locked. */
export async function beginReading(list: ListToRead, change: IntakeChange, tx: Tx): Promise<void> {
  if (!canMove(list.state, 'parsing')) throw new Error(`a list that is ${list.state} can't be read`);
  const fresh = { parsedBytes: 0, rows: 0, failureDetail: null };
  await changeIntake({ workspaceId: list.workspaceId }, list.id, { ...fresh, ...change, state: 'parsing' }, tx);
  await enqueueReading(list, tx);
  await announceLists([list.id], tx);
}

export async function enqueueReading(
  { id, sizeBytes }: Pick<ListToRead, 'id' | 'sizeBytes'>,
  tx: Tx,
  runAt?: Date,
): Promise<void> {
  const priority = sizeBytes <= SMALL_FILE_MAX_BYTES ? 'retry' : 'bulk';
  const options = { jobKey: ingestJobKey(id), priority, ...(runAt && { runAt }) } as const;
  await enqueue('ingest-list', { listId: id }, options, tx);
}
