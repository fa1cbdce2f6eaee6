// Call at the top of a test file: the real SDK then talks over HTTP to the file's own stand-in, with the catalog in place. The stand-in
// delivers no events itself; tests deliver them as they need.
import { afterAll, beforeAll } from 'vitest';
import { syncCatalog } from '@/lib/billing/stripe/catalog';
import { startStandIn, type StandIn } from '../../simulators/stripe/start-stand-in';
import { changeSettings } from '../settings';

export const WEBHOOK_SECRET = 'whsec_of_a_test';
export const SECRET_KEY = 'sk_test_stand_in_of_a_test';

export function useStandIn(): () => StandIn {
  let standIn: StandIn | undefined;
  beforeAll(async () => {
    standIn = await startStandIn({ mode: 'local', port: 0, secretKey: SECRET_KEY, journalFile: null, webhook: null });
    const putBack = changeSettings({
      STRIPE_API_BASE: standIn.baseUrl,
      STRIPE_SECRET_KEY: SECRET_KEY,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    });
    await syncCatalog();
    return putBack;
  });
  afterAll(() => standIn?.close());
  return () => {
    if (standIn === undefined) throw new Error('the stand-in is started before the first test');
    return standIn;
  };
}
