// Makes an account in the running product and prints a test key of it; `cli user create` gives a live one, which would probe.
import { createApiKey } from '@/lib/accounts/keys';
import { ALL_API_SCOPES } from '@/lib/accounts/rules/keys';
import { createUser } from '@/lib/credits/create-user';
import { closeDatabase } from '@/lib/platform/db/close-database';
import { unwrap } from '@/lib/platform/errors';
import { withDatabase } from '../../scripts/with-database';

await withDatabase(async () => {
  try {
    const account = { email: 'sdks@verifier.test', password: 'a long phrase for the suite', credits: 100 };
    const { workspaceId } = unwrap(await createUser(account));
    console.log(unwrap(await createApiKey({ workspaceId }, { name: 'SDKs', mode: 'test', scopes: [...ALL_API_SCOPES] })).key);
  } finally {
    await closeDatabase();
  }
});
