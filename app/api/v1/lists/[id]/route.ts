// PATCH: other days to keep the rows, or another column for the addresses. DELETE: the rows are deleted right away; the list stays
// with its totals, in the status `expired`.
import { answer, type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { changeKeeping, deleteList } from '@/lib/lists/keep';
import { changeListSchema } from '@/lib/lists/requests';
import { toListAnswer } from '@/lib/lists/web/answers';
import { chooseListColumn, choosesColumn, requireList } from '@/lib/lists/web/api';
import { unwrap } from '@/lib/platform/errors';
import { parseInput, readJsonBody } from '@/lib/platform/http/body';

async function read(call: ApiCall): Promise<ApiAnswer> {
  return answer(200, toListAnswer(await requireList(call)));
}

async function change(call: ApiCall): Promise<ApiAnswer> {
  const { scope } = call.holder;
  const list = await requireList(call);
  const { retention_days: retentionDays, ...column } = parseInput(changeListSchema, (await readJsonBody(call.request)).value);
  // The column first, because the list's status may refuse it.
  const chosen = choosesColumn(column) ? unwrap(await chooseListColumn(scope, list, column)) : list;
  const view = retentionDays === undefined ? chosen : unwrap(await changeKeeping(scope, { listId: list.id, retentionDays }));
  return answer(200, toListAnswer(view));
}

async function remove(call: ApiCall): Promise<ApiAnswer> {
  const { id: listId } = await requireList(call);
  return answer(200, toListAnswer(unwrap(await deleteList(call.holder.scope, { listId }))));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'lists:read' }, read),
  PATCH: apiRoute({ scope: 'lists:write' }, change),
  DELETE: apiRoute({ scope: 'lists:write' }, remove),
});
