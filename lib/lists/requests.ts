// What clients send about lists: to the list calls of API v1, from the pages that create a list, and for an export by the API, a
// form or a link. Unknown fields are refused, because a misspelled option must not be ignored. Only a link's payload may have
// more fields, because another release may have written it.
import { z } from 'zod';
import {
  ADDRESS_INPUT_MAX_CHARS,
  BATCH_MAX_EMAILS,
  BATCH_REF_MAX_CHARS,
  CURSOR_MAX_CHARS,
  LIST_COLUMN_NAME_MAX_CHARS,
  LIST_COLUMNS_MAX,
  LIST_NAME_MAX_CHARS,
  LIST_RETENTION_DAYS,
  LIST_ROWS_MAX,
  METADATA_MAX_BYTES,
  PASTE_MAX_BYTES,
  SEARCH_MAX_CHARS,
  WAITING_LISTS_SHOWN,
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { CURSOR_MEANING, limitField } from '@/lib/platform/pages';
import type { JsonValue } from '@/lib/verdict/evidence';
import { GRADES } from '@/lib/verdict/grade';
import { FINAL_STATUSES, POLICY_NAMES, REASONS } from '@/lib/verdict/verdict';
import { LIST_STATUSES, SEGMENTS, START_MODES } from './rules/list';

const LIST_ID = /^lst_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether part of a path has the form of a list id. */
export const isListId = (id: string): boolean => LIST_ID.test(id);

/** The lists that waited for a purchase, read from the URL of its return page. */
export const waitingListIds = (word: string | null): string[] =>
  (word ?? '').split('.').filter(isListId).slice(0, WAITING_LISTS_SHOWN);

/** What a field means, as JSON or in a form. */
const MEANING = {
  name: `The list’s name, up to ${LIST_NAME_MAX_CHARS} characters.`,
  policy: 'How you plan to use the addresses, which decides the recommendations. The workspace’s policy by default.',
  mode: '`full`, the default, holds the most that the run can cost. `until_empty` runs as far as the credits go, then pauses.',
  cap: 'The most credits that the run may cost, with the mode `until_empty`. Without it there is no cap.',
  retention: `Days that the rows are kept: ${LIST_RETENTION_DAYS.min} to ${LIST_RETENTION_DAYS.max}.`,
  metadata: `Your own JSON object, up to ${formatCount(METADATA_MAX_BYTES)} bytes. It is returned with the answer.`,
  column: 'The column with the addresses: its name, or its number from 1. Found automatically by default.',
  header: 'Whether the first row names the columns. Found out automatically by default.',
};

const name = z.string().max(LIST_NAME_MAX_CHARS, `must have at most ${LIST_NAME_MAX_CHARS} characters`).describe(MEANING.name);
const policy = z.enum(POLICY_NAMES).describe(MEANING.policy);
const retentionDays = z.int().min(LIST_RETENTION_DAYS.min).max(LIST_RETENTION_DAYS.max).describe(MEANING.retention);

/** The whole body came from JSON.parse, so any value in it is JSON. */
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);

const metadata = z
  .record(z.string(), jsonValue, 'must be an object')
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= METADATA_MAX_BYTES,
    `must be at most ${METADATA_MAX_BYTES} bytes of JSON`,
  )
  .describe(MEANING.metadata);

const creditCap = z.int().min(1).max(LIST_ROWS_MAX).nullable().optional().describe(MEANING.cap);

/** A list's filter, with the names that queries use. Spread these fields into a call's own strict object. */
export const listFilterFields = {
  status: z.enum(FINAL_STATUSES).optional().describe('Only rows with this status.'),
  reason: z.enum(REASONS).optional().describe('Only rows with this reason.'),
  grade: z.enum(GRADES).optional().describe('Only catch-all answers with this grade.'),
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, 'must be the id of a provider, or none')
    .optional()
    .describe('Only rows whose mail this provider takes, by its id, like `google`; `none` for those of no known provider.'),
  q: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(SEARCH_MAX_CHARS)
    .optional()
    .describe('Only addresses that begin with this text or, if it begins with `@`, those of this domain.'),
} as const;

export const listsQuerySchema = z.strictObject({
  status: z.enum(LIST_STATUSES).optional().describe('Only lists with this status.'),
  cursor: z.string().regex(LIST_ID, 'must be the next_cursor of an earlier page').optional().describe(CURSOR_MEANING),
  limit: limitField,
});

const startFields = { mode: z.enum(START_MODES).default('full').describe(MEANING.mode), credit_cap: creditCap };

export const retryListSchema = z.strictObject(startFields);
export type RetryListRequest = z.infer<typeof retryListSchema>;

const columnFields = {
  email_column: z
    .union([z.int().min(1).max(LIST_COLUMNS_MAX), z.string().trim().min(1).max(LIST_COLUMN_NAME_MAX_CHARS)], {
      error: 'must be the name or the number (from 1) of a column',
    })
    .optional()
    .describe(MEANING.column),
  has_header: z.boolean().optional().describe(MEANING.header),
};

export type ColumnFields = { [K in keyof typeof columnFields]?: z.infer<(typeof columnFields)[K]> };

/** If another column is named, the file is read again before the start. */
export const startListSchema = z.strictObject({ ...startFields, ...columnFields });
export type StartListRequest = z.infer<typeof startListSchema>;

export const resumeListSchema = z.strictObject({ credit_cap: creditCap });
export type ResumeListRequest = z.infer<typeof resumeListSchema>;

/** What can be changed about an existing list. */
export const changeListSchema = z
  .strictObject({
    retention_days: retentionDays.optional(),
    ...columnFields,
  })
  .refine(
    ({ retention_days: days, email_column: column, has_header: header }) =>
      [days, column, header].some((value) => value !== undefined),
    'must change at least one field',
  );

export const noListFieldsSchema = z.strictObject({});

export const resultsQuerySchema = z.strictObject({
  ...listFilterFields,
  status: z
    .enum([...FINAL_STATUSES, 'pending'])
    .optional()
    .describe('Only rows with this status; `pending` for rows that wait for a retry. Only final rows by default.'),
  segment: z.enum(SEGMENTS).optional().describe('Only rows with this recommendation.'),
  cursor: z
    .string()
    .max(CURSOR_MAX_CHARS, 'must be a cursor from an earlier page')
    .optional()
    .describe('Where to continue: the `next_cursor` or `previous_cursor` of another page. Leave it out for the first page.'),
  limit: limitField,
});

const batchItemSchema = z.strictObject({
  email: z
    .string()
    .max(ADDRESS_INPUT_MAX_CHARS, `must have at most ${ADDRESS_INPUT_MAX_CHARS} characters`)
    .describe(`The address: any text of up to ${formatCount(ADDRESS_INPUT_MAX_CHARS)} characters.`),
  ref: z
    .string()
    .max(BATCH_REF_MAX_CHARS)
    .optional()
    .describe(`Your own id, up to ${BATCH_REF_MAX_CHARS} characters. It is returned with the row, in \`columns\`.`),
  metadata: metadata.optional(),
});

/** Any text is accepted: a bad address gets an answer, not an error. */
const batchEntry = z.union([batchItemSchema.shape.email.transform((email) => ({ email })), batchItemSchema], {
  error: `must be an address, or an object with email, ref and metadata`,
});

export const batchRequestSchema = z.strictObject({
  emails: z
    .array(batchEntry)
    .min(1, 'must hold at least one address')
    .max(BATCH_MAX_EMAILS, `must hold at most ${BATCH_MAX_EMAILS} addresses`)
    .describe(`Up to ${formatCount(BATCH_MAX_EMAILS)} addresses, each as text or as an object with fields of yours.`),
  start: z.boolean().default(true).describe('If false, the list becomes `ready` with a quote and waits to be started.'),
  name: name.optional(),
  policy: policy.optional(),
  retention_days: retentionDays.optional(),
  metadata: metadata.optional(),
});
export type BatchRequest = z.infer<typeof batchRequestSchema>;

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

/** Fields of a form are text; an empty one counts as left out. */
const optionalWord = <T>(schema: z.ZodType<T, string>) => z.union([z.literal('').transform(() => undefined), schema]).optional();

const trueOrFalse = z.enum(['true', 'false'], 'must be true or false').transform((word) => word === 'true');

/** The form fields that come with the file. */
export const uploadFieldsSchema = z
  .strictObject({
    name: optionalWord(name).describe(MEANING.name),
    policy: optionalWord(policy).describe(MEANING.policy),
    start: optionalWord(trueOrFalse).describe('If true, the list starts once the file is read. Otherwise it becomes `ready`.'),
    mode: optionalWord(z.enum(START_MODES)).describe(`${MEANING.mode} Needs \`start\`.`),
    credit_cap: optionalWord(wholeNumber).describe(`${MEANING.cap} Needs \`start\`.`),
    retention_days: optionalWord(wholeNumber.pipe(retentionDays)).describe(MEANING.retention),
    metadata: optionalWord(jsonText.pipe(metadata)).describe(MEANING.metadata),
    email_column: optionalWord(z.string().trim().min(1).max(LIST_COLUMN_NAME_MAX_CHARS)).describe(MEANING.column),
    has_header: optionalWord(trueOrFalse).describe(MEANING.header),
  })
  .superRefine(({ start, mode, credit_cap: cap }, context) => {
    const without = (path: string) =>
      context.addIssue({ code: 'custom', path: [path], message: 'is allowed only with start=true' });
    if (start === true) return;
    if (mode !== undefined) without('mode');
    if (cap !== undefined) without('credit_cap');
  });
export type UploadFields = z.infer<typeof uploadFieldsSchema>;

const pageSettings = {
  name: z.string().max(LIST_NAME_MAX_CHARS).optional(),
  policy: policy.optional(),
  retentionDays: z.int().optional(),
};

const FILE_NAME_MAX_CHARS = 1_000;

export const beginListSchema = z.strictObject({
  ...pageSettings,
  fileName: z.string().min(1).max(FILE_NAME_MAX_CHARS),
  sizeBytes: z.int().min(0),
});

/** `pasteList` counts bytes. This bound on characters is safe, because a text never has more characters than bytes. */
export const pasteListSchema = z.strictObject({ ...pageSettings, text: z.string().max(PASTE_MAX_BYTES) });
