// What comes after a turn at the lists: while its list has work that could be taken now, its token comes round again, later where
// there was no room for it. A list without such work has no tokens; whoever makes work for it makes tokens too.
import { findWorkLeft } from '@/lib/data/list-chunks';
import { inTransaction } from '@/lib/data/transaction';
import { enqueueToken, enqueueTokens } from './enqueue-tokens';

/** Nothing could be taken: others have all the room. */
const IDLE_MS = 1_000;

export async function comeRoundAgain(turn: {
  listId: string;
  token: number | null;
  wasIdle: boolean;
  now: number;
}): Promise<void> {
  const { listId, token, wasIdle, now } = turn;
  const { open } = await findWorkLeft(listId);
  if (open === 0) return;
  const runAt = wasIdle ? new Date(now + IDLE_MS) : null;
  await inTransaction((tx) => (token === null ? enqueueTokens(listId, tx, open) : enqueueToken({ listId, token, runAt }, tx)));
}
