// Tells whoever made a list that its rows will be deleted. A job of its own: a mail server that is away stops nothing else.
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/queue/tasks';
import { mailListExpiry } from '@/lib/services/lists/mail-list-expiry';
import type { TaskDefinition } from '../task';

export const createMailListExpiry = (): TaskDefinition<TaskPayload<'mail-list-expiry'>> => ({
  name: 'mail-list-expiry',
  payload: TASK_PAYLOADS['mail-list-expiry'],
  run: async ({ listId }) => {
    await mailListExpiry(listId);
  },
});
