import { expect, test } from 'vitest';
import { createUser } from '@/lib/credits/free-credits';
import { makePersonalWorkspace } from '@/lib/accounts/workspaces';
import { createUserRow } from '@/lib/accounts/store/users';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { purgeExpiredRows } from '@/lib/verifications/store/maintenance';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { getBalance } from './balance';
import { awaitFreeCredits, getFreeCreditsState, giveFreeCredits, grantDueMonths, noteOperatorsMailbox } from './free-credits';
import type { MailboxKind } from './rules/free';

useTestDatabase();

const NOVEMBER = new Date('2096-11-23T10:00:00Z');
const LATER_IN_NOVEMBER = new Date('2096-11-29T10:00:00Z');
const DECEMBER = new Date('2096-12-01T00:00:00Z');
const judge = (domain: string): MailboxKind =>
  domain === 'throwaway.example' ? 'temporary' : domain === 'alias.example' ? 'alias' : 'mailbox';
const give = (scope: Scope, now = NOVEMBER) => giveFreeCredits(scope, now, judge);
const balanceOf = async (scope: Scope) => (await getBalance(scope)).balance;

interface Account {
  userId: string;
  scope: Scope;
}
async function signUpAs(email: string): Promise<Account> {
  return inTransaction(async (tx) => {
    const now = new Date();
    const user = await createUserRow({ email, name: null, passwordHash: null, emailVerified: now, termsAcceptedAt: now }, tx);
    if (user === null) throw new Error('taken');
    return { userId: user.id, scope: await makePersonalWorkspace(user.id, email, tx) };
  });
}
const deleteAccount = async ({ userId, scope }: Account) => {
  await db().workspace.delete({ where: { id: scope.workspaceId } });
  await db().user.delete({ where: { id: userId } });
};

test('a permanent mailbox gets a month’s credits once, and again the month after', async () => {
  const { scope } = await signUpAs('jane@lasting.example');
  expect(await getFreeCreditsState(scope)).toBe('pending');
  expect([await give(scope), await give(scope)]).toEqual([true, false]);
  expect(await getFreeCreditsState(scope)).toBe('given');
  expect(await balanceOf(scope)).toBe(100);
  expect(await give(scope, DECEMBER)).toBe(true);
});

test('another spelling of the mailbox gets none, this month or later', async () => {
  const first = await signUpAs('some.one@gmail.com');
  const second = await signUpAs('someone+free@googlemail.com');
  await give(first.scope);
  for (const now of [NOVEMBER, DECEMBER]) expect(await give(second.scope, now)).toBe(false);
  expect(await balanceOf(second.scope)).toBe(0);
  expect(await getFreeCreditsState(second.scope)).toBe('mailbox_used');
});

test('of two concurrent spellings, one gets the credits', async () => {
  const accounts = await Promise.all(
    ['race@own.example', 'race+1@own.example', 'RACE+2@own.example'.toLowerCase()].map(signUpAs),
  );
  const given = await Promise.all(accounts.flatMap(({ scope }) => [give(scope), give(scope)]));
  expect(given.filter(Boolean)).toHaveLength(1);
  const balances = await Promise.all(accounts.map(({ scope }) => balanceOf(scope)));
  expect(balances.toSorted((a, b) => a - b)).toEqual([0, 0, 100]);
  const states = await Promise.all(accounts.map(({ scope }) => getFreeCreditsState(scope)));
  expect(states.toSorted()).toEqual(['given', 'mailbox_used', 'mailbox_used']);
});

test('a temporary mailbox and an alias get none, and a permanent address later does', async () => {
  const temporary = await signUpAs('quick@throwaway.example');
  const alias = await signUpAs('hidden@alias.example');
  expect([await give(temporary.scope), await give(alias.scope)]).toEqual([false, false]);
  expect(await getFreeCreditsState(temporary.scope)).toBe('temporary_mailbox');
  expect(await getFreeCreditsState(alias.scope)).toBe('alias_service');
  await db().user.update({ where: { id: temporary.userId }, data: { email: 'quick@lasting.example' } });
  expect(await give(temporary.scope)).toBe(true);
  expect(await getFreeCreditsState(temporary.scope)).toBe('given');
});

test('deleting the account and signing up again brings no second grant in the month, but the next month’s', async () => {
  const first = await signUpAs('back@lasting.example');
  await give(first.scope);
  await deleteAccount(first);
  const again = await signUpAs('back+again@lasting.example');
  expect(await give(again.scope, LATER_IN_NOVEMBER)).toBe(false);
  expect(await getFreeCreditsState(again.scope)).toBe('month_used');
  expect(await give(again.scope, DECEMBER)).toBe(true);
});

test('another address later brings no second grant, and does not free the first mailbox', async () => {
  const { userId, scope } = await signUpAs('old@lasting.example');
  await give(scope);
  await db().user.update({ where: { id: userId }, data: { email: 'new@lasting.example' } });
  expect(await give(scope)).toBe(false);
  expect(await give((await signUpAs('old@lasting.example')).scope, LATER_IN_NOVEMBER)).toBe(false);
  expect(await balanceOf(scope)).toBe(100);
  // The account itself keeps getting its credits.
  expect(await give(scope, DECEMBER)).toBe(true);
});

test('the monthly job asks the same questions, and gives nothing to paid plans', async () => {
  const [fresh, spelling, temporary, paid] = await Promise.all(
    ['job@own.example', 'job+2@own.example', 'job@throwaway.example', 'paid@own.example'].map(signUpAs),
  );
  if (!fresh || !spelling || !temporary || !paid) throw new Error('missing');
  await db().workspace.update({ where: { id: paid.scope.workspaceId }, data: { plan: 'starter' } });
  await Promise.all([grantDueMonths(DECEMBER, judge), grantDueMonths(DECEMBER, judge)]);
  const balances = [await balanceOf(fresh.scope), await balanceOf(spelling.scope)];
  expect(balances.toSorted((a, b) => a - b)).toEqual([0, 100]);
  expect([await balanceOf(temporary.scope), await balanceOf(paid.scope)]).toEqual([0, 0]);
  expect(await getFreeCreditsState(paid.scope)).toBeNull();
});

test('accounts that the operator creates get their credits whatever the address', async () => {
  for (const email of ['ops@throwaway.example', 'ops+2@throwaway.example']) {
    const made = await createUser({ email, password: 'anything', credits: 500 });
    if (!made.ok) throw made.error;
    expect(await balanceOf(made.value)).toBe(600);
    expect(await getFreeCreditsState(made.value)).toBe('given');
  }
});

test('the mailbox of an account that the operator created is recorded, and its next month comes like any other’s', async () => {
  const made = await createUser({ email: 'cli@throwaway.example', password: 'anything' });
  const twin = await createUser({ email: 'cli+2@throwaway.example', password: 'anything' });
  if (!made.ok || !twin.ok) throw new Error('not made');
  for (const { value } of [made, made, twin]) await noteOperatorsMailbox(value, NOVEMBER);
  expect(await give((await signUpAs('cli+3@throwaway.example')).scope)).toBe(false);
  expect(await give(made.value, DECEMBER)).toBe(true);
  expect(await give(twin.value, DECEMBER)).toBe(false);
});

test('claims contain no address, and are deleted once the month after a deletion has begun', async () => {
  const account = await signUpAs('private@lasting.example');
  const other = await signUpAs('stays@lasting.example');
  for (const { scope } of [account, other]) await giveFreeCredits(scope, new Date(), judge);
  const claims = () =>
    db().freeCreditClaim.findMany({ where: { workspaceId: { in: [account, other].map(({ scope }) => scope.workspaceId) } } });
  expect(JSON.stringify(await claims())).not.toMatch(/private|lasting|@/);
  await deleteAccount(account);
  await purgeExpiredRows();
  expect(await claims()).toHaveLength(2);
  await db().freeCreditClaim.updateMany({ data: { month: '2020-01' } });
  await purgeExpiredRows();
  expect((await claims()).map(({ workspaceId }) => workspaceId)).toEqual([other.scope.workspaceId]);
});

test('a first page waits for the decision, but not forever', async () => {
  const { scope } = await signUpAs('waiting@lasting.example');
  const waiting = awaitFreeCredits(scope, 60_000);
  await give(scope);
  await waiting;
  await awaitFreeCredits((await signUpAs('nobody-decides@lasting.example')).scope, 1);
});
