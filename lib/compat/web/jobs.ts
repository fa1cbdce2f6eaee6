// Lists in the form of other services' jobs, batches and files: made of addresses or of a file, found by a number or by our id in the mode
// of the key.
import 'server-only';
import type { Attempt } from '@/lib/platform/idempotency';
import { AppError, unwrap } from '@/lib/platform/errors';
import { BATCH_MAX_EMAILS } from '@/lib/platform/limits';
import { createBatch } from '@/lib/lists/create';
import { getList, listLists } from '@/lib/lists/read';
import { isListId } from '@/lib/lists/requests';
import type { ListView } from '@/lib/lists/rules/view';
import { type BeginUpload, receiveFile } from '@/lib/lists/upload';
import type { CompatCall } from './call';

export interface JobItem {
  email: string;
  /** The client's own words on it, as JSON. */
  own: string;
}

export interface JobToMake {
  name?: string | undefined;
  /** Left out: right away. */
  start?: boolean;
}

/** Few addresses are counted and held for at once; many are read like a file. */
export async function makeJob(
  { holder, resourceId }: CompatCall & Attempt,
  items: readonly JobItem[],
  { name, start = true }: JobToMake,
): Promise<ListView> {
  const settings = { name, test: holder.mode === 'test', apiKeyId: holder.keyId, listId: resourceId };
  if (items.length <= BATCH_MAX_EMAILS) {
    const batch = items.map(({ email, own }) => ({ email, ref: own }));
    return unwrap(await createBatch(holder.scope, { ...settings, items: batch, start }));
  }
  const file = {
    ...settings,
    fileName: 'addresses.csv',
    sizeBytes: 0,
    emailColumn: 1,
    hasHeader: true,
    start: start ? { mode: 'full' as const } : null,
  };
  return unwrap(await receiveFile(holder.scope, file, linesOf(items)));
}

/** Any bytes that a list can be made of, started as soon as they are read. */
export async function makeFileJob(
  { holder, resourceId }: CompatCall & Attempt,
  file: Pick<BeginUpload, 'fileName' | 'sizeBytes' | 'emailColumn' | 'hasHeader' | 'name'>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ListView> {
  const settings = { test: holder.mode === 'test', apiKeyId: holder.keyId, listId: resourceId, start: { mode: 'full' as const } };
  return unwrap(await receiveFile(holder.scope, { ...settings, ...file }, bytes));
}

async function* linesOf(items: readonly JobItem[]): AsyncGenerator<Uint8Array, void> {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  yield Buffer.from('email,ref\n');
  for (const { email, own } of items) yield Buffer.from(`${quoted(email)},${quoted(own)}\n`);
}

/** By number or by our own id; another workspace's, and one of the other mode, reads as missing. */
export async function findJob({ holder }: CompatCall, id: unknown): Promise<ListView> {
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  const list = isListId(text) ? unwrap(await getList(holder.scope, text)) : await findByNumber(holder, Number(text));
  if (list === null || list.test !== (holder.mode === 'test'))
    throw new AppError('not_found', { detail: 'There is no such job.' });
  return list;
}

async function findByNumber({ scope, mode }: CompatCall['holder'], number: number): Promise<ListView | null> {
  if (!Number.isSafeInteger(number) || number < 0) return null;
  const { items } = await listLists(scope, { test: mode === 'test', number, limit: 2 });
  const [list = null, other] = items;
  if (other === undefined) return list;
  throw new AppError('conflict', { detail: 'Two jobs happen to have this number. Name the job by the id that its page shows.' });
}

const PAGE = 100;

/** All of the key's mode, newest first. */
export async function allJobs({ holder }: CompatCall): Promise<ListView[]> {
  const jobs: ListView[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listLists(holder.scope, { test: holder.mode === 'test', cursor, limit: PAGE });
    jobs.push(...page.items);
    if (page.nextCursor === null) return jobs;
    cursor = page.nextCursor;
  }
}
