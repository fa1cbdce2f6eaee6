// Makes a list that waits for its file, which comes in parts. A second call with the same id finds the list as it is. Refuses files
// that are empty or too large, and more lists under way than a workspace may have.
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { LIST_FILE_MAX_BYTES, UPLOAD_PART_BYTES } from '@/lib/domain/limits';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { getList } from './get-list';
import { addList, plainFileName, toNewList, type ListSettings } from './new-list';

export interface BeginUpload extends ListSettings {
  fileName: string;
  sizeBytes: number;
}

export interface BegunUpload {
  list: ListView;
  /** Of each part but the last. Parts are numbered from 1. */
  partBytes: number;
}

const MB = 1024 * 1024;
export const TOO_LARGE = `A file may have at most ${LIST_FILE_MAX_BYTES / MB} MB.`;
export const EMPTY = 'The file is empty.';

const ENDINGS = /(\.(csv|tsv|tab|txt|xlsx|gz))+$/i;
/** Without its folders and endings. */
export const nameOfFile = (fileName: string): string => plainFileName(fileName).replace(ENDINGS, '');

export async function beginUpload(scope: Scope, upload: BeginUpload): Promise<Result<BegunUpload>> {
  const { fileName, sizeBytes } = upload;
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    return fail('invalid_request', { fields: { size_bytes: 'must be a whole number' } });
  }
  if (sizeBytes === 0) return fail('unreadable_file', { detail: EMPTY });
  if (sizeBytes > LIST_FILE_MAX_BYTES) return fail('file_too_large', { detail: TOO_LARGE });
  const list = toNewList({ source: 'upload', settings: upload, fallbackName: nameOfFile(fileName), fileName, sizeBytes });
  if (!list.ok) return list;
  const added = await inTransaction((tx) => addList(scope, list.value, tx));
  if (!added.ok) return added;
  const view = await getList(scope, list.value.id);
  return view.ok ? ok({ list: view.value, partBytes: UPLOAD_PART_BYTES }) : view;
}
