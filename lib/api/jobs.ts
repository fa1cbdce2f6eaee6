// The calls of /v1/jobs that read a job and change its run. A test key sees the jobs of test keys, a live key the real ones; what is
// another's, of the other mode, or no id reads as missing. Promises that a call which is resumed after a crash does not take what it
// did itself for a conflict.
import 'server-only';
import type { ListView } from '@/lib/domain/list-view';
import { AppError, type Result } from '@/lib/errors';
import { isJobId, jobsQuerySchema, noJobFieldsSchema, type ResumeJob, type StartJob } from '@/lib/schemas/job-request';
import { getBalance } from '@/lib/services/ledger/get-balance';
import { cancelList } from '@/lib/services/lists/cancel-list';
import { getList } from '@/lib/services/lists/get-list';
import { listLists } from '@/lib/services/lists/list-lists';
import { pauseList } from '@/lib/services/lists/pause-list';
import { resumeList } from '@/lib/services/lists/resume-list';
import { retryUnknowns } from '@/lib/services/lists/retry-unknowns';
import { startList } from '@/lib/services/lists/start-list';
import type { ApiPost } from './api-post';
import { answer, type ApiAnswer, type ApiCall } from './api-route';
import { toJobAnswer } from './job-answer';
import { parseInput, parseQuery } from './parse-input';
import { readOptionalJson } from './read-optional-json';

export async function readJobs({ holder, request }: ApiCall): Promise<ApiAnswer> {
  const { state, ...page } = parseQuery(jobsQuerySchema, request.url);
  const filter = { ...page, test: holder.mode === 'test', states: state && [state] };
  const { items, nextCursor } = await listLists(holder.scope, filter);
  return answer(200, { data: items.map(toJobAnswer), next_cursor: nextCursor });
}

export async function readJob(call: ApiCall): Promise<ApiAnswer> {
  return answer(200, toJobAnswer(await requireJob(call)));
}

export async function pauseJob(call: ApiCall): Promise<ApiAnswer> {
  const { id: listId } = await requireJob(call);
  parseInput(noJobFieldsSchema, (await readOptionalJson(call.request)).value);
  return answer(200, toJobAnswer(valueOf(await pauseList(call.holder.scope, { listId }))));
}

export async function cancelJob(call: ApiCall): Promise<ApiAnswer> {
  const { id: listId } = await requireJob(call);
  parseInput(noJobFieldsSchema, (await readOptionalJson(call.request)).value);
  return answer(200, toJobAnswer(valueOf(await cancelList(call.holder.scope, { listId }))));
}

export async function startJob(post: ApiPost<StartJob>): Promise<ApiAnswer> {
  const { mode, credit_cap: creditCap } = post.body;
  return spend(post, (listId) => startList(post.holder.scope, { listId, mode, creditCap }));
}

export async function resumeJob(post: ApiPost<ResumeJob>): Promise<ApiAnswer> {
  return spend(post, (listId) => resumeList(post.holder.scope, { listId, creditCap: post.body.credit_cap }));
}

export async function retryJobUnknowns(post: ApiPost<StartJob>): Promise<ApiAnswer> {
  const { mode, credit_cap: creditCap } = post.body;
  return spend(post, (listId) => retryUnknowns(post.holder.scope, { listId, mode, creditCap }));
}

async function spend<B>(post: ApiPost<B>, act: (listId: string) => Promise<Result<ListView>>): Promise<ApiAnswer> {
  const { id } = await requireJob(post);
  const acted = await act(id);
  const isDoneBefore = !acted.ok && post.isResumed && acted.error.code === 'job_state_conflict';
  const view = isDoneBefore ? await requireJob(post) : valueOf(acted);
  const { available } = await getBalance(post.holder.scope);
  return answer(200, toJobAnswer(view), { 'X-Credits-Remaining': String(available) });
}

/** The job of the path, of the caller’s workspace and mode. */
export async function requireJob({ holder, param }: ApiCall): Promise<ListView> {
  const id = param('id');
  if (!isJobId(id)) throw new AppError('not_found');
  const view = valueOf(await getList(holder.scope, id));
  if (view.test !== (holder.mode === 'test')) throw new AppError('not_found');
  return view;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw result.error;
  return result.value;
}
