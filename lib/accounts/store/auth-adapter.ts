// next-auth's access to the database: its own Prisma adapter, with our ids. Everybody who comes this way has proved the address, by a
// mailed link or through a provider that confirmed it, so a sign-up that a stranger started for that address ends here.
import { PrismaAdapter } from '@next-auth/prisma-adapter';
import type { Adapter, AdapterUser } from 'next-auth/adapters';
import { newId } from '@/lib/platform/ids';
import { db } from '@/lib/platform/db/client';

const USER = { id: true, email: true, emailVerified: true, name: true, image: true } as const;

export function authAdapter(): Adapter {
  const adapter = PrismaAdapter(clientForAdapter());
  return {
    ...adapter,
    createUser: async ({ email, name, image, emailVerified }: Omit<AdapterUser, 'id'>) => {
      const data = {
        id: newId('user'),
        email: email.toLowerCase(),
        name: name ?? null,
        image: image ?? null,
        emailVerified: emailVerified ?? new Date(),
      };
      await db().signUp.deleteMany({ where: { email: data.email } });
      return db().user.create({ data, select: USER });
    },
    getUser: (id) => db().user.findUnique({ where: { id }, select: USER }),
    getUserByEmail: (email) => db().user.findUnique({ where: { email: email.toLowerCase() }, select: USER }),
    // next-auth would only change the time at which the address was confirmed, which was before the account existed.
    updateUser: ({ id }) => db().user.findUniqueOrThrow({ where: { id }, select: USER }),
  };
}

/** The adapter's types name the client from the package `@prisma/client`. Ours is generated elsewhere from the same models. */
function clientForAdapter(): never {
  return db() as never;
}
