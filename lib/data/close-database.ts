// Ends the connections of this process, for programs outside the data room that stop.
import { closeDb } from './_client';
import { closeRowPool } from './_row-pool';

export async function closeDatabase(): Promise<void> {
  await Promise.all([closeDb(), closeRowPool()]);
}
