// A list of what was pasted into the page: kept as a file of text and read like one. Refuses nothing at all and too much of it.
import { insertPart } from '@/lib/data/file-parts';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { PASTE_MAX_BYTES } from '@/lib/domain/limits';
import type { ListView } from '@/lib/domain/list-view';
import { fail, type Result } from '@/lib/errors';
import { endUpload } from './end-upload';
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
  const added = await inTransaction((tx) => addList(scope, list.value, tx));
  if (!added.ok) return added;
  // Where the list is there already it has its text, or gets it now: an earlier attempt died between the two.
  await insertPart(scope, id, { no: 1, bytes });
  return endUpload(scope, id);
}
