import { expect, test } from 'vitest';
import { parseEnv } from './env';

test('with nothing set, local mode works and the sandbox is on', () => {
  expect(parseEnv({})).toMatchObject({
    APP_MODE: 'local',
    PORT: 3000,
    APP_URL: 'http://localhost:3000',
    MAIL_SANDBOX: 'on',
    SMTP_PORT: 25,
  });
});

test('the address of the app follows the port and loses a trailing slash', () => {
  expect(parseEnv({ PORT: '4100' }).APP_URL).toBe('http://localhost:4100');
  expect(parseEnv({ APP_URL: 'http://localhost:8080/' }).APP_URL).toBe('http://localhost:8080');
});

test('a wrong setting is named', () => {
  expect(() => parseEnv({ PORT: 'x' })).toThrow(/PORT/);
  expect(() => parseEnv({ AUTH_SECRET: 'short' })).toThrow(/AUTH_SECRET/);
  expect(() => parseEnv({ SENDING_IDENTITIES: '[{"helo":""}]' })).toThrow(/SENDING_IDENTITIES/);
  expect(() => parseEnv({ SENDING_IDENTITIES: '/no/such/file' })).toThrow(/SENDING_IDENTITIES/);
});

test('lists are split and identities parsed', () => {
  const env = parseEnv({
    DNS_SERVERS: '127.0.0.1:53, [::1]:53',
    SENDING_IDENTITIES: '[{"address":"203.0.113.7","helo":"mx1.example.org","mail_from":"check@example.org"}]',
  });
  expect(env.DNS_SERVERS).toEqual(['127.0.0.1:53', '[::1]:53']);
  expect(env.SENDING_IDENTITIES).toEqual([{ address: '203.0.113.7', helo: 'mx1.example.org', mail_from: 'check@example.org' }]);
});

test('an identity cannot smuggle a second command into the dialogue', () => {
  expect(() => parseEnv({ SENDING_IDENTITIES: JSON.stringify([{ helo: 'a\r\nRCPT TO:<x@example.org>' }]) })).toThrow(
    /SENDING_IDENTITIES/,
  );
});

test('keys of another kind are refused', () => {
  expect(() => parseEnv({ STRIPE_SECRET_KEY: 'pk_live_1' })).toThrow(/STRIPE_SECRET_KEY/);
  expect(() => parseEnv({ STRIPE_WEBHOOK_SECRET: 'secret' })).toThrow(/STRIPE_WEBHOOK_SECRET/);
});
