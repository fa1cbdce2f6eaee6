import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { resumePausedLists } from '@/lib/services/lists/resume-paused-lists';
import type { TaskDefinition } from '../task';

export const createResumeLists = (): TaskDefinition<TaskPayload<'resume-lists'>> => ({
  name: 'resume-lists',
  payload: TASK_PAYLOADS['resume-lists'],
  run: async ({ workspaceId }) => {
    await resumePausedLists({ workspaceId });
  },
});
