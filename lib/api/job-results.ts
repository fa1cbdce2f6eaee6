// GET /v1/jobs/{id}/results and /events: the rows that have their verdict, also while the job runs, and its progress as it happens.
import 'server-only';
import { parseQuery } from './parse-input';
import { resultsQuerySchema } from '@/lib/schemas/job-results-request';
import { listResults } from '@/lib/services/lists/list-results';
import { answer, type ApiAnswer, type ApiCall } from './api-route';
import { toJobAnswer } from './job-answer';
import { toJobResultAnswer } from './job-result-answer';
import { requireJob } from './jobs';
import { listEvents } from './list-events';

export async function readJobResults(call: ApiCall): Promise<ApiAnswer> {
  const { id, columns } = await requireJob(call);
  const query = parseQuery(resultsQuerySchema, call.request.url);
  const page = await listResults(call.holder.scope, id, query);
  if (!page.ok) throw page.error;
  const { items, nextCursor, previousCursor, total } = page.value;
  return answer(200, {
    data: items.map((row) => toJobResultAnswer(row, columns)),
    next_cursor: nextCursor,
    previous_cursor: previousCursor,
    total,
  });
}

export async function watchJob(call: ApiCall): Promise<Response> {
  const list = await requireJob(call);
  return listEvents(call.request, { scope: call.holder.scope, list, event: 'job', toData: toJobAnswer });
}
