// People, and the Google and GitHub accounts that sign in to their accounts. Addresses are stored in lower case and are unique. A change
// that voids sessions raises the epoch in the same statement. Checks no permissions: lib/accounts decides who may do what.
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';

export interface UserRow {
  id: string;
  email: string;
  name: string | null;
  emailVerified: Date;
  passwordHash: string | null;
  sessionEpoch: number;
  passwordChangedAt: Date | null;
  termsAcceptedAt: Date | null;
}

export interface NewUser {
  email: string;
  name: string | null;
  passwordHash: string | null;
  emailVerified: Date;
  termsAcceptedAt: Date | null;
}

/** A Google or GitHub account. */
export interface LinkedSignIn {
  id: string;
  provider: string;
}

/** Usually one per provider; nobody has more than a few. */
const LINKED_SIGN_INS_MAX = 20;

const FIELDS = {
  id: true,
  email: true,
  name: true,
  emailVerified: true,
  passwordHash: true,
  sessionEpoch: true,
  passwordChangedAt: true,
  termsAcceptedAt: true,
} as const;

export function findUser(id: string, tx: Tx = db()): Promise<UserRow | null> {
  return tx.user.findUnique({ where: { id }, select: FIELDS });
}

export function findUserByEmail(email: string, tx: Tx = db()): Promise<UserRow | null> {
  return tx.user.findUnique({ where: { email }, select: FIELDS });
}

/** Until the transaction ends, others who take this lock for the same person wait. */
export async function lockUser(id: string, tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${id} FOR UPDATE`;
}

/** Null if the address already has an account, even one created at this very moment. */
export async function createUserRow(user: NewUser, tx: Tx): Promise<{ id: string } | null> {
  const id = newId('user');
  const created = await tx.user.createMany({ data: { id, ...user }, skipDuplicates: true });
  return created.count === 1 ? { id } : null;
}

export async function updateUserName(id: string, name: string | null): Promise<void> {
  await db().user.updateMany({ where: { id }, data: { name } });
}

export async function updateTermsAccepted(id: string, at: Date, tx: Tx): Promise<void> {
  await tx.user.updateMany({ where: { id, termsAcceptedAt: null }, data: { termsAcceptedAt: at } });
}

/** Ends every session. Returns the epoch for future sessions. */
export async function updateUserPassword(
  id: string,
  { passwordHash, at }: { passwordHash: string; at: Date },
  tx: Tx,
): Promise<number> {
  const user = await tx.user.update({
    where: { id },
    data: { passwordHash, passwordChangedAt: at, sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  });
  return user.sessionEpoch;
}

export async function raiseSessionEpoch(id: string, tx: Tx): Promise<number> {
  const user = await tx.user.update({
    where: { id },
    data: { sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  });
  return user.sessionEpoch;
}

/** Ends every session. The caller has checked that the address is free; if it was taken since, the unique constraint throws. */
export async function updateUserEmail(id: string, email: string, tx: Tx): Promise<void> {
  await tx.user.update({
    where: { id },
    data: { email, emailVerified: new Date(), sessionEpoch: { increment: 1 } },
    select: { id: true },
  });
}

/** Tokens, linked accounts and memberships are deleted with it. */
export async function deleteUserRow(id: string, tx: Tx): Promise<void> {
  await tx.user.deleteMany({ where: { id } });
}

export function listLinkedSignIns(userId: string): Promise<LinkedSignIn[]> {
  return db().account.findMany({
    where: { userId },
    orderBy: { provider: 'asc' },
    take: LINKED_SIGN_INS_MAX,
    select: { id: true, provider: true },
  });
}

/** False if the person has no such link. */
export async function deleteLinkedSignIn(userId: string, id: string): Promise<boolean> {
  const { count } = await db().account.deleteMany({ where: { id, userId } });
  return count > 0;
}
