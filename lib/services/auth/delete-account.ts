// Deletes a person and the workspaces that are theirs alone, with everything in them. They type their address to show that
// they mean it. Refuses while a workspace with other members would be left without an owner.
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { deleteWorkspaces, listWorkspacesOf } from '@/lib/data/memberships';
import { voidAuthTokens } from '@/lib/data/auth-tokens';
import { deleteUserRow, findUser, type UserRow } from '@/lib/data/users';
import { fail, ok, type Result } from '@/lib/errors';
import { enqueueCloseCustomers } from '@/lib/services/billing/enqueue-close-customers';
import { enqueuePurges } from '@/lib/services/lists/enqueue-purges';
import { postMail } from '@/lib/mail/post-mail';
import { accountDeletedMail } from '@/lib/mail/templates/account-deleted';

export async function deleteAccount({ userId, typedEmail }: { userId: string; typedEmail: string }): Promise<Result<void>> {
  const user = await findUser(userId);
  if (user === null) return fail('unauthenticated');
  if (typedEmail.trim().toLowerCase() !== user.email) {
    return fail('invalid_request', { fields: { typedEmail: 'Type your e-mail address exactly as it is shown.' } });
  }
  const isDone = await inTransaction((tx) => remove(user, tx));
  if (!isDone)
    return fail('conflict', {
      detail: 'You are the last owner of a workspace with other members. Make somebody else an owner first.',
    });
  postMail(accountDeletedMail(user.email));
  return ok(undefined);
}

async function remove(user: UserRow, tx: Tx): Promise<boolean> {
  const userId = user.id;
  const workspaces = await listWorkspacesOf(userId, tx);
  const isAlone = (members: readonly { userId: string }[]) => members.every((member) => member.userId === userId);
  const shared = workspaces.filter(({ members }) => !isAlone(members));
  const keepsAnOwner = shared.every(({ members }) =>
    members.some((member) => member.role === 'owner' && member.userId !== userId),
  );
  if (!keepsAnOwner) return false;
  const own = workspaces.filter(({ members }) => isAlone(members)).map(({ workspaceId }) => workspaceId);
  // Before the rows go that tell who they are: a subscription must not go on charging for nothing.
  await enqueueCloseCustomers(own, tx);
  await enqueuePurges(own, tx);
  await deleteWorkspaces(own, tx);
  await voidAuthTokens(user, tx);
  await deleteUserRow(userId, tx);
  return true;
}
