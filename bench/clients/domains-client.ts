// The engine alone, with stores that keep nothing: measures the heap that is left after a full collection once a number of domains has been
// asked and their sessions are over. Runs with --expose-gc.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { BULK_BUDGET_MS } from '@/lib/platform/limits';
import { dayOf } from '@/worker/adapters/smtp/catch-all/domain-state';
import { SMTP_TIMEOUTS } from '@/worker/adapters/smtp/timeouts';
import { composeEngine } from '@/worker/compose';
import { addressesOver } from '../world/names';
import { planSchema } from './plan';

const HOUR_MS = 3_600_000;
const MB = 1_048_576;

const { plan, steps, each, concurrency } = z
  .object({ plan: planSchema.pick({ settings: true }), steps: z.array(z.int()), each: z.int(), concurrency: z.int() })
  .parse(JSON.parse(process.argv[2] ?? '{}'));
process.on('disconnect', () => process.exit(1));
const { AUTH_SECRET, ...settings } = plan.settings;
const engine = await composeEngine({
  settings: { ...settings, AUTH_SECRET },
  catchAll: {
    find: () => Promise.resolve(null),
    remember: () => Promise.resolve(),
    claim: ({ domain, at, wanted }) => Promise.resolve({ domain, day: dayOf(at), granted: wanted }),
    release: () => Promise.resolve(),
  },
  destinations: { lease: (asks) => Promise.resolve({ granted: asks.map(({ wanted }) => wanted), leftMs: HOUR_MS }) },
});

const heapMb: number[] = [];
let asked = 0;
for (const domains of steps) {
  await verifyAll(addressesOver({ domains: domains - asked, addresses: (domains - asked) * each, sorted: true, first: asked }));
  asked = domains;
  await sleep(2 * SMTP_TIMEOUTS.idleMs);
  globalThis.gc?.();
  heapMb.push(process.memoryUsage().heapUsed / MB);
}
await engine.close();
process.removeAllListeners('disconnect');
process.send?.({ heapMb }, () => process.disconnect());

async function verifyAll(emails: Iterable<string>): Promise<void> {
  const next = emails[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let email = next.next(); email.done !== true; email = next.next()) {
      await engine.verify({ email: email.value, deadline: Date.now() + BULK_BUDGET_MS, triplet: null });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
