// Creates an account from the command line, with this month's credits whatever its address, and more if asked.
import { createAccount, type MadeAccount, type NewAccount } from '@/lib/accounts/create-account';
import type { Result } from '@/lib/platform/errors';
import { giveOperatorsCredits } from './free-credits';
import { grantCredits } from './grants';

export interface NewUser extends NewAccount {
  /** On top of the monthly grant; never expire. */
  credits?: number;
}

export const createUser = ({ credits = 0, ...account }: NewUser): Promise<Result<MadeAccount>> =>
  createAccount(account, async ({ userId, workspaceId }, tx) => {
    await giveOperatorsCredits({ workspaceId }, tx);
    if (credits === 0) return;
    const bonus = { kind: 'bonus', amount: credits, sourceKey: `user-create:${userId}`, expiresAt: null } as const;
    await grantCredits({ workspaceId }, bonus, tx);
  });
