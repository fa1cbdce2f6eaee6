// Which parts of an upload are there, so that one which was broken off goes on where it was.
import { listParts } from '@/lib/data/file-parts';
import type { Scope } from '@/lib/data/scope';
import { UPLOAD_PART_BYTES } from '@/lib/domain/limits';
import { ok, type Result } from '@/lib/errors';
import type { BegunUpload } from './begin-upload';
import { getList } from './get-list';

export async function getUpload(scope: Scope, listId: string): Promise<Result<BegunUpload & { parts: number[] }>> {
  const list = await getList(scope, listId);
  if (!list.ok) return list;
  const parts = list.value.state === 'uploading' ? await listParts(listId) : [];
  return ok({ list: list.value, partBytes: UPLOAD_PART_BYTES, parts: parts.map(({ no }) => no) });
}
