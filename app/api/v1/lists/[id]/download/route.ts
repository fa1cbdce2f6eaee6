// Sends the file itself, authorized by the key of the request. It does not redirect to a link: one request is enough, a client that does
// not follow redirects gets its file too, and no address that works without a key ends up in somebody's log.
import { type ApiCall, apiCalls, apiStream } from '@/lib/accounts/web/api-route';
import { downloadList } from '@/lib/lists/operations';
import type { ExportWish } from '@/lib/lists/rules/export';
import { requireList } from '@/lib/lists/web/api';
import { streamExport } from '@/lib/lists/web/stream-export';

async function download(call: ApiCall<ExportWish>): Promise<Response> {
  const { id: listId } = await requireList(call);
  return streamExport(call.request, { scope: call.holder.scope, listId, wish: call.query });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiStream(downloadList, download));
