// The process of the Stripe stand-in: `node --import tsx scripts/stand-in.ts`, started by `npm start` in local mode while
// STRIPE_SECRET_KEY is unset. Its state is kept under DATA_DIR.
import { join } from 'node:path';
import { parseEnv } from '../lib/platform/env';
import { startStandIn } from '../simulators/stripe/start-stand-in';
import { watchParent } from './watch-parent';

const HARD_STOP_MS = 2_000;

const settings = parseEnv(process.env);
const { STRIPE_API_BASE: base, STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: secret } = settings;
if (base === undefined || secretKey === undefined || secret === undefined) {
  throw new Error('The Stripe stand-in is started by npm start, which tells it its address and its keys.');
}

const standIn = await startStandIn({
  mode: settings.APP_MODE,
  port: Number(new URL(base).port),
  secretKey,
  journalFile: join(settings.DATA_DIR, 'stripe-stand-in', 'journal.jsonl'),
  webhook: { url: `http://127.0.0.1:${settings.PORT}/api/stripe/webhook`, secret },
});

function stop(): void {
  setTimeout(() => process.exit(0), HARD_STOP_MS).unref();
  void standIn.close().then(() => process.exit(0));
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
watchParent(stop);
