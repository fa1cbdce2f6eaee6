// The file itself, by the key that asked. No redirect to a link: one request is enough, a client that does not follow redirects
// gets its file too, and no address that works without a key ends up in anybody's log.
import { type ApiCall, apiMethods, apiStream } from '@/lib/accounts/web/api-route';
import { exportQuerySchema } from '@/lib/lists/requests';
import { requireList } from '@/lib/lists/web/api';
import { streamExport } from '@/lib/lists/web/stream-export';
import { parseQuery } from '@/lib/platform/http/body';

async function download(call: ApiCall): Promise<Response> {
  const { id: listId } = await requireList(call);
  const wish = parseQuery(exportQuerySchema, call.request.url);
  return streamExport(call.request, { scope: call.holder.scope, listId, wish });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiStream({ scope: 'lists:read' }, download),
  HEAD: null,
});
