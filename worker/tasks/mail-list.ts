// Tells whoever made a list that it ended. A job of its own: a mail server that is away delays no verdict, and a kill loses no mail.
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { mailList } from '@/lib/services/lists/mail-list';
import type { TaskDefinition } from '../task';

export const createMailList = (): TaskDefinition<TaskPayload<'mail-list'>> => ({
  name: 'mail-list',
  payload: TASK_PAYLOADS['mail-list'],
  run: async ({ listId, run }) => {
    await mailList(listId, run);
  },
});
