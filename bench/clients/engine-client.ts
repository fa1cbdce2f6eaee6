// The engine as the command line runs it: composed with memory stores, with the same number of addresses under way.
import { createMemoryCatchAllStore } from '@/worker/adapters/smtp/catch-all/catch-all';
import { composeEngine, type Engine } from '@/worker/compose';
import { BULK_BUDGET_MS } from '@/lib/platform/limits';
import { addressesOver, isMailbox } from '../world/names';
import { asClient } from './as-client';
import { WARM_UP_DOMAIN } from './plan';

await asClient(async (plan) => {
  const { AUTH_SECRET, ...settings } = plan.settings;
  const engine = await composeEngine({ settings: { ...settings, AUTH_SECRET }, catchAll: createMemoryCatchAllStore() });
  const { addresses, domains, sorted, concurrency, warmUp } = plan;
  return {
    warmUp: async () => {
      const few = Math.max(1, Math.ceil((warmUp * domains) / addresses));
      await verifyAll(engine, [...addressesOver({ domains: few, addresses: warmUp, first: WARM_UP_DOMAIN })], concurrency);
    },
    run: () => verifyAll(engine, [...addressesOver({ domains, addresses, sorted })], concurrency),
    close: () => engine.close(),
  };
});

async function verifyAll(engine: Engine, emails: readonly string[], concurrency: number): Promise<number> {
  let next = 0;
  let wrong = 0;
  const work = async (): Promise<void> => {
    for (let email = emails[next++]; email !== undefined; email = emails[next++]) {
      const answer = await engine.verify({ email, deadline: Date.now() + BULK_BUDGET_MS, triplet: null });
      if (answer.verdict.status !== (isMailbox(email) ? 'deliverable' : 'undeliverable')) wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, emails.length) }, work));
  return wrong;
}
