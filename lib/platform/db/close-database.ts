// Ends all database connections of this process; for programs about to exit.
import { closeDb } from './client';
import { closeRowPool } from './row-pool';

export async function closeDatabase(): Promise<void> {
  await Promise.all([closeDb(), closeRowPool()]);
}
