// Gives a file back to the queue that can't be read right now.
import { findIntakeOfTask } from '@/lib/data/list-intake';
import { inTransaction } from '@/lib/data/transaction';
import { enqueueReading } from './begin-reading';

export interface ReadLater {
  listId: string;
  sizeBytes: number;
  at: Date;
}

/** Null where the list does not wait to be read. */
export async function findFileSize(listId: string): Promise<number | null> {
  const list = await findIntakeOfTask(listId);
  return list?.state === 'parsing' ? list.sizeBytes : null;
}

export const readLater = ({ listId, sizeBytes, at }: ReadLater): Promise<void> =>
  inTransaction((tx) => enqueueReading({ id: listId, sizeBytes }, tx, at));
