// A list of addresses that came by JSON: few enough to be read at once, so it is made, counted and started in one transaction. Every
// item gets an answer, whatever it holds; its cells are the address, the reference and the metadata. Refuses with 402 when there are
// not enough credits for all of it, and then nothing is left of it.
import { changeIntake, writeFileFacts } from '@/lib/data/list-intake';
import { countKnownRows, insertRows } from '@/lib/data/list-rows';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import type { JsonValue } from '@/lib/domain/layer';
import { BATCH_MAX_EMAILS } from '@/lib/domain/limits';
import type { ListView } from '@/lib/domain/list-view';
import { RowSorter } from '@/lib/domain/sort-rows';
import { AppError, fail, type Result } from '@/lib/errors';
import { getList } from './get-list';
import { makeReady } from './make-ready';
import { addList, toNewList, type ListSettings } from './new-list';

export interface BatchItem {
  email: string;
  ref?: string | null | undefined;
  metadata?: JsonValue | undefined;
}

export interface CreateBatch extends Omit<ListSettings, 'start'> {
  items: readonly BatchItem[];
}

const COLUMNS = ['email', 'ref', 'metadata'] as const;

export async function createBatch(scope: Scope, batch: CreateBatch): Promise<Result<ListView>> {
  const { items } = batch;
  if (items.length === 0 || items.length > BATCH_MAX_EMAILS) {
    return fail('invalid_request', { fields: { emails: `must have 1 to ${BATCH_MAX_EMAILS} items` } });
  }
  const settings = { ...batch, start: { mode: 'full' } } as const;
  const list = toNewList({ source: 'api', settings, fallbackName: `Batch of ${items.length}` });
  if (!list.ok) return list;
  try {
    await inTransaction(async (tx) => {
      const added = await addList(scope, list.value, tx);
      if (!added.ok) throw added.error;
      if (added.value) await readItems(scope, { listId: list.value.id, items }, tx);
    });
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error };
    throw error;
  }
  return getList(scope, list.value.id);
}

/** Throws what refuses its start, so that nothing of it stays. */
async function readItems(
  scope: Scope,
  { listId, items }: { listId: string; items: readonly BatchItem[] },
  tx: Tx,
): Promise<void> {
  await changeIntake(scope, listId, { state: 'parsing' }, tx);
  const sorter = new RowSorter({ column: 0, takesAnything: true });
  const rows = items.map(toCells).map((cells) => ({ ...sorter.sort(cells), cells }));
  await insertRows(listId, rows, tx);
  const columns = COLUMNS.map((name, at) => ({ name, emailShare: at === 0 ? 1 : 0, samples: [] }));
  await writeFileFacts(listId, { format: 'json', encoding: null, delimiter: null, columns }, tx);
  const knownRecent = await countKnownRows(scope, listId, tx);
  const refusal = await makeReady(scope, { listId, counts: sorter.counts, knownRecent, emailColumn: 0, hasHeader: true }, tx);
  if (refusal !== null) throw refusal;
}

const toCells = ({ email, ref, metadata }: BatchItem): string[] => [
  email,
  ref ?? '',
  metadata === undefined || metadata === null ? '' : JSON.stringify(metadata),
];
