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
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
  PASTE_MAX_BYTES,
  SEARCH_MAX_CHARS,
  WAITING_LISTS_SHOWN,
} from '@/lib/platform/limits';
import type { JsonValue } from '@/lib/verdict/evidence';
import { GRADES } from '@/lib/verdict/grade';
import { FINAL_STATUSES, POLICY_NAMES, REASONS } from '@/lib/verdict/verdict';
import { EXPORT_COLUMN_SETS, EXPORT_FORMATS, EXPORT_SEGMENTS, type ExportWish } from './rules/export';
import { LIST_STATUSES, SEGMENTS, START_MODES } from './rules/list';

const LIST_ID = /^lst_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Whether part of a path has the form of a list id. */
export const isListId = (id: string): boolean => LIST_ID.test(id);

/** The lists that waited for a purchase, read from the URL of its return page. */
export const waitingListIds = (word: string | null): string[] =>
  (word ?? '').split('.').filter(isListId).slice(0, WAITING_LISTS_SHOWN);

const name = z.string().max(LIST_NAME_MAX_CHARS, `must have at most ${LIST_NAME_MAX_CHARS} characters`);
const policy = z.enum(POLICY_NAMES);
const retentionDays = z.int().min(LIST_RETENTION_DAYS.min).max(LIST_RETENTION_DAYS.max);

/** The whole body came from JSON.parse, so any value in it is JSON. */
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);

const metadata = z
  .record(z.string(), jsonValue, 'must be an object')
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= METADATA_MAX_BYTES,
    `must be at most ${METADATA_MAX_BYTES} bytes of JSON`,
  );

const creditCap = z.int().min(1).max(LIST_ROWS_MAX).nullable().optional();

/** A list's filter, with the names that queries use. Spread these fields into a call's own strict object. */
export const listFilterFields = {
  status: z.enum(FINAL_STATUSES).optional(),
  reason: z.enum(REASONS).optional(),
  /** Of catch-all answers. */
  grade: z.enum(GRADES).optional(),
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, 'must be the id of a provider, or none')
    .optional(),
  q: z.string().trim().min(1, 'must not be empty').max(SEARCH_MAX_CHARS).optional(),
} as const;

export const listsQuerySchema = z.strictObject({
  status: z.enum(LIST_STATUSES).optional(),
  cursor: z.string().regex(LIST_ID, 'must be the next_cursor of an earlier page').optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});

/** `full` by default: the most that the run can cost is held before the first question is asked. */
const startFields = { mode: z.enum(START_MODES).default('full'), credit_cap: creditCap };

export const retryListSchema = z.strictObject(startFields);
export type RetryListRequest = z.infer<typeof retryListSchema>;

/** The address column, by its name or its number from 1, and whether the first row names the columns. */
const columnFields = {
  email_column: z
    .union([z.int().min(1).max(LIST_COLUMNS_MAX), z.string().trim().min(1).max(LIST_COLUMN_NAME_MAX_CHARS)], {
      error: 'must be the name or the number (from 1) of a column',
    })
    .optional(),
  has_header: z.boolean().optional(),
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
  /** `pending`: rows that wait for a retry. Without it only final rows are returned. */
  status: z.enum([...FINAL_STATUSES, 'pending']).optional(),
  /** By the recommendation of the list's policy. */
  segment: z.enum(SEGMENTS).optional(),
  cursor: z.string().max(CURSOR_MAX_CHARS, 'must be a cursor from an earlier page').optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});

const batchItemSchema = z.strictObject({
  email: z.string().max(ADDRESS_INPUT_MAX_CHARS, `must have at most ${ADDRESS_INPUT_MAX_CHARS} characters`),
  ref: z.string().max(BATCH_REF_MAX_CHARS).optional(),
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
    .max(BATCH_MAX_EMAILS, `must hold at most ${BATCH_MAX_EMAILS} addresses`),
  /** If false, the list becomes `ready` with a quote and waits to be started. */
  start: z.boolean().default(true),
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
    name: optionalWord(name),
    policy: optionalWord(policy),
    start: optionalWord(trueOrFalse),
    mode: optionalWord(z.enum(START_MODES)),
    credit_cap: optionalWord(wholeNumber),
    retention_days: optionalWord(wholeNumber.pipe(retentionDays)),
    metadata: optionalWord(jsonText.pipe(metadata)),
    /** By its name, or its number from 1. */
    email_column: optionalWord(z.string().trim().min(1).max(LIST_COLUMN_NAME_MAX_CHARS)),
    has_header: optionalWord(trueOrFalse),
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
  policy,
  retentionDays: z.int(),
};

const FILE_NAME_MAX_CHARS = 1_000;

export const beginListSchema = z.strictObject({
  ...pageSettings,
  fileName: z.string().min(1).max(FILE_NAME_MAX_CHARS),
  sizeBytes: z.int().min(0),
});

/** `pasteList` counts bytes. This bound on characters is safe, because a text never has more characters than bytes. */
export const pasteListSchema = z.strictObject({ ...pageSettings, text: z.string().max(PASTE_MAX_BYTES) });

const yesOrNo = z.enum(['true', 'false']);

/** File formats as a page names them: `excel` is CSV with Excel's byte order mark. */
const FILE_CHOICES = ['excel', 'xlsx', 'csv', 'jsonl'] as const;

/** Which sets of columns; naming all of them is the same as leaving this out. */
const columnSets = z
  .array(z.enum(EXPORT_COLUMN_SETS))
  .min(1)
  .transform((sets) => {
    const chosen = EXPORT_COLUMN_SETS.filter((set) => sets.includes(set));
    return chosen.length === EXPORT_COLUMN_SETS.length ? undefined : chosen;
  });

/** Empty fields count as left out. Each checked box of the columns is a field with the same name. */
function fieldsOf(form: FormData): Record<string, unknown> {
  const fields = Object.fromEntries([...form].filter(([, value]) => value !== ''));
  return form.has('columns') ? { ...fields, columns: form.getAll('columns') } : fields;
}

export const exportFormSchema = z.preprocess(
  (form) => (form instanceof FormData ? fieldsOf(form) : form),
  z
    .strictObject({
      segment: z.enum(EXPORT_SEGMENTS).default('all'),
      file: z.enum(FILE_CHOICES).default('excel'),
      columns: columnSets.optional(),
      ...listFilterFields,
    })
    .transform(({ segment, file, columns, ...filter }): ExportWish => ({
      segment,
      columns,
      format: file === 'excel' ? 'csv' : file,
      bom: file === 'excel',
      filter,
    })),
);

/** The payload of a link. It is checked even though its signature is valid, because an older release may have written it. */
export const linkPayloadSchema = z.object({
  list: z.string(),
  workspace: z.string(),
  /** Epoch seconds. */
  until: z.int(),
  wish: z.object({
    segment: z.enum(EXPORT_SEGMENTS),
    format: z.enum(EXPORT_FORMATS),
    bom: z.boolean(),
    columns: z.array(z.enum(EXPORT_COLUMN_SETS)).optional(),
    filter: z.object(listFilterFields),
  }),
});

/** All rows as CSV by default. */
export const exportQuerySchema = z
  .strictObject({
    segment: z.enum(EXPORT_SEGMENTS).default('all'),
    format: z.enum(EXPORT_FORMATS).default('csv'),
    bom: yesOrNo.default('false'),
    /** Sets of columns, separated by commas. */
    columns: z
      .string()
      .transform((text) => text.split(','))
      .pipe(columnSets)
      .optional(),
    ...listFilterFields,
  })
  .refine(({ bom, format }) => bom === 'false' || format === 'csv', { path: ['bom'], message: 'is for csv only' })
  .transform(({ segment, format, bom, columns, ...filter }): ExportWish => ({
    segment,
    format,
    columns,
    bom: bom === 'true',
    filter,
  }));
