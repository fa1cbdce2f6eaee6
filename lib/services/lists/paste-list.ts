// A list of what was pasted into the page: kept as a file of text and read like one. Refuses nothing at all and too much of it.
import { insertPart } from '@/lib/data/file-parts';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { PASTE_MAX_BYTES } from '@/lib/domain/limits';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { beginReading } from './begin-reading';
import { getList } from './get-list';
import { addList, toNewList, type ListSettings } from './new-list';

export interface PasteList extends ListSettings {
  text: string;
}

const MB = 1024 * 1024;

export async function pasteList(scope: Scope, paste: PasteList): Promise<Result<ListView>> {
  const bytes = new TextEncoder().encode(paste.text);
  if (paste.text.trim() === '') return fail('invalid_request', { fields: { text: 'Paste at least one address.' } });
  if (bytes.length > PASTE_MAX_BYTES) {
    return fail('file_too_large', { detail: `At most ${PASTE_MAX_BYTES / MB} MB can be pasted; upload a file instead.` });
  }
  const list = toNewList({ source: 'paste', settings: paste, fallbackName: 'Pasted list', sizeBytes: bytes.length });
  if (!list.ok) return list;
  const { id } = list.value;
  const made = await inTransaction<Result<null>>(async (tx) => {
    const added = await addList(scope, list.value, tx);
    if (!added.ok) return added;
    if (!added.value) return ok(null);
    await insertPart(id, { no: 1, bytes }, tx);
    const read = { id, workspaceId: scope.workspaceId, state: 'uploading', sizeBytes: bytes.length } as const;
    await beginReading(read, { receivedBytes: bytes.length }, tx);
    return ok(null);
  });
  return made.ok ? getList(scope, id) : made;
}
