// The frame of a client process: warm up, wait for the start signal, work, report. What is measured lies between the signal and the end.
import { once } from 'node:events';
import { planSchema, type Plan, type Report } from './plan';

export interface Client {
  warmUp: () => Promise<unknown>;
  /** Returns how many addresses got a different answer than the server's. */
  run: () => Promise<number>;
  close: () => Promise<void>;
}

export async function asClient(start: (plan: Plan) => Promise<Client>): Promise<void> {
  process.on('disconnect', () => process.exit(1));
  const client = await start(planSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
  await client.warmUp();
  process.send?.('ready');
  await once(process, 'message');
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const wrong = await client.run();
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const report: Report = { elapsedMs, cpuUs: user + system, peakMb: process.resourceUsage().maxRSS / 1_024, wrong };
  await client.close();
  process.removeAllListeners('disconnect');
  process.send?.(report, () => process.disconnect());
}
