// PATCH: changes how many days the rows are kept, or which column holds the addresses. DELETE: deletes the rows right away; the list and
// its totals are kept, with the status `expired`.
import type { z } from 'zod';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { changeKeeping, deleteList } from '@/lib/lists/keep';
import { changeList, deleteList as deletion, getList } from '@/lib/lists/operations';
import { toListAnswer, chooseListColumn, choosesColumn, requireList } from '@/lib/lists/web/api';
import { unwrap } from '@/lib/platform/errors';

async function read(call: ApiCall): Promise<ApiAnswer> {
  return answer(200, toListAnswer(await requireList(call)));
}

async function change(call: ApiCall<unknown, z.infer<typeof changeList.body>>): Promise<ApiAnswer> {
  const { scope } = call.holder;
  const list = await requireList(call);
  const { retention_days: retentionDays, ...column } = call.body;
  // Change the column first, because the list's status may refuse it.
  const chosen = choosesColumn(column) ? unwrap(await chooseListColumn(scope, list, column)) : list;
  const view = retentionDays === undefined ? chosen : unwrap(await changeKeeping(scope, { listId: list.id, retentionDays }));
  return answer(200, toListAnswer(view));
}

async function remove(call: ApiCall): Promise<ApiAnswer> {
  const { id: listId } = await requireList(call);
  return answer(200, toListAnswer(unwrap(await deleteList(call.holder.scope, { listId }))));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(
  apiRoute(getList, read),
  apiRoute(changeList, change),
  apiRoute(deletion, remove),
);
