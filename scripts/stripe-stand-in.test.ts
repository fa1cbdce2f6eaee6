// When a stand-in for Stripe runs, and that production never has one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseEnv } from '../lib/platform/env';
import { standInSettings } from './stripe-stand-in';

const folder = mkdtempSync(join(tmpdir(), 'stripe-stand-in-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PRODUCTION = {
  APP_MODE: 'production',
  DATABASE_URL: 'postgres://db.example.org/app',
  APP_URL: 'https://verify.example.org',
  AUTH_SECRET: 'k7Qw2ZpL9xVt4RmB8nYc3HdF6gJs5TuA',
  MAIL_URL: 'smtp://mail.example.org',
  MAIL_FROM: 'no-reply@your-domain.dev',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
};

const settingsIn = (source: Record<string, string>) =>
  standInSettings(parseEnv({ DATA_DIR: folder, ...source }), 'a folder’s secret');

function run(script: string, env: Record<string, string>) {
  const child = spawnSync(process.execPath, ['--import', 'tsx', script], {
    env: { PATH: process.env.PATH ?? '', DATA_DIR: folder, ...env, NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  return { code: child.status, said: child.stderr };
}

test('local mode without a Stripe key has a stand-in, whose address and keys stay the same', async () => {
  const settings = await settingsIn({});
  expect(settings?.STRIPE_API_BASE).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await settingsIn({})).toEqual(settings);
  // The settings schema accepts the stand-in's keys.
  expect(parseEnv({ ...settings })).toMatchObject({ ...settings });
});

test('the stand-in moves if its port was taken in the meantime', async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  writeFileSync(join(folder, 'stripe-stand-in', 'port'), String(port));
  expect((await settingsIn({}))?.STRIPE_API_BASE).not.toBe(`http://127.0.0.1:${port}`);
  taken.close();
});

test('there is no stand-in with a Stripe key, or in production', async () => {
  expect(await settingsIn({ STRIPE_SECRET_KEY: 'sk_test_1' })).toBeNull();
  expect(await settingsIn(PRODUCTION)).toBeNull();
});

test('production does not start without its secrets, and names each missing one', () => {
  const { code, said } = run('scripts/start.ts', { APP_MODE: 'production' });
  expect(code).toBe(1);
  for (const name of ['DATABASE_URL', 'APP_URL', 'AUTH_SECRET', 'MAIL_URL', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']) {
    expect(said).toContain(name);
  }
});

test.each([
  ['its key', { STRIPE_SECRET_KEY: 'sk_test_stand_in_0123' }, 'STRIPE_SECRET_KEY'],
  ['its address', { STRIPE_API_BASE: 'http://127.0.0.1:4242' }, 'STRIPE_API_BASE'],
])('production does not start with %s', (_what, more, name) => {
  for (const script of ['scripts/start.ts', 'scripts/stand-in.ts']) {
    const { code, said } = run(script, { ...PRODUCTION, ...more });
    expect(code).toBe(1);
    expect(said).toContain(name);
  }
});

test('the stand-in’s own program does not run in production mode, whatever it is told', () => {
  const { code, said } = run('scripts/stand-in.ts', { ...PRODUCTION, STRIPE_API_BASE: 'https://127.0.0.1:4242' });
  expect(code).toBe(1);
  expect(said).toContain('does not run in production mode');
});
