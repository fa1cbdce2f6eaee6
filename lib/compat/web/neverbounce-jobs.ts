// NeverBounce v4.2's jobs, mapped to our lists.
import 'server-only';
import { z } from 'zod';
import { deleteList } from '@/lib/lists/keep';
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { startList } from '@/lib/lists/start';
import { AppError, unwrap } from '@/lib/platform/errors';
import { parseInput } from '@/lib/platform/http/body';
import { numberOfId } from '@/lib/platform/ids';
import { parseJson } from '@/lib/platform/json';
import {
  ADDRESS_INPUT_MAX_CHARS,
  COMPAT_PAGE_ROWS_MAX,
  LIST_NAME_MAX_CHARS,
  LIST_ROWS_MAX,
  METADATA_MAX_BYTES,
} from '@/lib/platform/limits';
import {
  neverBounceJob,
  neverBounceVerification,
  appendedBy,
  type Asked,
  isEverything,
  isWanted,
  NEVERBOUNCE_KINDS,
  type Segment,
  segmentOf,
} from '../rules/neverbounce';
import { unanswered } from '../rules/outcome';
import { type JobRow, jobRows } from '../rows';
import { blankAsMissing, type CompatCall, compatRoute, flag, once, whole } from './call';
import { streamJob, callbackUrl, withCallback, allJobs, findJob, type JobItem, makeJob } from './jobs';
import { NEVERBOUNCE, success } from './neverbounce';

const READ = { scope: 'lists:read' } as const;
const WRITE = { scope: 'lists:write', bucket: 'verify' } as const;

const jobOf = (call: CompatCall): Promise<ListView> => findJob(call, call.query.job_id);

const rowSchema = z.record(z.string(), z.unknown());
/** An address, a row with one, or an object with one. Whatever accompanies it is returned with the result. */
const itemSchema = z
  .union([z.string().transform((email) => ({ email })), z.array(z.unknown()).min(1).transform(byPlace), rowSchema])
  .transform((own): JobItem => ({ email: addressOf(own), own: JSON.stringify(own) }))
  .refine(({ email }) => email !== '' && email.length <= ADDRESS_INPUT_MAX_CHARS, 'has no address')
  .refine(({ own }) => Buffer.byteLength(own) <= METADATA_MAX_BYTES, `must be at most ${METADATA_MAX_BYTES} bytes of JSON`);

/** The first cell with an @ is the address, or else the first cell. The other cells are named by their positions. */
function byPlace(cells: readonly unknown[]): Record<string, unknown> {
  const found = cells.findIndex(isAddressLike);
  const at = found === -1 ? 0 : found;
  const others = cells.flatMap((cell, place) => (place === at ? [] : [[String(place), cell] as const]));
  return { email: cells[at], ...Object.fromEntries(others) };
}

const isAddressLike = (value: unknown): value is string => typeof value === 'string' && value.includes('@');

/** Finds the address by the name of its field, however it is written, or else by its content. */
function addressOf(own: Record<string, unknown>): string {
  const [, named] = Object.entries(own).find(([name]) => /^e-?mail(?:[ _-]?address)?$/i.test(name)) ?? [];
  const value = named ?? Object.values(own).find(isAddressLike);
  return typeof value === 'string' ? value : '';
}

const valuesOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Object.values(value) : value);

/** A start that was meant as a free sample must not become a paid one. */
const noSample = flag.refine((isAsked) => !isAsked, 'is not offered here: a list has a quote before it is started');

const isText = (value: unknown): value is string => typeof value === 'string';
/** By name, or as an array of lines, or as an array of names with values. */
const headersSchema = z.preprocess(
  (value) => (Array.isArray(value) ? Object.fromEntries(value.flatMap(headerOf)) : (blankAsMissing(value) ?? {})),
  z.record(z.string(), z.coerce.string()),
);

function headerOf(value: unknown): [string, unknown][] {
  if (isText(value)) {
    const [name = '', ...rest] = value.split(':');
    return [[name.trim(), rest.join(':').trim()]];
  }
  const { data } = rowSchema.safeParse(value);
  if (data === undefined) return [];
  return isText(data.name) || isText(data.key) ? [[String(data.name ?? data.key), data.value]] : Object.entries(data);
}

const createSchema = z.object({
  input_location: z.literal('supplied', 'must be supplied: send the addresses; files are not fetched from a URL').nullish(),
  // Their Go client sends the rows as an object with numbers as keys.
  input: z.preprocess(valuesOf, z.array(itemSchema, 'is missing').min(1, 'is empty').max(LIST_ROWS_MAX)),
  filename: z.string().max(LIST_NAME_MAX_CHARS).nullish(),
  auto_start: flag,
  run_sample: noSample,
  callback_url: callbackUrl,
  callback_headers: headersSchema,
});

export const createJob = compatRoute(NEVERBOUNCE, { ...WRITE, isLarge: true }, (call) => {
  const asked = parseInput(createSchema, call.query);
  const { input, filename, auto_start: start, callback_url: url, callback_headers: headers } = asked;
  return once(call, { makes: 'list' }, async (post) => {
    const callback = { service: 'neverbounce', field: 'callback_url', url, headers } as const;
    const list = await withCallback(post, callback, () => makeJob(post, input, { name: filename ?? undefined, start }));
    return success(call, { job_id: numberOfId(list.id) });
  });
});

/** Lists are read as they come in, so the only thing left to do is to start one. */
export const parseJob = compatRoute(NEVERBOUNCE, WRITE, async (call) => {
  const list = await jobOf(call);
  const { auto_start: start } = parseInput(z.object({ auto_start: flag }), call.query);
  if (start && list.status === 'ready') await run(call, list);
  return success(call, { queue_id: list.id });
});

export const startJob = compatRoute(NEVERBOUNCE, WRITE, async (call) => {
  const list = await jobOf(call);
  parseInput(z.object({ run_sample: noSample }), call.query);
  await run(call, list);
  return success(call, { queue_id: list.id });
});

const run = async ({ holder }: CompatCall, { id }: ListView): Promise<ListView> =>
  unwrap(await startList(holder.scope, { listId: id, mode: 'full' }));

export const jobStatus = compatRoute(NEVERBOUNCE, READ, async (call) => {
  const list = await jobOf(call);
  return success(call, neverBounceJob(list, numberOfId(list.id)));
});

const PAGE_DEFAULT = 10;
const pageFields = {
  page: whole(1, LIST_ROWS_MAX),
  items_per_page: whole(1, COMPAT_PAGE_ROWS_MAX),
  // Named as in the types of their client for Node.
  per_page: whole(1, COMPAT_PAGE_ROWS_MAX),
};
const pageSchema = z.object(pageFields);

const pageOf = ({ page = 1, items_per_page: size, per_page: other }: z.infer<typeof pageSchema>) => ({
  page,
  size: size ?? other ?? PAGE_DEFAULT,
});

/** An unfinished job has no results at NeverBounce either. */
async function finishedJob(call: CompatCall): Promise<ListView> {
  const list = await jobOf(call);
  if (isSettled(list.status)) return list;
  throw new AppError('list_status_conflict', { detail: 'Results are not available yet: the job is not complete.' });
}

/** Whether a field of a call is on; undefined if it is not given. */
const askedBy =
  ({ query }: CompatCall): Asked =>
  (name) =>
    blankAsMissing(query[name]) === undefined ? undefined : flag.parse(query[name]);

export const jobResults = compatRoute(NEVERBOUNCE, READ, async (call) => {
  const list = await finishedJob(call);
  const { page, size } = pageOf(parseInput(pageSchema, call.query));
  const segment = segmentOf(askedBy(call), 'with');
  const { rows, total } = await pageOfRows(call, list, { segment, from: (page - 1) * size, take: size });
  const results = rows.map(({ outcome, cells, email }) => ({
    data: sentWith(cells) ?? dataOf(cells, list),
    verification: neverBounceVerification(outcome ?? unanswered(email, list.test), true),
  }));
  const kinds = NEVERBOUNCE_KINDS.map(([field, result]) => [field, segment.results.has(result) ? 1 : 0] as const);
  const query = { job_id: numberOfId(list.id), ...Object.fromEntries(kinds), page, items_per_page: size };
  return success(call, { total_results: total, total_pages: Math.ceil(total / size), query, results });
});

interface PageOfRows {
  segment: Segment;
  from: number;
  take: number;
}

/** Rows of a segment have no numbers, so the segment is read from its beginning. */
async function pageOfRows({ holder }: CompatCall, list: ListView, { segment, from, take }: PageOfRows) {
  const rows: JobRow[] = [];
  if (isEverything(segment)) {
    for await (const row of jobRows(holder.scope, list, { from, take })) rows.push(row);
    return { rows, total: list.quote?.rows ?? 0 };
  }
  let total = 0;
  for await (const row of jobRows(holder.scope, list)) {
    if (!isWanted(segment, row.outcome ?? unanswered(row.email, list.test), row.isDuplicate)) continue;
    if (total >= from && rows.length < take) rows.push(row);
    total += 1;
  }
  return { rows, total };
}

/** What was sent with the address. It follows the address. */
function sentWith([, ref = '']: readonly string[]): Record<string, unknown> | null {
  const sent = rowSchema.safeParse(parseJson(ref));
  return sent.success ? sent.data : null;
}

const dataOf = (cells: readonly string[], { columns }: ListView): Record<string, unknown> =>
  columns.length === 0 ? { email: cells[0] ?? '' } : Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? '']));

const wordsSchema = z.object({
  binary_operators_type: z.string().optional(),
  // Named as in their Go client.
  binary_operator_type: z.string().optional(),
  line_feed_type: z.string().optional(),
});

/** Duplicates are included only if asked for, as at NeverBounce. */
export const downloadJob = compatRoute(NEVERBOUNCE, READ, async (call) => {
  const list = await finishedJob(call);
  const {
    binary_operators_type: yesNo,
    binary_operator_type: other,
    line_feed_type: lineFeed = '',
  } = parseInput(wordsSchema, call.query);
  const segment = segmentOf(askedBy(call), 'without');
  return streamJob({ request: call.request, scope: call.holder.scope }, list, {
    contentType: 'application/octet-stream',
    ...appendedBy(askedBy(call), { yesNo: yesNo ?? other ?? '', lineFeed }),
    own: ({ cells }) => sentWith(cells),
    keeps: (outcome, { isDuplicate }) => isWanted(segment, outcome, isDuplicate),
  });
});

export const deleteJob = compatRoute(NEVERBOUNCE, WRITE, async (call) => {
  const { id: listId } = await jobOf(call);
  unwrap(await deleteList(call.holder.scope, { listId }));
  return success(call, {});
});

const blankless = z.preprocess(blankAsMissing, z.string().optional());
const searchSchema = z.object({
  ...pageFields,
  job_id: whole(0, Number.MAX_SAFE_INTEGER),
  job_status: blankless,
  filename: blankless,
});

export const searchJobs = compatRoute(NEVERBOUNCE, READ, async (call) => {
  const { page: asked, items_per_page: named, per_page: other, ...wanted } = parseInput(searchSchema, call.query);
  const { page, size } = pageOf({ page: asked, items_per_page: named, per_page: other });
  const jobs = (await allJobs(call)).map((list) => neverBounceJob(list, numberOfId(list.id)));
  const found = jobs.filter(
    (job) =>
      (wanted.job_id === undefined || job.id === wanted.job_id) &&
      (wanted.job_status === undefined || job.job_status === wanted.job_status) &&
      (wanted.filename === undefined || job.filename === wanted.filename),
  );
  return success(call, {
    total_results: found.length,
    total_pages: Math.ceil(found.length / size),
    query: { page, items_per_page: size, ...wanted },
    results: found.slice((page - 1) * size, page * size),
  });
});
