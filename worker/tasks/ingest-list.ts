// Reads the file of a list. When our own software keeps failing at it, the list fails.
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { failReading, OUR_FAULT } from '@/lib/services/lists/fail-reading';
import type { TaskDefinition } from '../task';

export const createIngestList = (): TaskDefinition<TaskPayload<'ingest-list'>> => ({
  name: 'ingest-list',
  payload: TASK_PAYLOADS['ingest-list'],
  run: async ({ listId }) => {
    await failReading(listId, OUR_FAULT);
  },
});
