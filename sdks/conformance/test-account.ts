// Creates an account in the running product and prints a key of it, in the given mode: in local mode, a live key asks simulated mail hosts.
// The account has the largest plan, so that a program that tries very much is not rate-limited.
import { createApiKey } from '@/lib/accounts/keys';
import { ALL_API_SCOPES } from '@/lib/accounts/rules/keys';
import { createUser } from '@/lib/credits/free-credits';
import { closeDatabase, inTransaction } from '@/lib/platform/db/transaction';
import { unwrap } from '@/lib/platform/errors';
import { withDatabase } from '../../scripts/with-database';

const mode = process.argv[2] === 'live' ? 'live' : 'test';

await withDatabase(async () => {
  try {
    const account = { email: `${mode}@verifier.test`, password: 'a long phrase for the suite', credits: 100 };
    const { workspaceId } = unwrap(await createUser(account));
    await inTransaction((tx) => tx.workspace.update({ where: { id: workspaceId }, data: { plan: 'business' } }));
    console.log(unwrap(await createApiKey({ workspaceId }, { name: 'Tests', mode, scopes: [...ALL_API_SCOPES] })).key);
  } finally {
    await closeDatabase();
  }
});
