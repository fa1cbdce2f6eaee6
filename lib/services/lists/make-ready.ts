// The end of reading a file, in the caller's transaction with the list locked and its rows written: the quote, the event, and the start
// where one was asked for. A list that can't start stays ready and says why; that refusal is returned.
import { lockIntake, writeQuote, type IntakeList, type ReadList } from '@/lib/data/list-intake';
import { announceLists, changeList, lockList } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import type { AppError } from '@/lib/errors';
import { siteLink } from '@/lib/mail/site-link';
import { emitEvent } from '../webhooks/emit-event';
import { readyEventKey } from './list-keys';
import { beginRun } from './start-list';

export interface ReadyList extends Omit<ReadList, 'maxCredits'> {
  listId: string;
}

export async function makeReady(scope: Scope, read: ReadyList, tx: Tx): Promise<AppError | null> {
  const { listId, counts, knownRecent } = read;
  const list = await lockIntake(scope, listId, tx);
  if (list?.state !== 'parsing') throw new Error(`the list ${listId} is not being read`);
  const maxCredits = list.test ? 0 : Math.max(0, counts.unique - counts.syntaxInvalid - knownRecent);
  await writeQuote(scope, listId, { ...read, maxCredits }, tx);
  await tell(list, { ...read, maxCredits }, tx);
  await announceLists([listId], tx);
  return list.startOnReady ? startNow(scope, list, tx) : null;
}

async function tell(list: IntakeList, { counts, maxCredits }: ReadList, tx: Tx): Promise<void> {
  const quote = {
    rows: counts.rows,
    unique: counts.unique,
    duplicates: counts.exactDuplicates + counts.canonicalDuplicates,
    syntax_invalid: counts.syntaxInvalid,
    max_credits: maxCredits,
  };
  const data = { job_id: list.id, name: list.name, state: 'ready', quote, url: siteLink(`/lists/${list.id}`) } as const;
  const event = { type: 'job.ready', sourceKey: readyEventKey(list.id), data, test: list.test } as const;
  await emitEvent({ workspaceId: list.workspaceId }, event, tx);
}

async function startNow(scope: Scope, { id, startMode, creditCap }: IntakeList, tx: Tx): Promise<AppError | null> {
  const run = await lockList(scope, id, tx);
  if (run === null) return null;
  const begun = await beginRun(run, { need: run.maxCredits, mode: startMode ?? 'full', creditCap }, tx);
  if (begun.ok) return null;
  await changeList(scope, id, { failureDetail: begun.error.message }, tx);
  return begun.error;
}
