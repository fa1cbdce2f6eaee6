// GET: the lists of the key's own mode. POST: receives a file as a stream and has it read. A request with an Idempotency-Key creates one
// list, no matter how often it is repeated.
import type { z } from 'zod';
import { doOnce } from '@/lib/accounts/web/api-post';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { listLists } from '@/lib/lists/read';
import { createList, listLists as listing } from '@/lib/lists/operations';
import { receiveFile } from '@/lib/lists/upload';
import { toListAnswer, accepted, settingsOf } from '@/lib/lists/web/api';
import { parseInput } from '@/lib/platform/http/body';
import { readUploadForm, type UploadForm } from '@/lib/platform/http/upload-form';
import { UPLOAD_FORM_EXTRA_BYTES } from '@/lib/platform/limits';

async function readAll({ holder, query }: ApiCall<z.infer<typeof listing.query>>): Promise<ApiAnswer> {
  const { status, ...page } = query;
  const filter = { ...page, test: holder.mode === 'test', statuses: status && [status] };
  const { items, nextCursor } = await listLists(holder.scope, filter);
  return answer(200, { data: items.map(toListAnswer), next_cursor: nextCursor });
}

async function create(call: ApiCall): Promise<ApiAnswer> {
  const form = await readUploadForm(call.request);
  try {
    const fields = parseInput(createList.form, form.fields);
    const list = { makes: createList.makes, asked: askedBy(form) };
    return await doOnce(call, list, async ({ resourceId }) => {
      const upload = { ...settingsOf(call, fields), listId: resourceId, fileName: form.fileName, sizeBytes: atLeastBytes(form) };
      return accepted(call, await receiveFile(call.holder.scope, upload, form.file));
    });
  } finally {
    form.close();
  }
}

/** The smallest size the file can have, given the form's announced size: a file that is too large is refused before it is read. */
const atLeastBytes = ({ announcedBytes }: UploadForm): number => Math.max(0, announcedBytes - UPLOAD_FORM_EXTRA_BYTES);

/**
 * What identifies the request for its Idempotency-Key. The file's content is unknown until it has been received, so its name and the form's
 * announced size stand in for it.
 */
function askedBy({ fields, fileName, announcedBytes }: UploadForm): Uint8Array {
  const words = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new TextEncoder().encode(JSON.stringify([words, fileName, announcedBytes]));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(
  apiRoute(listing, readAll),
  apiRoute(createList, create),
);
