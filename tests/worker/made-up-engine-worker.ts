// A worker process for tests to kill: real queue, made-up engine. `hang` never answers, `answer` answers at once. Prints `ready` when it
// runs and `asking` when it holds a job.
import { closeDatabase } from '@/lib/platform/db/transaction';
import { log } from '@/lib/platform/log';
import { fakeAnswer } from '@/tests/database/fake-answers';
import { startWorker } from '@/worker/start-worker';

const isHanging = process.argv[2] === 'hang';

const worker = await startWorker({
  concurrency: 2,
  sendWebhook: () => Promise.reject(new Error('not asked')),
  drainMs: 300,
  log: log('fixture'),
  verify: ({ email }) => {
    process.stdout.write('asking\n');
    return isHanging ? new Promise(() => undefined) : Promise.resolve(fakeAnswer(email, 'mailbox_exists'));
  },
});

process.once('SIGTERM', () => {
  void worker
    .stop()
    .then(closeDatabase)
    .then(() => process.exit(0));
});
process.stdout.write('ready\n');
