// People. Promises: addresses are kept in lower case and are unique; a change that voids sessions raises the epoch in the
// same statement. Refuses nothing by itself: who may do what is decided in lib/services/auth.
import { newId } from '@/lib/ids';
import { db, type Tx } from './_client';

export interface UserRow {
  id: string;
  email: string;
  name: string | null;
  emailVerified: Date | null;
  passwordHash: string | null;
  sessionEpoch: number;
  termsAcceptedAt: Date | null;
}

export interface NewUser {
  email: string;
  name: string | null;
  passwordHash: string | null;
  emailVerified: Date | null;
  termsAcceptedAt: Date | null;
}

const FIELDS = {
  id: true,
  email: true,
  name: true,
  emailVerified: true,
  passwordHash: true,
  sessionEpoch: true,
  termsAcceptedAt: true,
} as const;

export function findUser(id: string, tx: Tx = db()): Promise<UserRow | null> {
  return tx.user.findUnique({ where: { id }, select: FIELDS });
}

export function findUserByEmail(email: string, tx: Tx = db()): Promise<UserRow | null> {
  return tx.user.findUnique({ where: { email }, select: FIELDS });
}

/** Until the transaction ends, nobody else who takes this lock goes on for the same person. */
export async function lockUser(id: string, tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${id} FOR UPDATE`;
}

/** Null when the address has an account already, also when it was made at this very moment. */
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

/** The password of an account whose address nobody has confirmed yet; a confirmed account is left alone. */
export async function updateUnverifiedPassword(id: string, passwordHash: string, tx: Tx): Promise<void> {
  await tx.user.updateMany({ where: { id, emailVerified: null }, data: { passwordHash, sessionEpoch: { increment: 1 } } });
}

/** Confirms the address with the password that was chosen together with the mailed link; false when it was confirmed before. */
export async function updateUserVerified(
  id: string,
  verified: { at: Date; passwordHash: string | null },
  tx: Tx,
): Promise<boolean> {
  const changed = await tx.user.updateMany({
    where: { id, emailVerified: null },
    data: { emailVerified: verified.at, passwordHash: verified.passwordHash, sessionEpoch: { increment: 1 } },
  });
  return changed.count === 1;
}

/** A new password ends every session. Returns the epoch that the sessions to come carry. */
export async function updateUserPassword(id: string, passwordHash: string, tx: Tx): Promise<number> {
  const user = await tx.user.update({
    where: { id },
    data: { passwordHash, sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  });
  return user.sessionEpoch;
}

export async function raiseSessionEpoch(id: string): Promise<void> {
  await db().user.updateMany({ where: { id }, data: { sessionEpoch: { increment: 1 } } });
}

/** Ends every session. The caller has looked whether the address is free; one taken since is a unique violation and throws. */
export async function updateUserEmail(id: string, email: string, tx: Tx): Promise<void> {
  await tx.user.update({
    where: { id },
    data: { email, emailVerified: new Date(), sessionEpoch: { increment: 1 } },
    select: { id: true },
  });
}

/** Tokens, linked accounts and memberships go with it. */
export async function deleteUserRow(id: string, tx: Tx): Promise<void> {
  await tx.user.deleteMany({ where: { id } });
}
