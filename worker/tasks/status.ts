// The task that samples the installation's health for the status page.
import type { Log } from '@/lib/platform/log';
import { TASK_PAYLOADS, type TaskPayload } from '@/lib/platform/queue/enqueue';
import { sampleStatus } from '@/lib/status/status';
import type { TaskDefinition } from '../task';

export const createSampleStatus = (log: Log): TaskDefinition<TaskPayload<'sample-status'>> => ({
  name: 'sample-status',
  payload: TASK_PAYLOADS['sample-status'],
  run: async () => log.debug({ counted: await sampleStatus() }, 'status sampled'),
});
