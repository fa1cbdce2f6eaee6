// `npm run stripe:sync`: makes the products, prices and portal settings at Stripe (or at the stand-in that runs on this folder) match
// lib/billing/rules/offers.ts. May run any number of times; a second run changes nothing.
import { parseEnv } from '../lib/platform/env';
import { findRuntime } from './runtime';

const settings = parseEnv(process.env);
if (settings.STRIPE_SECRET_KEY === undefined) {
  const runtime = await findRuntime(settings.DATA_DIR);
  if (!runtime?.standIn) {
    console.error('Nothing to make prices at: set STRIPE_SECRET_KEY, or run npm start for the stand-in.');
    process.exit(1);
  }
  Object.assign(process.env, runtime.standIn);
}
const { syncCatalog } = await import('@/lib/billing/stripe/catalog');
try {
  const { created, changed, unchanged } = await syncCatalog();
  for (const what of created) console.log(`made ${what}`);
  for (const what of changed) console.log(`changed ${what}`);
  console.log(`${created.length} made, ${changed.length} changed, ${unchanged} as they were`);
} catch (error) {
  console.error(`Stripe’s products and prices could not be set up: ${error instanceof Error ? error.message : 'unknown'}`);
  process.exitCode = 1;
}
