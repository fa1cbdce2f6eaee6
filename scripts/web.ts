// The web process: our HTTP server with Next behind it, listening on PORT. `npm run start:web` runs it from the bundle, `npm start` from
// the sources. Ends on SIGTERM or SIGINT within five seconds: live streams end first, and mail being sent gets that time too.
import type { NextServerOptions } from 'next/dist/server/next';
import type { Env } from '@/lib/platform/env';
import { join } from 'node:path';
import { createCompressedFiles } from './compressed-files';
import { keepSecrets } from './runtime';
import { withSleepingPages } from './sleeping-pages';
import { watchParent } from './watch-parent';
import { createWebServer } from './web-server';
import { withWholeAnswers } from './whole-answers';

const GRACE_MS = 4_000;
const HARD_STOP_MS = 5_000;

const isDev = process.argv.includes('--dev');
// Next and React choose their build by this variable when they are loaded, so it is set before either is.
Object.assign(process.env, { NODE_ENV: isDev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
const { env } = await import('@/lib/platform/env');
const { APP_URL, PORT, TRUSTED_PROXY_HOPS } = settings();
// next-auth reads its own address only from here.
process.env.NEXTAUTH_URL = APP_URL;

const { default: next } = await import('next');
const options: NextServerOptions = { dev: isDev, dir: process.cwd(), port: PORT, quiet: true };
const app = next(options);
await app.prepare();

const handle = isDev ? app.getRequestHandler() : withWholeAnswers(withSleepingPages(app.getRequestHandler()));
const sendCompressed = await createCompressedFiles(join(process.cwd(), '.next/static'));

const web = createWebServer({
  handle: async (request, response) => {
    if (isDev || !(await sendCompressed(request, response))) await handle(request, response);
  },
  upgrade: isDev ? app.getUpgradeHandler() : undefined,
  trustedProxyHops: TRUSTED_PROXY_HOPS,
  publicUrl: APP_URL,
});

web.server.once('error', (error) => {
  console.error(`The web server could not listen on port ${PORT}: ${error.message}`);
  process.exit(1);
});
web.server.listen(PORT);

/** Reports a missing setting as a sentence, not a stack trace. A secret that local mode generates is read from DATA_DIR. */
function settings(): Env {
  try {
    const found = env();
    if (found.DATABASE_URL === undefined)
      throw new Error('DATABASE_URL is required: the URL of your PostgreSQL database. Or run npm start.');
    // Next reads its own copy of the settings later.
    process.env.AUTH_SECRET = found.AUTH_SECRET ?? keepSecrets(found.DATA_DIR).authSecret;
    return found;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(0), HARD_STOP_MS).unref();
  // Loaded only here, so that a killed web server restarts sooner.
  const { settleMail } = await import('@/lib/platform/mail/send');
  await Promise.all([web.stop(GRACE_MS), settleMail()]);
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
watchParent(() => void stop());
