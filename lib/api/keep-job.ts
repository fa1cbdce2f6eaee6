// The calls of /v1/jobs/{id} that say how long its rows are kept: PATCH with other days, DELETE at once. The job itself stays, with its
// totals; after DELETE its state is `expired`.
import 'server-only';
import type { Result } from '@/lib/errors';
import { changeJobSchema } from '@/lib/schemas/job-request';
import { changeKeeping } from '@/lib/services/lists/change-keeping';
import { deleteList } from '@/lib/services/lists/delete-list';
import { answer, type ApiAnswer, type ApiCall } from './api-route';
import { toJobAnswer } from './job-answer';
import { requireJob } from './jobs';
import { parseInput } from './parse-input';
import { readJsonBody } from './read-json-body';

export async function changeJob(call: ApiCall): Promise<ApiAnswer> {
  const { id: listId } = await requireJob(call);
  const { retention_days: retentionDays } = parseInput(changeJobSchema, (await readJsonBody(call.request)).value);
  return answer(200, toJobAnswer(valueOf(await changeKeeping(call.holder.scope, { listId, retentionDays }))));
}

export async function deleteJob(call: ApiCall): Promise<ApiAnswer> {
  const { id: listId } = await requireJob(call);
  return answer(200, toJobAnswer(valueOf(await deleteList(call.holder.scope, { listId }))));
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw result.error;
  return result.value;
}
