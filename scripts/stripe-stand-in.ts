// The address and the keys of this folder's Stripe stand-in. The keys derive from the folder's own secret. The port is kept while it is
// free, so that links to its pages stay valid. Null if the real Stripe is set up.
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Env, STAND_IN_KEY_PREFIX } from '../lib/platform/env';
import { freePort } from './embedded-postgres';

export interface StandInSettings {
  STRIPE_API_BASE: string;
  STRIPE_SECRET_KEY: string;
  STRIPE_WEBHOOK_SECRET: string;
}

export async function standInSettings(settings: Env, folderSecret: string): Promise<StandInSettings | null> {
  if (settings.APP_MODE !== 'local' || settings.STRIPE_SECRET_KEY !== undefined) return null;
  const word = (what: string): string =>
    createHmac('sha256', folderSecret).update(`stripe stand-in ${what}`).digest('hex').slice(0, 32);
  return {
    STRIPE_API_BASE: `http://127.0.0.1:${await keepPort(join(settings.DATA_DIR, 'stripe-stand-in'))}`,
    STRIPE_SECRET_KEY: `${STAND_IN_KEY_PREFIX}${word('key')}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${word('webhook')}`,
  };
}

async function keepPort(folder: string): Promise<number> {
  const file = join(folder, 'port');
  mkdirSync(folder, { recursive: true });
  const kept = readPort(file);
  if (kept !== null && (await isFree(kept))) return kept;
  const port = await freePort();
  writeFileSync(file, String(port));
  return port;
}

function readPort(file: string): number | null {
  try {
    const port = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch {
    return null;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
