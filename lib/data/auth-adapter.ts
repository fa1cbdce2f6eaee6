// next-auth's door to the database: its own Prisma adapter, with our ids and one rule added. Whoever proves a mailbox
// (magic link) that an account claims but never confirmed gets that account without the password and sessions that a
// stranger may have prepared in it.
import { PrismaAdapter } from '@next-auth/prisma-adapter';
import type { Adapter, AdapterUser } from 'next-auth/adapters';
import { newId } from '@/lib/ids';
import { db } from './_client';

const USER = { id: true, email: true, emailVerified: true, name: true, image: true } as const;

export function authAdapter(): Adapter {
  const adapter = PrismaAdapter(clientForAdapter());
  return {
    ...adapter,
    // Everybody who comes this way has proved the address, by a mailed link or through a provider that confirmed it.
    createUser: ({ email, name, image, emailVerified }: Omit<AdapterUser, 'id'>) => {
      const data = {
        id: newId('user'),
        email: email.toLowerCase(),
        name: name ?? null,
        image: image ?? null,
        emailVerified: emailVerified ?? new Date(),
      };
      return db().user.create({ data, select: USER });
    },
    getUser: (id) => db().user.findUnique({ where: { id }, select: USER }),
    getUserByEmail: (email) => db().user.findUnique({ where: { email: email.toLowerCase() }, select: USER }),
    updateUser: ({ id, emailVerified }) => proveMailbox(id, emailVerified ?? new Date()),
  };
}

/** The only change next-auth makes to a person: a mailed link was used. */
async function proveMailbox(id: string, at: Date) {
  await db().$transaction(async (tx) => {
    const taken = await tx.user.updateMany({
      where: { id, emailVerified: null },
      data: { emailVerified: at, passwordHash: null, sessionEpoch: { increment: 1 } },
    });
    if (taken.count === 1) await tx.authToken.deleteMany({ where: { userId: id } });
  });
  return db().user.findUniqueOrThrow({ where: { id }, select: USER });
}

/** The adapter's types name the client of the package `@prisma/client`; ours is generated elsewhere with the same models. */
function clientForAdapter(): never {
  return db() as never;
}

/** A magic link's token, as next-auth looks it up: the hash is made by the caller in next-auth's way. */
export async function createMagicToken(token: { identifier: string; tokenHash: string; expires: Date }): Promise<void> {
  await db().verificationToken.deleteMany({ where: { expires: { lt: new Date() } } });
  await db().verificationToken.create({ data: { identifier: token.identifier, token: token.tokenHash, expires: token.expires } });
}
