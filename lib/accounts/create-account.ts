// Creates an account from the command line: already confirmed, with the terms accepted. The operator is trusted with the
// password's strength; only its length is checked. Refuses an address that already has an account.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { PASSWORD_MAX_CHARS } from '@/lib/platform/limits';
import { emailField } from './forms';
import { hashPassword } from './passwords';
import { createUserRow } from './store/users';
import { createOwnedWorkspace } from './store/workspaces';
import { workspaceName } from './workspaces';

export interface NewAccount {
  email: string;
  password: string;
}

export interface MadeAccount {
  userId: string;
  workspaceId: string;
}

/** `endow` gives the new workspace its credits, in the same transaction. */
export async function createAccount(
  account: NewAccount,
  endow: (made: MadeAccount, tx: Tx) => Promise<void>,
): Promise<Result<MadeAccount>> {
  const email = emailField.safeParse(account.email);
  if (!email.success) return fail('invalid_request', { detail: email.error.issues[0]?.message ?? 'The address is not valid.' });
  if (account.password === '' || account.password.length > PASSWORD_MAX_CHARS) {
    return fail('invalid_request', { detail: `The password must have 1 to ${PASSWORD_MAX_CHARS} characters.` });
  }
  const passwordHash = await hashPassword(account.password);
  const made = await inTransaction(async (tx) => {
    const now = new Date();
    const user = await createUserRow(
      { email: email.data, passwordHash, name: null, emailVerified: now, termsAcceptedAt: now },
      tx,
    );
    if (user === null) return null;
    const { workspaceId } = await createOwnedWorkspace(user.id, workspaceName(email.data), tx);
    const account = { userId: user.id, workspaceId };
    await endow(account, tx);
    return account;
  });
  return made === null ? fail('conflict', { detail: 'There is an account with this address already.' }) : ok(made);
}
