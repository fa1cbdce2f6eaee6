// The worker's composition root: settings, engine, queue, signals. Guarantee: it ends within ten seconds after a signal, after its parent
// is gone, or after an uncaught error (then with exit code 1, to be restarted).
import { setTimeout as sleep } from 'node:timers/promises';
import { writeResolverReport } from '@/lib/operator/store';
import { closeDatabase } from '@/lib/platform/db/transaction';
import { env } from '@/lib/platform/env';
import { describeError } from '@/lib/platform/errors';
import { RESOLVER_CHECK_EVERY_MS } from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import type { LayerName } from '@/lib/verdict/evidence';
import { composeWebhookSender } from './adapters/webhooks/sender';
import { composeEngine } from './compose';
import { startResolverReports } from './heartbeat';
import { startWorker, type RunningWorker } from './start-worker';
import { createCatchAllStore } from './stores/catch-all-facts';
import { createDestinationStore } from './stores/destination-uses';
import { createSendingHealthStore } from './stores/sending-health';

const HARD_STOP_MS = 9_500;
const CLOSE_MS = 1_000;
const PARENT_CHECK_MS = 500;

const logger = log('worker');
let worker: RunningWorker | undefined;
let stopReports = (): Promise<void> => Promise.resolve();
let closeEngine = (): Promise<void> => Promise.resolve();
let isStopping = false;

async function stop(code: number, why: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  logger.info({ why }, 'stopping');
  setTimeout(() => process.exit(code === 0 ? 0 : 1), HARD_STOP_MS).unref();
  try {
    const reported = stopReports();
    await worker?.stop();
    await Promise.race([reported, sleep(CLOSE_MS)]);
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
  const engine = await composeEngine({
    settings,
    catchAll: createCatchAllStore(),
    health: createSendingHealthStore(),
    destinations: createDestinationStore(),
    onFault: (error) => logger.error({ error: describeError(error) }, 'a conversation with a mail host broke down'),
  });
  closeEngine = () => engine.close();
  worker = await startWorker({
    verify: (subject, onLayer) => engine.verify(subject, { onLayer, onError: reportLayer }),
    sendWebhook: composeWebhookSender(settings),
    hostKeyOf: (domain, deadline) => engine.hostKeyOf(domain, deadline),
    isAtProvider: (domain) => engine.isAtProvider(domain),
    describeDomain: (domain) => engine.describeDomain(domain),
    judgeMailbox: (domain) => engine.judgeMailbox(domain),
    concurrency: settings.WORKER_CONCURRENCY,
    log: logger,
  });
  const { workerId } = worker;
  const reports = startResolverReports({
    check: () => engine.checkResolver(),
    write: (health) => writeResolverReport(workerId, health),
    everyMs: RESOLVER_CHECK_EVERY_MS,
    log: logger,
  });
  stopReports = () => reports.stop();
  void worker.failed.then((error) => {
    if (!isStopping) die(error);
  });
  logger.info({ worker: worker.workerId, concurrency: settings.WORKER_CONCURRENCY }, 'ready');
} catch (error) {
  die(error);
}
