// The task that samples the installation's health for the status page.
import type { Log } from '@/lib/platform/log';
import { sampleStatus } from '@/lib/status/status';
import type { TaskDefinition } from '../task';

export const createSampleStatus = (log: Log): TaskDefinition<'sample-status'> => ({
  name: 'sample-status',
  run: async () => log.debug({ counted: await sampleStatus() }, 'status sampled'),
});
