// The account that local mode takes for the operator's: the first that was made.
import { db } from './_client';

export async function findFirstUserId(): Promise<string | null> {
  const first = await db().user.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } });
  return first?.id ?? null;
}
