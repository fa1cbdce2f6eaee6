// The end of reading a file whose rows are all there: counts what the workspace knows already, then makes the list ready and starts it
// where that was asked for. A list that started does not need its file any more. False where the list was ended meanwhile.
import { deleteParts } from '@/lib/data/file-parts';
import { changeIntake, lockIntake, type IntakeList } from '@/lib/data/list-intake';
import { countKnownRows } from '@/lib/data/list-rows';
import { inTransaction } from '@/lib/data/transaction';
import { makeReady, type ReadyList } from './make-ready';

export type FinishedReading = Omit<ReadyList, 'knownRecent'> & { encoding: string | null };

export async function finishReading(list: IntakeList, read: FinishedReading): Promise<boolean> {
  const scope = { workspaceId: list.workspaceId };
  // Seconds, for a large list: no part of the transaction.
  const knownRecent = list.test ? 0 : await countKnownRows(scope, list.id);
  return inTransaction(async (tx) => {
    const now = await lockIntake(scope, list.id, tx);
    if (now?.state !== 'parsing') return false;
    const { listId, counts, emailColumn, hasHeader, encoding } = read;
    await changeIntake(scope, list.id, { encoding, parsedBytes: now.receivedBytes }, tx);
    const refusal = await makeReady(scope, { listId, counts, emailColumn, hasHeader, knownRecent }, tx);
    if (now.startOnReady && refusal === null) await deleteParts(list.id, tx);
    return true;
  });
}
