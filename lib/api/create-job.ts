// POST /v1/jobs: takes a file as it streams in and has it read; and POST /v1/verify/batch: takes addresses and starts at once. Promises
// that a request with an Idempotency-Key makes one job however often it comes.
import 'server-only';
import type { ListView } from '@/lib/domain/list-view';
import type { Result } from '@/lib/errors';
import { uploadFieldsSchema, type BatchRequest, type UploadFields } from '@/lib/schemas/new-job-request';
import { getBalance } from '@/lib/services/ledger/get-balance';
import { createBatch } from '@/lib/services/lists/create-batch';
import type { ListSettings } from '@/lib/services/lists/new-list';
import { receiveFile } from '@/lib/services/lists/receive-file';
import type { ApiPost } from './api-post';
import { answer, type ApiAnswer, type ApiCall } from './api-route';
import { doOnce } from './do-once';
import { toJobAnswer } from './job-answer';
import { parseInput } from './parse-input';
import { readUploadForm, type UploadForm } from './read-upload-form';

export async function createJob(call: ApiCall): Promise<ApiAnswer> {
  const form = await readUploadForm(call.request);
  try {
    const fields = parseInput(uploadFieldsSchema, form.fields);
    const job = { makes: 'list', asked: askedBy(form) } as const;
    return await doOnce(call, job, async ({ resourceId }) => {
      const upload = { ...settingsOf(call, fields), listId: resourceId, fileName: form.fileName, sizeBytes: 0 };
      return accepted(call, await receiveFile(call.holder.scope, upload, form.file));
    });
  } finally {
    form.close();
  }
}

export async function verifyBatch(post: ApiPost<BatchRequest>): Promise<ApiAnswer> {
  const { emails: items, ...fields } = post.body;
  const batch = { ...settingsOf(post, fields), listId: post.resourceId, items };
  return accepted(post, await createBatch(post.holder.scope, batch));
}

function settingsOf({ holder }: ApiCall, fields: UploadFields): Omit<ListSettings, 'listId'> {
  const { name, policy, start = false, mode = 'full', credit_cap: creditCap, retention_days: retentionDays, metadata } = fields;
  return {
    name,
    policy,
    retentionDays,
    metadata,
    start: start ? { mode, creditCap } : null,
    test: holder.mode === 'test',
    apiKeyId: holder.keyId,
  };
}

/** 202: its file is still to be read, or its addresses to be verified. */
async function accepted({ holder }: ApiCall, made: Result<ListView>): Promise<ApiAnswer> {
  if (!made.ok) throw made.error;
  const { available } = await getBalance(holder.scope);
  return answer(202, toJobAnswer(made.value), { 'X-Credits-Remaining': String(available) });
}

/** The file itself is not known before it was taken, so that its name and the form's size stand for it. */
function askedBy({ fields, fileName, announcedBytes }: UploadForm): Uint8Array {
  const words = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new TextEncoder().encode(JSON.stringify([words, fileName, announcedBytes]));
}
