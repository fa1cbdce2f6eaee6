// What each mode refuses, setting by setting. A row is a value and a word from the sentence that an operator reads, or null if the value
// is accepted.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseEnv } from './env';

const PRODUCTION = {
  APP_MODE: 'production',
  DATABASE_URL: 'postgres://db.your-domain.dev/app',
  APP_URL: 'https://verify.your-domain.dev',
  AUTH_SECRET: randomBytes(32).toString('base64'),
  MAIL_URL: 'smtp://mail.your-domain.dev',
  MAIL_FROM: 'Email Verifier <no-reply@your-domain.dev>',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
};

/** What is said about one setting; null if the settings are accepted. */
function saidOf(name: string, source: Record<string, string | undefined>): string | null {
  try {
    parseEnv(source);
    return null;
  } catch (error) {
    const lines = String(error).split('\n').slice(1);
    expect(lines.filter((line) => !line.startsWith(`  ${name}: `))).toEqual([]);
    return lines.join('\n');
  }
}

function check(name: string, source: Record<string, string | undefined>, word: string | null): void {
  const said = saidOf(name, source);
  if (word === null) expect(said).toBeNull();
  else expect(said).toContain(word);
}

test.each([
  ['http://localhost:3000', null],
  ['http://verify.localhost', null],
  ['http://LOCALHOST.:3000', null],
  ['https://127.0.0.1', null],
  ['http://127.8.9.1:3000', null],
  ['http://[::1]:3000', null],
  ['https://verify.your-domain.dev', 'APP_MODE=production'],
  ['http://localhost.your-domain.dev', 'APP_MODE=production'],
  ['http://127.0.0.1.your-domain.dev', 'APP_MODE=production'],
  ['http://verifier.lan:3000', 'APP_MODE=production'],
  ['http://192.168.1.10:3000', 'APP_MODE=production'],
  ['http://0.0.0.0:3000', 'APP_MODE=production'],
  ['http://[fe80::1]:3000', 'APP_MODE=production'],
])('local mode at %s: %s', (url, word) => {
  check('APP_URL', { APP_URL: url }, word);
});

test.each([
  ['https://verify.your-domain.dev', null],
  ['http://localhost:3000', null],
  ['http://[::1]:3000', null],
  ['http://verify.your-domain.dev', 'https://'],
  ['http://10.0.0.7', 'https://'],
  [undefined, 'is required'],
])('production at %s: %s', (url, word) => {
  check('APP_URL', { ...PRODUCTION, APP_URL: url }, word);
});

const STRONG = 'k7Qw2ZpL9xVt4RmB8nYc3HdF6gJs5TuA';
test.each([
  [STRONG, null],
  [STRONG.slice(0, 31), 'at least 32'],
  ['3f9a1c7be2d8406591bc7de4f0a2638d', null],
  [undefined, 'openssl rand -base64 32'],
  ['verifier-secret-k7Qw2ZpL9xVt4RmB8nYc3HdF', null],
  ['changeme-changeme-changeme-changeme', 'can be guessed'],
  ['a-secret-for-tests-only-0123456789', 'can be guessed'],
  ['please-change-this-to-something-else', 'can be guessed'],
  ['0123456789abcdef0123456789abcdef', 'can be guessed'],
  ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'can be guessed'],
  ['k7Qw2ZpL9xVk7Qw2ZpL9xVk7Qw2ZpL9xVk7Qw2ZpL9xV', 'can be guessed'],
  ['k7Q k7Q k7Q k7Q k7Q k7Q k7Q k7Q k7Q k7Q', 'can be guessed'],
])('production with the AUTH_SECRET %s: %s', (secret, word) => {
  check('AUTH_SECRET', { ...PRODUCTION, AUTH_SECRET: secret }, word);
});

test('generated secrets are accepted, whatever their alphabet', () => {
  for (let round = 0; round < 500; round++) {
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      check('AUTH_SECRET', { ...PRODUCTION, AUTH_SECRET: randomBytes(32).toString(encoding) }, null);
  }
});

test.each([
  ['no-reply@your-domain.dev', null],
  ['"Verifier, by Us" <no-reply@mail.your-domain.dev>', null],
  ['Prüfer <no-reply@müller.de>', null],
  [undefined, 'is required'],
  ['Email Verifier <no-reply@localhost>', 'nobody can be reached'],
  ['no-reply@mail.localhost', 'nobody can be reached'],
  ['no-reply@your-domain.com', 'nobody can be reached'],
  ['no-reply@verifier.local', 'nobody can be reached'],
  ['no-reply@192.0.2.7', 'nobody can be reached'],
  ['no-reply@server', 'nobody can be reached'],
  ['Email Verifier', 'not one email address'],
  ['a@your-domain.dev, b@your-domain.dev', 'not one email address'],
  ['Email Verifier <no-reply@your-domain.dev', 'not one email address'],
  ['x\r\nBcc: y@z.dev <no-reply@your-domain.dev>', 'not one email address'],
])('production with the MAIL_FROM %j: %s', (from, word) => {
  check('MAIL_FROM', { ...PRODUCTION, MAIL_FROM: from }, word);
});

// The stand-in for Stripe is reached over plain HTTP, where real payments must never be requested.
test.each([
  ['STRIPE_API_BASE', 'http://127.0.0.1:4242', 'https'],
  ['STRIPE_API_BASE', 'https://stripe.your-domain.dev', null],
  ['STRIPE_SECRET_KEY', 'sk_test_stand_in_0123', 'of your Stripe account'],
  ['STRIPE_SECRET_KEY', undefined, 'is required'],
  ['STRIPE_WEBHOOK_SECRET', undefined, 'is required'],
  ['DATABASE_URL', undefined, 'is required'],
  ['MAIL_URL', undefined, 'is required'],
])('production with %s=%s: %s', (name, value, word) => {
  check(name, { ...PRODUCTION, [name]: value }, word);
});

test('all problems are reported at once, each setting once', () => {
  const names = (source: Record<string, string>): string[] => {
    try {
      parseEnv(source);
      return [];
    } catch (error) {
      return [...String(error).matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name ?? '');
    }
  };
  const all = 'DATABASE_URL APP_URL AUTH_SECRET MAIL_URL MAIL_FROM STRIPE_SECRET_KEY STRIPE_WEBHOOK_SECRET'.split(' ');
  expect(names({ APP_MODE: 'production' }).toSorted()).toEqual(all.toSorted());
  expect(names({ ...PRODUCTION, PORT: 'x', APP_URL: 'ftp://host', AUTH_SECRET: 'short', MAIL_FROM: 'nobody' })).toEqual([
    'PORT',
    'APP_URL',
    'AUTH_SECRET',
    'MAIL_FROM',
  ]);
});
