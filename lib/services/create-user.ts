// Makes an account from the command line: confirmed at once, terms taken as accepted by the operator who runs it, with its
// workspace and, where asked, more credits. The operator is trusted with the password's strength; only its bounds count.
import { createUserRow } from '@/lib/data/users';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { PASSWORD_MAX_CHARS } from '@/lib/domain/limits';
import { fail, ok, type Result } from '@/lib/errors';
import { emailField } from '@/lib/schemas/auth';
import { hashPassword } from './auth/password-hash';
import { grantCredits } from './ledger/grant-credits';
import { makePersonalWorkspace } from './make-personal-workspace';

export interface NewAccount {
  email: string;
  password: string;
  /** On top of the monthly grant; never expire. */
  credits?: number;
}

export async function createUser(account: NewAccount): Promise<Result<{ userId: string; workspaceId: string }>> {
  const email = emailField.safeParse(account.email);
  if (!email.success) return fail('invalid_request', { detail: email.error.issues[0]?.message ?? 'The address is not valid.' });
  if (account.password === '' || account.password.length > PASSWORD_MAX_CHARS) {
    return fail('invalid_request', { detail: `The password must have 1 to ${PASSWORD_MAX_CHARS} characters.` });
  }
  const passwordHash = await hashPassword(account.password);
  const made = await inTransaction((tx) => makeAccount({ email: email.data, passwordHash, credits: account.credits ?? 0 }, tx));
  return made === null ? fail('conflict', { detail: 'There is an account with this address already.' }) : ok(made);
}

async function makeAccount(account: { email: string; passwordHash: string; credits: number }, tx: Tx) {
  const now = new Date();
  const { email, passwordHash, credits } = account;
  const user = await createUserRow({ email, passwordHash, name: null, emailVerified: now, termsAcceptedAt: now }, tx);
  if (user === null) return null;
  const { workspaceId } = await makePersonalWorkspace(user.id, email, tx);
  if (credits > 0) {
    await grantCredits(
      { workspaceId },
      { kind: 'bonus', amount: credits, sourceKey: `user-create:${user.id}`, expiresAt: null },
      tx,
    );
  }
  return { userId: user.id, workspaceId };
}
