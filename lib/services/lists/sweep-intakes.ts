// The safety net under lists that are taken in: uploads that nobody goes on with are given up, a file whose job got lost is read, one
// whose job failed for good fails its list, and files that nobody reads again are deleted.
import { deleteStaleParts } from '@/lib/data/file-parts';
import { findIntakeOfTask, listStuckIntakes, type StuckIntake } from '@/lib/data/list-intake';
import { inTransaction } from '@/lib/data/transaction';
import { UPLOAD_ABANDONED_AFTER_MS } from '@/lib/domain/limits';
import { enqueueReading } from './begin-reading';
import { failReading, OUR_FAULT, type ReadingFailure } from './fail-reading';

export interface SweptIntakes {
  abandoned: number;
  readAgain: number;
  failed: number;
  /** Parts of files. */
  deletedParts: number;
}

const BATCH_SIZE = 500;
const HOUR_MS = 3_600_000;

const ABANDONED: ReadingFailure = {
  failure: 'upload_abandoned',
  detail: `No part of the file came for ${UPLOAD_ABANDONED_AFTER_MS / HOUR_MS} hours, so the upload was given up. Upload it again.`,
};

export async function sweepIntakes(): Promise<SweptIntakes> {
  const swept: SweptIntakes = { abandoned: 0, readAgain: 0, failed: 0, deletedParts: 0 };
  for (const list of await listStuckIntakes(BATCH_SIZE, UPLOAD_ABANDONED_AFTER_MS)) swept[await putRight(list)]++;
  swept.deletedParts = await deleteStaleParts(UPLOAD_ABANDONED_AFTER_MS);
  return swept;
}

async function putRight({ id, state, hasFailed }: StuckIntake): Promise<'abandoned' | 'failed' | 'readAgain'> {
  if (state === 'uploading') {
    await failReading(id, ABANDONED);
    return 'abandoned';
  }
  if (hasFailed) {
    await failReading(id, OUR_FAULT);
    return 'failed';
  }
  const list = await findIntakeOfTask(id);
  if (list) await inTransaction((tx) => enqueueReading(list, tx));
  return 'readAgain';
}
