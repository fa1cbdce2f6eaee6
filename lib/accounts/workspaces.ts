// Workspaces as other nouns need them: creating a person's own workspace with the request for its free credits, its settings, and its
// owners.
import type { Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import type { Mail } from '@/lib/platform/mail/compose';
import { sendMail } from '@/lib/platform/mail/send';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { DEFAULT_POLICY, type PolicyName } from '@/lib/verdict/verdict';
import {
  createOwnedWorkspace,
  findRole,
  findWorkspace,
  listOwnerEmails,
  updateWorkspace,
  type WorkspaceSettings,
} from './store/workspaces';

const MAX_NAME_CHARS = 64;

/**
 * Runs in the caller's transaction, so that a person is never without a workspace. Requests the Free plan's first monthly credits: the
 * worker grants them or records why not. A scheduled job grants those of later months.
 */
export async function makePersonalWorkspace(userId: string, email: string, tx: Tx): Promise<{ workspaceId: string }> {
  const { workspaceId } = await createOwnedWorkspace(userId, workspaceName(email), tx);
  await enqueueFreeCredits({ workspaceId }, tx);
  return { workspaceId };
}

export const workspaceName = (email: string): string =>
  `${email.slice(0, email.lastIndexOf('@')).slice(0, MAX_NAME_CHARS)}’s workspace`;

/**
 * For a new workspace, or one whose owner has a new address. The worker has the lists that judge the mailbox. `areGiven`: the operator has
 * already granted the credits.
 */
export const enqueueFreeCredits = ({ workspaceId }: Scope, tx: Tx, areGiven = false): Promise<void> =>
  enqueue('give-free-credits', { workspaceId, areGiven }, { jobKey: `free-credits:${workspaceId}` }, tx);

export const getWorkspace = (scope: Scope): Promise<WorkspaceSettings | null> => findWorkspace(scope);

/** What the workspace's verdicts recommend by, unless a check or a list names another policy. */
export const getPolicy = async (scope: Scope): Promise<PolicyName> => (await findWorkspace(scope))?.policy ?? DEFAULT_POLICY;

export interface WorkspaceChange extends Pick<WorkspaceSettings, 'name' | 'policy'> {
  userId: string;
}

/** The policy applies to checks and lists that begin from now on and name none. A list keeps the policy it was made with. */
export async function changeWorkspace(scope: Scope, { userId, name, policy }: WorkspaceChange): Promise<Result<void>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  await updateWorkspace(scope, { name, policy });
  return ok(undefined);
}

export const isOwner = async (scope: Scope, userId: string): Promise<boolean> => (await findRole(scope, userId)) === 'owner';

/** Only owners spend a workspace's money. Everything that buys or changes a paid plan checks here first. */
export async function requireOwner(scope: Scope, userId: string): Promise<Result<void>> {
  return (await isOwner(scope, userId))
    ? ok(undefined)
    : fail('forbidden', { detail: 'Only an owner of the workspace may do that.' });
}

/** The address of the longest-standing owner; null if nobody owns the workspace any more. */
export async function findOwnerEmail(scope: Scope): Promise<string | null> {
  const [first = null] = await listOwnerEmails(scope);
  return first;
}

export async function mailOwners(scope: Scope, compose: (to: string) => Mail): Promise<void> {
  for (const to of await listOwnerEmails(scope)) await sendMail(compose(to));
}
