// `user create`: creates an account with a verified address, its personal workspace and a first API key. Uses DATABASE_URL, else the
// database of the instance running on this folder, else starts the embedded one for as long as the command runs.
import { Command } from 'commander';
import { closeDatabase } from '@/lib/platform/db/transaction';
import { ALL_API_SCOPES } from '@/lib/accounts/rules/keys';
import { createApiKey } from '@/lib/accounts/keys';
import { createUser } from '@/lib/credits/free-credits';
import { withDatabase } from '../scripts/with-database';
import { printLine } from './lines';
import { CREDITS_MAX, wholeNumber } from './options';

export function userCreateCommand(): Command {
  return new Command('create')
    .description('Create an account, and print {"user_id","workspace_id","api_key"}.')
    .requiredOption('--email <address>', 'email address to sign in with')
    .requiredOption('--password <password>', 'password to sign in with')
    .option('--credits <number>', 'credits to add to the monthly grant', wholeNumber(0, CREDITS_MAX))
    .action(async (options: { email: string; password: string; credits?: number }) => {
      await withDatabase(async () => {
        try {
          await createAccount(options);
        } finally {
          await closeDatabase();
        }
      });
    });
}

async function createAccount(options: { email: string; password: string; credits?: number }): Promise<void> {
  const user = await createUser({ email: options.email, password: options.password, credits: options.credits ?? 0 });
  if (!user.ok) throw user.error;
  const scope = { workspaceId: user.value.workspaceId };
  const key = await createApiKey(scope, { name: 'First key', mode: 'live', scopes: [...ALL_API_SCOPES] });
  if (!key.ok) throw key.error;
  await printLine({ user_id: user.value.userId, workspace_id: user.value.workspaceId, api_key: key.value.key });
}
