// The list's progress as it happens, as an event stream.
import { type ApiCall, apiCalls, apiStream } from '@/lib/accounts/web/api-route';
import { watchList } from '@/lib/lists/operations';
import { toListAnswer, requireList, listEvents } from '@/lib/lists/web/api';

async function watch(call: ApiCall): Promise<Response> {
  const list = await requireList(call);
  return listEvents(call.request, { scope: call.holder.scope, list, event: 'list', toData: toListAnswer });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiStream(watchList, watch));
