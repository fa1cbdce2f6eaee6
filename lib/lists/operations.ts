// The list calls of API v1, as they are documented and routed.
import { NO_BODY, NO_QUERY, type Operation } from '@/lib/accounts/operation';
import { BATCH_BODY_MAX_BYTES } from '@/lib/platform/limits';
import { listRowsPageSchema, listSchema, listsPageSchema, EXAMPLE_LIST, EXAMPLE_LIST_ID, EXAMPLE_ROW } from './api';
import { exportQuerySchema } from './export/requests';
import {
  batchRequestSchema,
  changeListSchema,
  listsQuerySchema,
  noListFieldsSchema,
  resultsQuerySchema,
  resumeListSchema,
  retryListSchema,
  startListSchema,
  uploadFieldsSchema,
} from './requests';

const LISTS = 'Lists';
const reads = { tag: LISTS, scope: 'lists:read', query: NO_QUERY, body: NO_BODY } as const;
const writes = { tag: LISTS, scope: 'lists:write', query: NO_QUERY } as const;
const ofOne = { params: { id: EXAMPLE_LIST_ID } } as const;
const list = { description: 'The list in its current state.', schema: listSchema, example: EXAMPLE_LIST };
const spent = { ...list, headers: ['X-Credits-Remaining'] } as const;
const made = { ...spent, description: 'The list was created; its file is yet to be read, or its addresses to be verified.' };
const NO_MONEY = ['insufficient_credits', 'budget_exceeded'] as const;

export const verifyBatch = {
  ...writes,
  id: 'verifyBatch',
  method: 'POST',
  path: '/v1/verify/batch',
  tag: 'Verify',
  summary: 'Verify up to 1,000 addresses',
  description:
    'Creates a list of them and starts it right away. With `start: false` it becomes `ready` with a quote and waits to be started.',
  body: batchRequestSchema,
  bodyExample: { emails: ['ann@example.com', { email: 'bob@example.com', ref: '42' }], name: 'Sign-ups of today' },
  maxBytes: BATCH_BODY_MAX_BYTES,
  makes: 'list',
  answers: { 202: made },
  errors: [...NO_MONEY, 'quota_exceeded', 'limit_reached'],
} satisfies Operation;

export const createList = {
  ...writes,
  id: 'createList',
  method: 'POST',
  path: '/v1/lists',
  summary: 'Upload a list',
  description:
    'A file of up to 1,000,000 rows: CSV, TSV, text or XLSX, also gzipped. The fields come before the file, which is stored as it arrives; the upload may last as long as bytes keep arriving. With `start` the list runs as soon as the file is read; otherwise it becomes `ready` with a quote.',
  body: NO_BODY,
  form: uploadFieldsSchema,
  makes: 'list',
  answers: { 202: made },
  errors: ['quota_exceeded', 'limit_reached', 'conflict', 'list_status_conflict', 'unreadable_file'],
} satisfies Operation;

export const listLists = {
  ...reads,
  id: 'listLists',
  method: 'GET',
  path: '/v1/lists',
  summary: 'List all lists',
  description: 'The lists of the key’s own mode, live or test, newest first.',
  query: listsQuerySchema,
  queryExample: { status: 'completed', limit: 25 },
  answers: {
    200: { description: 'A page of lists.', schema: listsPageSchema, example: { data: [EXAMPLE_LIST], next_cursor: null } },
  },
} satisfies Operation;

export const getList = {
  ...reads,
  ...ofOne,
  id: 'getList',
  method: 'GET',
  path: '/v1/lists/{id}',
  summary: 'Get a list',
  answers: { 200: list },
} satisfies Operation;

export const changeList = {
  ...writes,
  ...ofOne,
  id: 'changeList',
  method: 'PATCH',
  path: '/v1/lists/{id}',
  summary: 'Change a list',
  description:
    'Sets how many days its rows are kept or, while it is `ready`, which column holds the addresses; then the file is read again.',
  body: changeListSchema,
  bodyExample: { retention_days: 7 },
  answers: { 200: list },
  errors: ['list_status_conflict', 'gone'],
} satisfies Operation;

export const deleteList = {
  ...writes,
  ...ofOne,
  id: 'deleteList',
  method: 'DELETE',
  path: '/v1/lists/{id}',
  summary: 'Delete the rows of a list',
  description: 'The list itself is kept, with its totals and the status `expired`.',
  body: NO_BODY,
  answers: { 200: list },
  errors: ['list_status_conflict'],
} satisfies Operation;

export const startList = {
  ...writes,
  ...ofOne,
  id: 'startList',
  method: 'POST',
  path: '/v1/lists/{id}/start',
  summary: 'Start a list',
  description:
    '`full` first holds the most the list can cost, and is refused with 402 if there are not enough credits. `until_empty` holds the available credits, or `credit_cap`, and pauses when they are used up.',
  body: startListSchema,
  bodyExample: { mode: 'until_empty', credit_cap: 500 },
  isBodyOptional: true,
  makes: 'request',
  answers: { 200: spent },
  errors: [...NO_MONEY, 'list_status_conflict', 'limit_reached', 'no_email_column'],
} satisfies Operation;

export const pauseList = {
  ...writes,
  ...ofOne,
  id: 'pauseList',
  method: 'POST',
  path: '/v1/lists/{id}/pause',
  summary: 'Pause a list',
  body: noListFieldsSchema,
  isBodyOptional: true,
  answers: { 200: list },
  errors: ['list_status_conflict'],
} satisfies Operation;

export const resumeList = {
  ...writes,
  ...ofOne,
  id: 'resumeList',
  method: 'POST',
  path: '/v1/lists/{id}/resume',
  summary: 'Resume a list',
  body: resumeListSchema,
  bodyExample: { credit_cap: 1_000 },
  isBodyOptional: true,
  makes: 'request',
  answers: { 200: spent },
  errors: ['insufficient_credits', 'list_status_conflict'],
} satisfies Operation;

export const cancelList = {
  ...writes,
  ...ofOne,
  id: 'cancelList',
  method: 'POST',
  path: '/v1/lists/{id}/cancel',
  summary: 'Cancel a list',
  description: 'Releases the credits it holds. Verdicts it already has are kept.',
  body: noListFieldsSchema,
  isBodyOptional: true,
  answers: { 200: list },
  errors: ['list_status_conflict'],
} satisfies Operation;

export const retryUnknowns = {
  ...writes,
  ...ofOne,
  id: 'retryUnknowns',
  method: 'POST',
  path: '/v1/lists/{id}/retry-unknowns',
  summary: 'Retry unknown rows',
  body: retryListSchema,
  bodyExample: { mode: 'full' },
  isBodyOptional: true,
  makes: 'request',
  answers: { 200: spent },
  errors: [...NO_MONEY, 'list_status_conflict', 'limit_reached'],
} satisfies Operation;

export const watchList = {
  ...reads,
  ...ofOne,
  id: 'watchList',
  method: 'GET',
  path: '/v1/lists/{id}/events',
  summary: 'Follow a list',
  description:
    'Server-sent events: each `list` event holds the whole list, and its id is the version. With `Last-Event-ID` nothing is sent twice. The stream ends once the list no longer changes by itself.',
  answers: {
    200: { description: 'The stream.', streams: ['text/event-stream'] },
    204: { description: 'The last event was already sent: do not reconnect.' },
  },
} satisfies Operation;

export const listResults = {
  ...reads,
  ...ofOne,
  id: 'listResults',
  method: 'GET',
  path: '/v1/lists/{id}/results',
  summary: 'List results',
  description: 'The rows that have a verdict, in the order of the file, also while the list runs.',
  query: resultsQuerySchema,
  queryExample: { status: 'deliverable', limit: 25 },
  answers: {
    200: {
      description: 'A page of rows.',
      schema: listRowsPageSchema,
      example: { data: [EXAMPLE_ROW], next_cursor: null, previous_cursor: null, total: 1 },
    },
  },
  errors: ['gone'],
} satisfies Operation;

const FILES = ['text/csv', 'application/x-ndjson', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];

export const downloadList = {
  ...reads,
  ...ofOne,
  id: 'downloadList',
  method: 'GET',
  path: '/v1/lists/{id}/download',
  summary: 'Download a list',
  description: 'The rows with their original columns, in their original order, with the verdict added.',
  query: exportQuerySchema,
  queryExample: { segment: 'send', format: 'csv' },
  answers: { 200: { description: 'The file.', streams: FILES, headers: ['Content-Disposition'] } },
  errors: ['list_status_conflict', 'gone'],
} satisfies Operation;

export const LIST_OPERATIONS: readonly Operation[] = [
  verifyBatch,
  createList,
  listLists,
  getList,
  changeList,
  deleteList,
  startList,
  pauseList,
  resumeList,
  cancelList,
  retryUnknowns,
  watchList,
  listResults,
  downloadList,
];
