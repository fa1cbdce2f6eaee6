// The rows that have their verdict, also while the list runs.
import { answer, type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { resultsQuerySchema } from '@/lib/lists/requests';
import { listResults } from '@/lib/lists/results';
import { toListRowAnswer } from '@/lib/lists/web/answers';
import { requireList } from '@/lib/lists/web/api';
import { parseQuery } from '@/lib/platform/http/body';

async function readResults(call: ApiCall): Promise<ApiAnswer> {
  const list = await requireList(call);
  const query = parseQuery(resultsQuerySchema, call.request.url);
  const page = await listResults(call.holder.scope, list.id, query);
  if (!page.ok) throw page.error;
  const { items, nextCursor, previousCursor, total } = page.value;
  return answer(200, {
    data: items.map((row) => toListRowAnswer(row, list)),
    next_cursor: nextCursor,
    previous_cursor: previousCursor,
    total,
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'lists:read' }, readResults),
});
