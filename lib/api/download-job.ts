// GET /v1/jobs/{id}/download: the file itself, by the key that asked. No redirect to a link: one request is enough, a client that does
// not follow redirects gets its file too, and no address that works without a key comes into anybody's log.
import 'server-only';
import { exportQuerySchema } from '@/lib/schemas/export-request';
import type { ApiCall } from './api-route';
import { requireJob } from './jobs';
import { parseQuery } from './parse-input';
import { streamExport } from './stream-export';

export async function downloadJob(call: ApiCall): Promise<Response> {
  const { id: listId } = await requireJob(call);
  const wish = parseQuery(exportQuerySchema, call.request.url);
  return streamExport(call.request, { scope: call.holder.scope, listId, wish });
}
