// The button behind "confirm my address" was pressed. The token works once; the password that was chosen with this very
// link becomes the account's. Refuses a link that was used, is out of time, or whose account was confirmed before.
import { consumeAuthToken } from '@/lib/data/auth-tokens';
import { inTransaction } from '@/lib/data/transaction';
import { updateUserVerified } from '@/lib/data/users';
import { fail, ok, type Result } from '@/lib/errors';
import { limitAttempts } from '../limit-attempts';
import { hashToken } from './auth-token';

export async function verifyEmail(token: string, clientKey: string | null): Promise<Result<void>> {
  const limited = await limitAttempts('mailed_link', { clientKey });
  if (!limited.ok) return limited;
  const isDone = await inTransaction(async (tx) => {
    const row = await consumeAuthToken('verify_email', hashToken(token), tx);
    if (row === null) return false;
    return updateUserVerified(row.userId, { at: new Date(), passwordHash: row.payload.passwordHash ?? null }, tx);
  });
  return isDone
    ? ok(undefined)
    : fail('not_found', { detail: 'This link was used already or is out of date. Sign in, or ask for a new one.' });
}
