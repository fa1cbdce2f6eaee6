// A worker inside the test: the real queue and the real tasks, with an engine whose answer depends on the address: `mailbox-not-found@…`
// gets that reason, `greylisted@…` stays pending for an hour, any other address exists.
import { Logger, run, type Runner } from 'graphile-worker';
import { afterAll, beforeAll } from 'vitest';
import { parseAddress } from '@/lib/verdict/address';
import { isReason } from '@/lib/verdict/verdict';
import { log } from '@/lib/platform/log';
import { createQueuePool } from '@/lib/platform/queue/enqueue';
import { closeListener } from '@/lib/platform/queue/listen';
import type { SendWebhook } from '@/lib/webhooks/rules';
import { createTaskList } from '@/worker/registry';
import type { DescribeDomain, Verify } from '@/worker/tasks/verifications';
import { fakeAnswer, greylisted } from '../database/fake-answers';

const GREYLIST_S = 3_600;
const logger = new Logger(() => () => undefined);

export const answerByName: Verify = ({ email }) => {
  const word = email.split('@')[0]?.replaceAll('-', '_') ?? '';
  if (!parseAddress(email).ok) return Promise.resolve(fakeAnswer(email, 'syntax_invalid', { normalized: null, canonical: null }));
  if (word === 'greylisted') return Promise.resolve(greylisted(email, GREYLIST_S));
  return Promise.resolve(fakeAnswer(email, isReason(word) ? word : 'mailbox_exists'));
};

const NOBODY: SendWebhook = () => Promise.reject(new Error('not asked'));

/** Call it after `useTestDatabase()`. */
export function useWorker(
  verify: Verify = answerByName,
  describeDomain?: DescribeDomain,
  sendWebhook: SendWebhook = NOBODY,
): void {
  let runner: Runner | undefined;
  let pool: ReturnType<typeof createQueuePool> | undefined;

  beforeAll(async () => {
    pool = createQueuePool(6);
    const taskList = createTaskList({
      verify,
      ...(describeDomain && { describeDomain }),
      sendWebhook,
      concurrency: 4,
      now: Date.now,
      random: Math.random,
      log: log('test'),
    });
    runner = await run({
      pgPool: pool,
      taskList,
      concurrency: 4,
      noHandleSignals: true,
      pollInterval: 500,
      parsedCronItems: [],
      logger,
    });
  });

  afterAll(async () => {
    await runner?.stop();
    await pool?.end();
    await closeListener();
  });
}
