// Somebody who came by a mailed link, Google or GitHub accepts the terms: only now do they get their workspace and credits.
// May run twice; the second time changes nothing.
import { findFirstMembership } from '@/lib/data/memberships';
import { inTransaction } from '@/lib/data/transaction';
import { findUser, lockUser, updateTermsAccepted } from '@/lib/data/users';
import { makePersonalWorkspace } from '../make-personal-workspace';

export async function acceptTerms(userId: string): Promise<void> {
  await inTransaction(async (tx) => {
    // Two presses of the button at once must not make two workspaces.
    await lockUser(userId, tx);
    const user = await findUser(userId, tx);
    if (user === null) return;
    await updateTermsAccepted(userId, new Date(), tx);
    if ((await findFirstMembership(userId, tx)) === null) await makePersonalWorkspace(userId, user.email, tx);
  });
}
