// The worker's composition root: settings, engine, queue, signals. Promises to end within ten seconds when told to, when its
// parent is gone, or when something happened that nobody caught (then with exit code 1, to be started afresh).
import { setTimeout as sleep } from 'node:timers/promises';
import { createAcceptAllStore } from '@/lib/data/accept-all-store';
import { closeDatabase } from '@/lib/data/close-database';
import { createSendingHealthStore } from '@/lib/data/sending-health';
import type { LayerName } from '@/lib/domain/layer';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { composeEngine } from './compose';
import { composeWebhookSender } from './compose-webhook-sender';
import { startWorker, type RunningWorker } from './start-worker';
import { describeError } from '@/lib/describe-error';

const HARD_STOP_MS = 9_500;
const CLOSE_MS = 1_000;
const PARENT_CHECK_MS = 500;

const logger = log('worker');
let worker: RunningWorker | undefined;
let closeEngine = (): Promise<void> => Promise.resolve();
let isStopping = false;

async function stop(code: number, why: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  logger.info({ why }, 'stopping');
  setTimeout(() => process.exit(code === 0 ? 0 : 1), HARD_STOP_MS).unref();
  try {
    await worker?.stop();
    await Promise.race([closeEngine().then(closeDatabase), sleep(CLOSE_MS)]);
  } catch (error) {
    logger.error({ error: describeError(error) }, 'stopping failed');
  }
  process.exit(code);
}

function die(error: unknown): void {
  logger.fatal({ error: describeError(error) }, 'the worker can not go on');
  void stop(1, 'failure');
}

const reportLayer = (error: unknown, layer: LayerName): void =>
  logger.error({ layer, error: describeError(error) }, 'a layer broke down');

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(0, signal));
process.on('uncaughtException', die);
process.on('unhandledRejection', die);
process.on('disconnect', () => void stop(0, 'the parent hung up'));
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void stop(0, 'the parent is gone');
}, PARENT_CHECK_MS).unref();

try {
  const settings = env();
  const engine = await composeEngine({ settings, acceptAll: createAcceptAllStore(), health: createSendingHealthStore() });
  closeEngine = () => engine.close();
  worker = await startWorker({
    verify: (subject, onLayer) => engine.verify(subject, { onLayer, onError: reportLayer }),
    sendWebhook: composeWebhookSender(settings),
    hostKeyOf: (domain, deadline) => engine.hostKeyOf(domain, deadline),
    concurrency: settings.WORKER_CONCURRENCY,
    log: logger,
  });
  void worker.failed.then((error) => {
    if (!isStopping) die(error);
  });
  logger.info({ worker: worker.workerId, concurrency: settings.WORKER_CONCURRENCY }, 'ready');
} catch (error) {
  die(error);
}
