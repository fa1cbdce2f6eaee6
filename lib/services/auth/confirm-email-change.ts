// The button behind "use this address" was pressed: the account moves there, every session and mailed link of it ends, and
// the old address is told. Refuses a used or old link, and an address that got an account of its own in the meantime.
import { consumeAuthToken, voidAuthTokens } from '@/lib/data/auth-tokens';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { findUser, findUserByEmail, updateUserEmail } from '@/lib/data/users';
import { fail, ok, type Result } from '@/lib/errors';
import { postMail } from '@/lib/mail/post-mail';
import { addressChangedMail } from '@/lib/mail/templates/address-changed';
import { limitAttempts } from '../limit-attempts';
import { hashToken } from './auth-token';

export async function confirmEmailChange(token: string, clientKey: string | null): Promise<Result<void>> {
  const limited = await limitAttempts('mailed_link', { clientKey });
  if (!limited.ok) return limited;
  const moved = await inTransaction((tx) => move(hashToken(token), tx));
  if (moved === 'used')
    return fail('not_found', { detail: 'This link was used already or is out of date. Ask for a new one in the settings.' });
  if (moved === 'taken') return fail('conflict', { detail: 'Another account uses this address by now.' });
  postMail(addressChangedMail(moved.oldEmail));
  return ok(undefined);
}

async function move(tokenHash: string, tx: Tx): Promise<{ oldEmail: string } | 'used' | 'taken'> {
  const row = await consumeAuthToken('change_email', tokenHash, tx);
  const newEmail = row?.payload.email;
  const user = row && (await findUser(row.userId, tx));
  if (!user || newEmail === undefined) return 'used';
  if ((await findUserByEmail(newEmail, tx)) !== null) return 'taken';
  await updateUserEmail(user.id, newEmail, tx);
  await voidAuthTokens(user, tx);
  return { oldEmail: user.email };
}
