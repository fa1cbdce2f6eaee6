import { expect, it } from 'vitest';
import { env } from '@/lib/platform/env';
import { changeSettings } from './settings';

it('settings that a test file changed are put back, also one that was not set before', () => {
  const { DATA_DIR: dataDir, STRIPE_SECRET_KEY: key } = env();
  expect(key).toBeUndefined();
  const putBack = changeSettings({ DATA_DIR: '/elsewhere', STRIPE_SECRET_KEY: 'sk_test_1' });
  expect(env()).toMatchObject({ DATA_DIR: '/elsewhere', STRIPE_SECRET_KEY: 'sk_test_1' });
  putBack();
  expect(env()).toMatchObject({ DATA_DIR: dataDir });
  expect(env().STRIPE_SECRET_KEY).toBeUndefined();
});

it('a setting that is not among them stays as it has become meanwhile', () => {
  const putBack = changeSettings({ DATA_DIR: '/elsewhere' });
  const putBackToo = changeSettings({ CONTACT_EMAIL: 'somebody@example.org' });
  putBack();
  expect(env().CONTACT_EMAIL).toBe('somebody@example.org');
  putBackToo();
  expect(env().CONTACT_EMAIL).toBeUndefined();
});
