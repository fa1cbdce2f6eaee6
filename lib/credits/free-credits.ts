// The Free plan's monthly credits: who may have them, and granting them. They are given once to each permanent mailbox. There is
// one grant per workspace and calendar month (UTC) and one workspace per mailbox, however many ask at once. A workspace that gets
// none stores the reason. The mailbox is stored only as a keyed hash.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { enqueueFreeCredits } from '@/lib/accounts/workspaces';
import { authSecret } from '@/lib/platform/env';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import { PLANS } from '@/lib/accounts/rules/plans';
import { createAccount, type MadeAccount, type NewAccount } from '@/lib/accounts/sign-up';
import type { Result } from '@/lib/platform/errors';
import { eachId } from '@/lib/platform/pages';
import { grantCredits } from './grants';
import { freeCreditMailbox, type FreeCreditsState, type JudgeMailbox } from './rules/free';
import {
  claimIfFree,
  claimMailbox,
  findFreeCredits,
  findOwnerEmail,
  hasClaim,
  listWorkspacesDueGrant,
  renewClaim,
  setFreeCredits,
} from './store/grants';

const LOOK_EVERY_MS = 100;

/** A calendar month, UTC. */
export interface MonthlyPeriod {
  /** `YYYY-MM` */
  name: string;
  /** The start of the next month, when this month's credits expire and the next are given. */
  endsAt: Date;
}

/** True if this call granted this month's credits. */
export async function giveFreeCredits(scope: Scope, now: Date, judge: JudgeMailbox): Promise<boolean> {
  const [workspace, email] = await Promise.all([findFreeCredits(scope), findOwnerEmail(scope)]);
  if (workspace?.plan !== 'free' || email === null) return false;
  const refusal = (await hasClaim(scope)) ? null : refusalOf(await judge(email.slice(email.lastIndexOf('@') + 1)));
  if (refusal !== null) {
    await setFreeCredits(scope, refusal);
    return false;
  }
  return inTransaction((tx) => claimAndGrant(scope, { email, now }, tx));
}

/**
 * The scheduled job: grants this month's credits to every workspace of the Free plan that may have them and has not got them yet.
 * It works in bounded batches with one transaction per workspace, so that the next run continues for one that died. Returns the
 * number of grants.
 */
export async function grantDueMonths(now: Date, judge: JudgeMailbox): Promise<number> {
  const period = monthlyPeriod(now);
  let granted = 0;
  for await (const workspaceId of eachId((batch) => listWorkspacesDueGrant('free', period.name, batch))) {
    if (await giveFreeCredits({ workspaceId }, now, judge)) granted++;
  }
  return granted;
}

/**
 * The operator's decision: this month's credits, whatever the address. The worker records the mailbox, because it has the secret.
 */
async function giveOperatorsCredits(scope: Scope, tx: Tx): Promise<void> {
  await setFreeCredits(scope, 'given', tx);
  await grantMonth(scope, new Date(), tx);
  await enqueueFreeCredits(scope, tx, true);
}

/** If another workspace has the mailbox, it keeps it. */
export async function noteOperatorsMailbox(scope: Scope, now: Date): Promise<void> {
  const email = await findOwnerEmail(scope);
  if (email === null || (await hasClaim(scope))) return;
  await inTransaction((tx) => claimIfFree(scope, { mailboxHash: mailboxHash(email), month: monthlyPeriod(now).name }, tx));
}

/** Waits until the decision is made, so that a new account's first page shows its credits; at most `atMostMs`. */
export async function awaitFreeCredits(scope: Scope, atMostMs: number): Promise<void> {
  for (const end = Date.now() + atMostMs; Date.now() < end;) {
    if ((await findFreeCredits(scope))?.state !== 'pending') return;
    await sleep(LOOK_EVERY_MS);
  }
}

/** Null if the workspace has another plan. */
export async function getFreeCreditsState(scope: Scope): Promise<FreeCreditsState | null> {
  const found = await findFreeCredits(scope);
  return found?.plan === 'free' ? found.state : null;
}

export function monthlyPeriod(now: Date): MonthlyPeriod {
  return { name: now.toISOString().slice(0, 7), endsAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)) };
}

/** One key per workspace and month, so that sign-up and the scheduled job can't both grant it. */
export const monthlySourceKey = (workspaceId: string, period: MonthlyPeriod): string => `monthly:${workspaceId}:${period.name}`;

/**
 * Grants this month's credits to one workspace, in the caller's transaction. They expire when the month ends. The caller has
 * decided who may have them. True if the grant is new.
 */
export function grantMonth(scope: Scope, now: Date, tx: Tx): Promise<boolean> {
  const period = monthlyPeriod(now);
  const sourceKey = monthlySourceKey(scope.workspaceId, period);
  return grantCredits(scope, { kind: 'monthly', amount: PLANS.free.creditsAMonth, sourceKey, expiresAt: period.endsAt }, tx);
}

const refusalOf = (kind: Awaited<ReturnType<JudgeMailbox>>): FreeCreditsState | null =>
  ({ mailbox: null, temporary: 'temporary_mailbox' as const, alias: 'alias_service' as const })[kind];

async function claimAndGrant(scope: Scope, { email, now }: { email: string; now: Date }, tx: Tx): Promise<boolean> {
  const month = monthlyPeriod(now).name;
  const claim = (await renewClaim(scope, month, tx))
    ? 'claimed'
    : await claimMailbox(scope, { mailboxHash: mailboxHash(email), month }, tx);
  await setFreeCredits(scope, claim === 'claimed' ? 'given' : claim, tx);
  return claim === 'claimed' && (await grantMonth(scope, now, tx));
}

function mailboxHash(email: string): string {
  const parsed = parseAddress(email);
  const mailbox = parsed.ok ? freeCreditMailbox(parsed.address) : email.toLowerCase();
  return createHmac('sha256', authSecret()).update(`free-credits:${mailbox}`).digest('base64url');
}

// Creates an account from the command line, with this month's credits whatever its address, and more if requested.

export interface NewUser extends NewAccount {
  /** In addition to the monthly grant; these never expire. */
  credits?: number;
}

export const createUser = ({ credits = 0, ...account }: NewUser): Promise<Result<MadeAccount>> =>
  createAccount(account, async ({ userId, workspaceId }, tx) => {
    await giveOperatorsCredits({ workspaceId }, tx);
    if (credits === 0) return;
    const bonus = { kind: 'bonus', amount: credits, sourceKey: `user-create:${userId}`, expiresAt: null } as const;
    await grantCredits({ workspaceId }, bonus, tx);
  });
