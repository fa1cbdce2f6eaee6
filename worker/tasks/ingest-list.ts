// Reads the file of a list, when there is room for it in this process; else it comes again a little later. When our own software keeps
// failing at it, the list fails.
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { failReading, OUR_FAULT } from '@/lib/services/lists/fail-reading';
import { findFileSize, readLater } from '@/lib/services/lists/read-later';
import { ingestList, type IngestDeps } from '../ingest/ingest-list';
import type { ReadingSlots } from '../ingest/reading-slots';
import type { TaskDefinition } from '../task';

export interface IngestListDeps extends IngestDeps {
  readingSlots: ReadingSlots;
}

const AGAIN_MS = 1_000;

export const createIngestList = (deps: IngestListDeps): TaskDefinition<TaskPayload<'ingest-list'>> => ({
  name: 'ingest-list',
  payload: TASK_PAYLOADS['ingest-list'],
  run: async ({ listId }) => {
    const sizeBytes = await findFileSize(listId);
    if (sizeBytes === null) return;
    const again = (): Promise<void> => readLater({ listId, sizeBytes, at: new Date(deps.now() + AGAIN_MS) });
    const leave = deps.readingSlots.take(sizeBytes);
    if (leave === null) return again();
    try {
      if ((await ingestList(listId, deps)) === 'busy') await again();
    } finally {
      leave();
    }
  },
  giveUp: async ({ listId }) => {
    await failReading(listId, OUR_FAULT);
  },
});
