import { inTransaction } from '@/lib/platform/db/transaction';

/** Runs `work` while a table can't be found, which is an internal error for any code that needs it. */
export async function withoutTable<T>(table: string, work: () => Promise<T>): Promise<T> {
  await rename(table, 'Elsewhere');
  try {
    return await work();
  } finally {
    await rename('Elsewhere', table);
  }
}

const rename = (from: string, to: string) =>
  inTransaction((tx) => tx.$executeRawUnsafe(`ALTER TABLE "${from}" RENAME TO "${to}"`));
