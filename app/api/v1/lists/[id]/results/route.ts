// The rows that have a verdict, even while the list is running.
import type { z } from 'zod';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { listResults as operation } from '@/lib/lists/operations';
import { listResults } from '@/lib/lists/results';
import { toListRowAnswer, requireList } from '@/lib/lists/web/api';

async function readResults(call: ApiCall<z.infer<typeof operation.query>>): Promise<ApiAnswer> {
  const list = await requireList(call);
  const page = await listResults(call.holder.scope, list.id, call.query);
  if (!page.ok) throw page.error;
  const { items, nextCursor, previousCursor, total } = page.value;
  return answer(200, {
    data: items.map((row) => toListRowAnswer(row, list)),
    next_cursor: nextCursor,
    previous_cursor: previousCursor,
    total,
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, readResults));
