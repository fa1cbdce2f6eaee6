// Deletes an account seven days after this is requested with the password. An account without a password confirms by a mailed link. Until
// then the person can sign in and undo it, while keys, lists and purchases are stopped in the workspaces that belong to them alone.
// Refuses while a workspace with other members would be left without an owner. The deletion is one transaction: a crash deletes nothing or
// everything, and an undo at the same moment wins or loses as a whole.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { describeError, fail, ok, type Result } from '@/lib/platform/errors';
import { DELETION_REMINDER_DAYS, DELETION_WAIT_DAYS } from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import { postMail } from '@/lib/platform/mail/send';
import { eachId } from '@/lib/platform/pages';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { DAY_MS, HOUR_MS } from '@/lib/platform/time';
import { limitAttempts } from './attempts';
import { confirmDeletionMail } from './mails';
import { type AccountNotice, notifyAddress } from './notices';
import { isPassword } from './passwords';
import { consumeAuthToken, voidAuthTokens, hashToken, issueToken } from './store/tokens';
import { deleteUserRow, findUser, lockUser } from './store/users';
import {
  deleteWorkspaces,
  findDeletionAt,
  listDueDeletions,
  listUnreminded,
  listWorkspacesOf,
  markReminded,
  setClosesAt,
  setDeletionAt,
  findClosesAt,
  type WorkspaceMembers,
} from './store/workspaces';

const BATCH_SIZE = 100;

export interface DeletionWish {
  userId: string;
  password: string;
}

/** `mailed`: a link must be opened and confirmed first. */
export async function requestDeletion(
  { userId, password }: DeletionWish,
  clientKey: string | null,
  now = new Date(),
): Promise<Result<'scheduled' | 'mailed'>> {
  const user = await findUser(userId);
  if (user === null) return fail('unauthenticated');
  const limited = await limitAttempts('account_change', { clientKey, email: user.email });
  if (!limited.ok) return limited;
  if (user.passwordHash === null) {
    const token = await inTransaction((tx) => issueToken({ userId, purpose: 'delete_account' }, tx));
    postMail(confirmDeletionMail(user.email, token));
    return ok('mailed');
  }
  if (!(await isPassword(password, user.passwordHash))) {
    return fail('invalid_request', { fields: { password: 'This is not your password.' } });
  }
  const scheduled = await inTransaction((tx) => scheduleDeletion(userId, now, tx));
  return scheduled.ok ? ok('scheduled') : scheduled;
}

/** The button behind the mailed link. */
export async function confirmDeletion(token: string, clientKey: string | null, now = new Date()): Promise<Result<null>> {
  const limited = await limitAttempts('mailed_link', { clientKey });
  if (!limited.ok) return limited;
  return inTransaction(async (tx) => {
    const row = await consumeAuthToken('delete_account', hashToken(token), tx);
    if (row === null)
      return fail('not_found', { detail: 'This link was already used or has expired. Ask for a new one in the settings.' });
    return scheduleDeletion(row.userId, now, tx);
  });
}

/** A second request changes nothing, not even the date. */
async function scheduleDeletion(userId: string, now: Date, tx: Tx): Promise<Result<null>> {
  await lockUser(userId, tx);
  const user = await findUser(userId, tx);
  if (user === null) return fail('unauthenticated');
  if ((await findDeletionAt(userId, tx)) !== null) return ok(null);
  const workspaces = await listWorkspacesOf(userId, tx);
  if (!leavesOwners(workspaces, userId)) return fail('conflict', { detail: LAST_OWNER_DETAIL });
  const deletionAt = new Date(now.getTime() + DELETION_WAIT_DAYS * DAY_MS);
  await setDeletionAt(userId, deletionAt, tx);
  const own = ownWorkspaces(workspaces, userId).map(({ workspaceId }) => workspaceId);
  await setClosesAt(own, deletionAt, tx);
  for (const workspaceId of own) await enqueueSettleClosing({ workspaceId }, tx);
  const at = deletionAt.toISOString();
  await notifyAddress(
    user.email,
    { cause: `deletion:${userId}:${at}:scheduled`, content: { kind: 'deletion_scheduled', at } },
    tx,
  );
  return ok(null);
}

/**
 * API keys work again at once, stopped lists continue, and the subscription is restored. True if the account was scheduled for deletion
 * until now.
 */
export const undoDeletion = (userId: string): Promise<boolean> =>
  inTransaction((tx) => keepAccount(userId, { kind: 'deletion_undone' }, tx));

/** Like `undoDeletion`, in the caller's transaction. */
export async function keepAccount(userId: string, content: AccountNotice, tx: Tx): Promise<boolean> {
  await lockUser(userId, tx);
  const [user, deletionAt] = [await findUser(userId, tx), await findDeletionAt(userId, tx)];
  if (user === null || deletionAt === null) return false;
  await setDeletionAt(userId, null, tx);
  const workspaceIds = (await listWorkspacesOf(userId, tx)).map(({ workspaceId }) => workspaceId);
  await setClosesAt(workspaceIds, null, tx);
  for (const workspaceId of workspaceIds) await enqueueSettleClosing({ workspaceId }, tx);
  await notifyAddress(user.email, { cause: `deletion:${userId}:${deletionAt.toISOString()}:${content.kind}`, content }, tx);
  return true;
}

/**
 * What other nouns do for workspaces that are about to be deleted, in the same transaction and while their rows still exist: a
 * subscription must not keep charging, and nothing in the database ties the rows of lists to workspaces.
 */
export type LeaveWorkspaces = (workspaceIds: readonly string[], tx: Tx) => Promise<void>;

export type Deletion = 'deleted' | 'not_due' | 'stopped';

/**
 * Deletes a person whose waiting time is over, with the workspaces that belong to them alone and everything in those. `stopped`: the
 * account is kept because a workspace with other members would now be left without an owner.
 */
export const deleteAccount = (userId: string, now: Date, leave: LeaveWorkspaces): Promise<Deletion> =>
  inTransaction((tx) => deleteIfDue({ userId, now, leave }, tx));

interface DueDeletion {
  userId: string;
  now: Date;
  leave: LeaveWorkspaces;
}

async function deleteIfDue({ userId, now, leave }: DueDeletion, tx: Tx): Promise<Deletion> {
  await lockUser(userId, tx);
  const [user, deletionAt] = [await findUser(userId, tx), await findDeletionAt(userId, tx)];
  if (user === null || deletionAt === null || deletionAt > now) return 'not_due';
  const workspaces = await listWorkspacesOf(userId, tx);
  if (!leavesOwners(workspaces, userId)) {
    await keepAccount(userId, { kind: 'deletion_stopped' }, tx);
    return 'stopped';
  }
  const own = ownWorkspaces(workspaces, userId).map(({ workspaceId }) => workspaceId);
  await leave(own, tx);
  await deleteWorkspaces(own, tx);
  await voidAuthTokens(user, tx);
  await deleteUserRow(userId, tx);
  const cause = `deletion:${userId}:${deletionAt.toISOString()}:done`;
  await notifyAddress(user.email, { cause, content: { kind: 'account_deleted' } }, tx);
  return 'deleted';
}

export interface DeletionReport {
  reminded: number;
  deleted: number;
  /** Kept, because a workspace would have been left without an owner. */
  stopped: number;
}

/**
 * The scheduled job: a mail the day before, the deletion when the time is up. Each account has its own transaction; a failure does not
 * stop the others, and the next run tries again.
 */
export async function deleteDueAccounts(now: Date, leave: LeaveWorkspaces): Promise<DeletionReport> {
  const report = { reminded: await remindOfDeletion(now), deleted: 0, stopped: 0 };
  for await (const id of eachId((batch) => listDueDeletions(now, batch))) {
    try {
      const done = await deleteAccount(id, now, leave);
      if (done === 'deleted') report.deleted++;
      if (done === 'stopped') report.stopped++;
    } catch (error) {
      log('accounts').error({ user: id, error: describeError(error) }, 'an account could not be deleted');
    }
  }
  return report;
}

async function remindOfDeletion(now: Date): Promise<number> {
  const until = new Date(now.getTime() + DELETION_REMINDER_DAYS * DAY_MS);
  let reminded = 0;
  for (const id of await listUnreminded(until, BATCH_SIZE)) {
    const isNew = await inTransaction(async (tx) => {
      const [user, deletionAt] = [await findUser(id, tx), await findDeletionAt(id, tx)];
      if (user === null || deletionAt === null || !(await markReminded(id, tx))) return false;
      const at = deletionAt.toISOString();
      // After an outage there is nothing left to remind of, because this run deletes the account.
      if (deletionAt <= now) return false;
      return notifyAddress(
        user.email,
        { cause: `deletion:${id}:${at}:tomorrow`, content: { kind: 'deletion_tomorrow', at } },
        tx,
      );
    });
    if (isNew) reminded++;
  }
  return reminded;
}

/** ISO; null if the account is not scheduled for deletion. */
export const getDeletionAt = async (userId: string): Promise<string | null> =>
  (await findDeletionAt(userId))?.toISOString() ?? null;

/** The workspaces that are deleted with the person's account. */
export async function listWorkspacesThatGo(userId: string): Promise<{ workspaceId: string; name: string }[]> {
  const workspaces = await inTransaction((tx) => listWorkspacesOf(userId, tx));
  return ownWorkspaces(workspaces, userId);
}

// Accounts and workspaces that are scheduled for deletion: what they may still do, and what is deleted with the person. Everything in the
// app that starts work or buys calls `requireOpen` first; API keys are refused when they authenticate. What already runs (lists, a
// subscription) is settled by a job in which each noun takes part. Workspaces without other members are deleted with the person; one that
// stays must keep an owner.

export const CLOSING_DETAIL = 'Your account is scheduled for deletion. Keep your account to use this again.';

const LAST_OWNER_DETAIL = 'You are the last owner of a workspace with other members. Make somebody else an owner first.';

/** Refuses with `conflict` while the workspace is scheduled for deletion. */
export async function requireOpen(scope: Scope, tx?: Tx): Promise<Result<null>> {
  return (await findClosesAt(scope, tx)) === null ? ok(null) : fail('conflict', { detail: CLOSING_DETAIL });
}

/** When the workspace is to be deleted; null if it is not. */
export const getClosesAt = (scope: Scope, tx?: Tx): Promise<Date | null> => findClosesAt(scope, tx);

/** Called in the transaction that schedules the deletion or undoes it. */
const enqueueSettleClosing = ({ workspaceId }: Scope, tx: Tx): Promise<void> =>
  enqueue('settle-closing', { workspaceId }, { jobKey: `settle-closing:${workspaceId}`, priority: 'interactive' }, tx);

/** All tries of the job failed because Stripe was down. The next try is in an hour. */
export function settleClosingLater({ workspaceId }: Scope, now: Date): Promise<void> {
  const options = {
    jobKey: `settle-closing:${workspaceId}:again`,
    priority: 'retry',
    runAt: new Date(now.getTime() + HOUR_MS),
  } as const;
  return inTransaction((tx) => enqueue('settle-closing', { workspaceId }, options, tx));
}

/** The workspaces that are deleted with the person, because nobody else is a member. */
const ownWorkspaces = (workspaces: readonly WorkspaceMembers[], userId: string): WorkspaceMembers[] =>
  workspaces.filter((workspace) => isAlone(workspace, userId));

/** Whether each workspace that stays has another owner. */
const leavesOwners = (workspaces: readonly WorkspaceMembers[], userId: string): boolean =>
  workspaces
    .filter((workspace) => !isAlone(workspace, userId))
    .every(({ members }) => members.some((member) => member.role === 'owner' && member.userId !== userId));

const isAlone = ({ members }: WorkspaceMembers, userId: string): boolean => members.every((member) => member.userId === userId);
