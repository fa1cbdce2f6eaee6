// What API v1 answers about lists and their rows: the shapes that clients may rely on. Fields are only ever added.
import { z } from 'zod';
import { GRADES } from '@/lib/verdict/grade';
import { FINAL_STATUSES, FLAG_NAMES, POLICY_NAMES, REASONS, RECOMMENDATIONS, STATUSES } from '@/lib/verdict/verdict';
import { gradeFields, jsonValue } from '@/lib/verdict/verification-schema';
import { EXAMPLE_SUMMARY } from '@/lib/verifications/operations';
import { LIST_FAILURES, LIST_FORMATS, LIST_SOURCES, LIST_STATUSES, PAUSE_REASONS, START_MODES } from './rules/list';

const count = z.int().min(0);
const textOrNull = z.string().nullable();
const momentOrNull = z.iso.datetime().nullable();

const quoteSchema = z.strictObject({
  rows: count,
  /** Addresses to verify, including those with wrong syntax. */
  unique: count,
  duplicates: count,
  syntax_invalid: count,
  /** Rows without an address. */
  rejected: count,
  /** Rows of the file that hold several addresses; each address is a row here. */
  several_addresses: count,
  /** Answered from the memory of the last 24 hours, at no charge. */
  known_recent: count,
  max_credits: count,
});

const progressSchema = z.strictObject({
  /** Of the `total` unique addresses, those with a final verdict. */
  processed: count,
  total: count,
  /** Recent final verdicts per second; null while there is nothing to measure. */
  rate: z.number().nullable(),
  eta_s: count.nullable(),
  counts: z.record(z.enum(FINAL_STATUSES), count),
  counts_by_reason: z.partialRecord(z.enum(REASONS), count),
  /** The catch-all answers by their grade. */
  counts_by_grade: z.record(z.enum(GRADES), count),
  /** Rows without a verdict yet that are asked again automatically, and when the next and the last of them are due. */
  retrying: count,
  retrying_next_at: momentOrNull,
  retrying_until: momentOrNull,
  credits: z.strictObject({ held: count, captured: count, released: count }),
});

const fileSchema = z.strictObject({
  name: textOrNull,
  format: z.enum(LIST_FORMATS).nullable(),
  size_bytes: count,
  received_bytes: count,
  parsed_bytes: count,
  encoding: textOrNull,
  has_header: z.boolean().nullable(),
  columns: z.array(z.string()),
  /** Index of the column with the addresses, from 0. */
  email_column: count.nullable(),
});

export const listSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    source: z.enum(LIST_SOURCES),
    test: z.boolean(),
    status: z.enum(LIST_STATUSES),
    pause_reason: z.enum(PAUSE_REASONS).nullable(),
    /** Why it failed, or why a ready list can't be started yet (`no_email_column`): a code and a sentence. */
    failure: z.strictObject({ code: z.enum(LIST_FAILURES), detail: z.string() }).nullable(),
    policy: z.enum(POLICY_NAMES),
    file: fileSchema,
    /** Null until the file is read. */
    quote: quoteSchema.nullable(),
    mode: z.enum(START_MODES).nullable(),
    credit_cap: count.nullable(),
    progress: progressSchema,
    metadata: jsonValue,
    retention_days: count,
    created_at: z.iso.datetime(),
    started_at: momentOrNull,
    finished_at: momentOrNull,
    /** When the rows will be or were deleted. */
    expires_at: momentOrNull,
    /** The URL that returns this answer again. */
    poll_url: z.url(),
  })
  .meta({ id: 'List' });
export type ListAnswer = z.infer<typeof listSchema>;

export const listsPageSchema = z.strictObject({ data: z.array(listSchema), next_cursor: textOrNull });

export const listRowSchema = z
  .strictObject({
    /** Number of the row in the file, from 1; a header is not counted. */
    row: z.int().min(1),
    /** The address cell exactly as it came, for joins; null if the row is too long for a page (the download has it). */
    input: textOrNull,
    email: z.string(),
    status: z.enum(STATUSES),
    reason: z.enum(REASONS).nullable(),
    /** When it is asked again automatically; null if the verdict is final. */
    retry_at: momentOrNull,
    score: z.int().min(0).max(100).nullable(),
    ...gradeFields,
    recommendation: z.enum(RECOMMENDATIONS).nullable(),
    flags: z.record(z.enum(FLAG_NAMES), z.boolean().nullable()),
    did_you_mean: textOrNull,
    mx: z.strictObject({ host: textOrNull, provider: textOrNull, gateway: z.boolean() }),
    checked_at: z.iso.datetime().nullable(),
    cached: z.boolean(),
    credits_charged: z.int().min(0),
    /** The row's own cells by column; null if they are too long for a page (the download has them). */
    columns: z.record(z.string(), z.string()).nullable(),
  })
  .meta({ id: 'ListRow' });
export type ListRowAnswer = z.infer<typeof listRowSchema>;

export const listRowsPageSchema = z.strictObject({
  data: z.array(listRowSchema),
  next_cursor: textOrNull,
  previous_cursor: textOrNull,
  /** How many rows match the filter; null for a search. */
  total: z.int().min(0).nullable(),
});

// Examples of a list and of a row, for the API's documentation.

export const EXAMPLE_LIST_ID = 'lst_01KB7W5B4D7F1G8H2J6K9M3NPQ';
const AT = '2026-11-29T09:30:00.000Z';

export const EXAMPLE_LIST: ListAnswer = {
  id: EXAMPLE_LIST_ID,
  name: 'Newsletter, November',
  source: 'api',
  test: false,
  status: 'running',
  pause_reason: null,
  failure: null,
  policy: 'newsletter',
  file: {
    name: 'november.csv',
    format: 'csv',
    size_bytes: 48_211,
    received_bytes: 48_211,
    parsed_bytes: 48_211,
    encoding: 'utf-8',
    has_header: true,
    columns: ['name', 'email'],
    email_column: 1,
  },
  quote: {
    rows: 1_250,
    unique: 1_204,
    duplicates: 46,
    syntax_invalid: 8,
    rejected: 0,
    several_addresses: 0,
    known_recent: 31,
    max_credits: 1_165,
  },
  mode: 'full',
  credit_cap: null,
  progress: {
    processed: 640,
    total: 1_204,
    rate: 42.5,
    eta_s: 14,
    counts: { deliverable: 480, undeliverable: 92, risky: 41, unknown: 27 },
    counts_by_reason: { mailbox_exists: 480, mailbox_not_found: 92, catch_all: 41, greylisted: 27 },
    counts_by_grade: { likely: 18, uncertain: 17, unlikely: 6 },
    retrying: 27,
    retrying_next_at: '2026-11-29T09:45:00.000Z',
    retrying_until: '2026-11-29T13:30:00.000Z',
    credits: { held: 593, captured: 572, released: 0 },
  },
  metadata: { campaign: 'november' },
  retention_days: 30,
  created_at: AT,
  started_at: AT,
  finished_at: null,
  expires_at: '2026-12-29T09:30:00.000Z',
  poll_url: `https://verify.example.net/v1/lists/${EXAMPLE_LIST_ID}`,
};

export const EXAMPLE_ROW: ListRowAnswer = {
  row: 1,
  input: 'ann@example.com',
  email: 'ann@example.com',
  status: 'deliverable',
  reason: 'mailbox_exists',
  retry_at: null,
  score: 97,
  grade: null,
  grade_basis: [],
  recommendation: 'send',
  flags: EXAMPLE_SUMMARY.flags,
  did_you_mean: null,
  mx: EXAMPLE_SUMMARY.mx,
  checked_at: AT,
  cached: false,
  credits_charged: 1,
  columns: { name: 'Ann', email: 'ann@example.com' },
};
