// The end of a list whose file never came or could not be read: the reason, a sentence, and the event. Its file is not kept. Changes
// nothing where the list is in another state by now.
import { deleteParts } from '@/lib/data/file-parts';
import { findListRun, lockList } from '@/lib/data/list-run';
import { inTransaction } from '@/lib/data/transaction';
import type { ListFailure } from '@/lib/domain/list';
import { siteLink } from '@/lib/mail/site-link';
import { toBatchData } from '@/lib/schemas/webhook-event-data';
import { emitEvent } from '../webhooks/emit-event';
import { endList } from './end-list';
import { listEventKey } from './list-keys';

export interface ReadingFailure {
  failure: ListFailure;
  /** One sentence for people. */
  detail: string;
}

export const OUR_FAULT: ReadingFailure = {
  failure: 'internal_error',
  detail: 'Our own software failed while reading this file. Nothing is charged.',
};

const NOTHING = { deliverable: 0, undeliverable: 0, risky: 0, unknown: 0 };

/** True when this call failed it. */
export async function failReading(listId: string, { failure, detail }: ReadingFailure): Promise<boolean> {
  const found = await findListRun(listId);
  if (found === null) return false;
  const scope = { workspaceId: found.workspaceId };
  return inTransaction(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list?.state !== 'uploading' && list?.state !== 'parsing') return false;
    await endList(list, { state: 'failed', failure, failureDetail: detail }, tx);
    await deleteParts(listId, tx);
    const data = toBatchData({
      jobId: list.id,
      name: list.name,
      state: 'failed',
      total: list.rows,
      counts: NOTHING,
      creditsCharged: 0,
      error: detail,
      downloadUrl: siteLink(`/lists/${list.id}`),
    });
    await emitEvent(scope, { type: 'batch.failed', sourceKey: listEventKey(list.id, list.run), data, test: list.test }, tx);
    return true;
  });
}
